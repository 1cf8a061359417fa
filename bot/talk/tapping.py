"""The question of a turn as WhatsApp shows it: the same step whose choices SMS numbers.

A text that speaks of numbers has a phrase to stand in its place above buttons: `tap_<flow>_<step>` for a
step's question, `tap_<phrase>` for a phrase.
"""

from collections.abc import Iterable
from typing import Final

from bot.flow.book import Book
from bot.flow.phrases import phrase
from bot.flow.state import State
from bot.flow.turn import Effect, Say
from bot.talk.wording import as_sms
from bot.words.tappable import Option, Tappable

OPENS: Final = "tap_choose"
"""The phrase on the button that opens a list"""


def question_of(book: Book, effects: Iterable[Effect], state: State, below: str = "") -> Tappable | None:
    """What can be tapped; None where nothing is to be chosen. `below`: words at the end of all the others.

    `state`: where the conversation stands after the turn. A tap comes back as flow/step/choice.
    """
    said = [effect for effect in effects if isinstance(effect, Say)]
    asked = next((say for say in reversed(said) if say.choices), None)
    if asked is None or not state.stack:
        return None
    place = said.index(asked)
    said[place] = Say(_above_buttons(book, asked), asked.where, asked.language)
    frame = state.stack[-1]
    options = tuple(Option(f"{frame.flow}/{frame.step}/{one.value}", one.label) for one in asked.choices)
    text = "\n\n".join(part for part in (as_sms(said), below) if part)
    return Tappable(text, options, phrase(book, OPENS, asked.language, {}))


def _above_buttons(book: Book, asked: Say) -> str:
    place = asked.where.removeprefix("phrase/").removesuffix("/ask").replace("/", "_")
    name = f"tap_{place}"
    return phrase(book, name, asked.language, {}) if name in book.phrases else asked.text
