"""Questions on WhatsApp: no word of numbers above buttons, and a tap is a choice and nothing else."""

import re

import pytest

from bot.flow.state import Frame, State
from bot.flow.turn import Offered, Say
from bot.talk.library import FileLibrary
from bot.talk.tapping import question_of
from tests.fixtures.installation import Installation

SPEAKS_OF_NUMBERS = re.compile(r"\bnumber\b|[123], 2|\b1 o 2\b", re.IGNORECASE)


def test_a_question_that_speaks_of_numbers_has_other_words_above_its_buttons(library: FileLibrary) -> None:
    book = library.book
    asked = {
        f"{flow.name}_{name}": step.ask.other
        for flow in book.flows.values()
        for name, step in flow.steps.items()
        if step.ask and step.choices
    }
    asked["not_understood"] = book.phrases["not_understood"].other
    numbered = {name for name, words in asked.items() if SPEAKS_OF_NUMBERS.search(words)}
    assert numbered == {
        name.removeprefix("tap_") for name in book.phrases if name.startswith("tap_") and name != "tap_choose"
    }
    for language in ("en", "es", "ar", "zh_Hans", "ht"):
        for name in numbered:
            found = book.texts.text(language, f"phrase/tap_{name}", book.phrases[f"tap_{name}"].other)
            assert found.locale == language
            assert not SPEAKS_OF_NUMBERS.search(found.body)


def test_the_last_question_is_tapped_and_what_is_said_after_it_stays(library: FileLibrary) -> None:
    state = State(stack=(Frame("menu", "r", "what_do_you_need"),))
    yes = (Offered("yes", "Yes"),)
    effects = [
        Say("First?", "a/b/ask", "en", yes),
        Say("Last?", "c/d/ask", "en", yes),
        Say("By the way.", "p", "en"),
    ]
    found = question_of(library.book, effects, state, "The notice.")
    assert found is not None
    assert found.text == "First?\n1 Yes\n\nLast?\n\nBy the way.\n\nThe notice."
    assert [one.payload for one in found.options] == ["menu/what_do_you_need/yes"]


@pytest.mark.parametrize("effects", [[], [Say("No question.", "a/b/say", "en")]])
def test_without_a_question_nothing_is_tapped(library: FileLibrary, effects: list[Say]) -> None:
    assert question_of(library.book, effects, State()) is None


def test_a_tap_never_opts_out_whatever_its_label_says(house: Installation) -> None:
    house.text("menu", channel="whatsapp")
    house.text("Stop", channel="whatsapp", payload="menu/what_do_you_need/dates")
    assert house.contact().consent == "given"
    assert house.contact().channel == "whatsapp"
    house.text("Stop", channel="whatsapp", payload="a button of somebody else")
    assert house.contact().consent == "stopped"
