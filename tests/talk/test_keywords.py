"""STOP, HELP and START in each way of ALLY_STOP_BY: exactly one confirmation, never two."""

from dataclasses import replace

import pytest

from bot.hear.understand import Understood
from bot.store import consents
from bot.talk.keywords import is_unclear
from tests.fixtures.installation import ENGLISH, Install, Installation

WAYS = ("carrier", "advanced", "us")
CARRIERS_OWN = {"STOP": "STOP", "HELP": "HELP", "START": "START"}
STOPS = ["STOP", "stop", "Stop.", "ALTO", "PARAR", "Please stop texting me", "no más mensajes"]
QUESTION = "Which texts do you want from school?"
HELPS = ["HELP", "AYUDA", "help"]


class Phone:
    """One number whose carrier behaves as ALLY_STOP_BY says."""

    def __init__(self, house: Installation, way: str) -> None:
        self.house, self.way = house, way
        self.blocked = False
        self.from_carrier = 0

    def say(self, words: str, channel: str = "sms") -> int:
        """Text it; how many answers come, the carrier's own included.

        What somebody who comes back is asked, which texts she wants, is no answer.
        """
        before = len(self.house.answers())
        word = self._handled(words) if channel == "sms" else None
        self.from_carrier += word is not None
        kind = word if self.way == "advanced" else None
        self.house.text(words, channel=channel, opt_out_type=kind)
        # A blocked number gets none of our texts (error 21610)
        new = [one for one in self.house.answers()[before:] if not one.startswith(QUESTION)]
        ours = 0 if self.blocked and word is None else len(new)
        return ours + (word is not None)

    def _handled(self, words: str) -> str | None:
        word = CARRIERS_OWN.get(words.strip().upper()) if self.way != "us" else None
        if word == "START" and not self.blocked:
            return None
        if word in ("STOP", "START"):
            self.blocked = word == "STOP"
        return word


NOTHING = Understood(language="en", command=None, small_talk=None, topic=None)


@pytest.mark.parametrize(
    "understood",
    [replace(NOTHING, command="menu"), replace(NOTHING, topic="fees"), replace(NOTHING, small_talk="thanks")],
    ids=["command", "topic", "small talk"],
)
def test_what_is_understood_as_something_else_is_no_doubtful_stop(understood: Understood) -> None:
    doubtful = "stop it, the price is too high"
    assert is_unclear(doubtful, NOTHING)
    assert not is_unclear(doubtful, understood)
    assert not is_unclear("the price is too high", NOTHING)


@pytest.fixture(params=WAYS)
def phone(request: pytest.FixtureRequest, install: Install) -> Phone:
    """A family that has been greeted, in each way."""
    house = install(ALLY_STOP_BY=request.param)
    house.text("Hello")
    return Phone(house, request.param)


@pytest.mark.parametrize("words", STOPS)
def test_one_confirmation_and_silence_until_start(phone: Phone, words: str) -> None:
    assert phone.say(words) == 1
    assert phone.house.contact().consent == "stopped"
    for later in ("menu", "Hello?", "1", "person", "gracias", "👍"):
        assert phone.say(later) == 0
        assert phone.house.contact().consent == "stopped"
    assert phone.say("START") == 1
    assert phone.house.contact().consent == "given"
    assert phone.say("menu") == 1


@pytest.mark.parametrize("words", HELPS)
def test_help_is_answered_once_also_to_somebody_who_has_stopped(phone: Phone, words: str) -> None:
    assert phone.say(words) == 1
    phone.say("ALTO")
    assert phone.say(words) == 1
    assert phone.house.contact().consent == "stopped"


def test_a_second_stop_is_not_confirmed_again_by_us(phone: Phone) -> None:
    """47 CFR 64.1200(a)(12) allows one confirmation; what a carrier answers is the carrier's."""
    phone.say("ALTO")
    before = len(phone.house.answers())
    phone.say("ALTO")
    phone.say("STOP")
    assert len(phone.house.answers()) == before


def test_start_is_confirmed_once_whoever_holds_the_block(phone: Phone) -> None:
    phone.say("ALTO")
    phone.say("STOP")
    assert phone.say("START") == 1


def test_yes_starts_only_for_somebody_who_has_stopped(phone: Phone) -> None:
    phone.say("yes")
    assert [kind for _, kind in phone.house.answers_and_kinds()].count("opt_in_confirmation") == 0
    phone.say("ALTO")
    phone.say("yes")
    assert phone.house.contact().consent == "given"


def test_on_whatsapp_nobody_but_us_confirms(phone: Phone) -> None:
    assert phone.say("STOP", channel="whatsapp") == 1
    assert phone.say("menu", channel="whatsapp") == 0
    assert phone.say("START", channel="whatsapp") == 1


def test_every_change_leaves_its_proof(phone: Phone) -> None:
    for words in ("STOP", "START", "ALTO", "START"):
        phone.house.clock.move(minutes=1)
        phone.say(words)
    with phone.house.bot.db.read() as session:
        events = consents.of_contact(session, phone.house.contact().id or 0)
    assert [event.kind for event in events if event.kind != "noticed"] == [
        "stopped",
        "started",
        "stopped",
        "started",
    ]
    by_us = [event for event in events if event.source == "text"]
    assert all(event.wording for event in by_us), "the version of the wording that was shown"


def test_a_stop_comes_before_a_thread_and_before_every_flow(house: Installation) -> None:
    house.text("person")
    assert house.thread() is not None
    house.text("ALTO")
    assert house.contact().consent == "stopped"
    assert house.answers_and_kinds()[-1] == (house.phrase("stop_confirmation"), "opt_out_confirmation")


def test_a_first_text_may_be_a_stop(house: Installation) -> None:
    house.text("ALTO", ENGLISH)
    assert house.answers() == [house.phrase("stop_confirmation")]


def test_whoever_waits_for_a_person_is_not_told_by_help_to_ask_for_one(house: Installation) -> None:
    house.text("AYUDA")
    assert "To talk to a person, text PERSON." in house.answers()[-1]
    house.text("person")
    for _ in range(2):
        house.text("person")
        house.text("AYUDA")
        assert "I asked a person to text you here. To end texts, text STOP." in house.answers()[-1]
        assert "PERSON" not in house.answers()[-1]
