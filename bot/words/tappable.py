"""A question that can be tapped on WhatsApp: buttons or a list, from the step that shows numbers on SMS.

Limits: https://www.twilio.com/docs/content/twilio-quick-reply (3 buttons of 20 characters within the 24
hours, body 1,024) and https://www.twilio.com/docs/content/twiliolist-picker (10 rows of 24).
"""

import json
from dataclasses import dataclass, field
from typing import Final, Literal

BODY: Final = 1024
BUTTONS, BUTTON_LABEL = 3, 20
ROWS, ROW_LABEL = 10, 24
PAYLOAD: Final = 200

Shape = Literal["buttons", "list"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to tap. `payload` comes back, the label is read."""

    payload: str
    label: str


@dataclass(frozen=True, slots=True)
class Tappable:
    """The same question twice: `text` stands above what is tapped; the numbered text is the row's body."""

    text: str = field(repr=False)
    options: tuple[Option, ...]
    opens: str
    """The words on the button that opens a list, e.g. Choose"""


def shape(question: Tappable) -> Shape | None:
    """How it is shown; None where it does not fit and the numbered text must do."""
    labels = [option.label for option in question.options]
    if not labels or not question.text.strip() or len(question.text) > BODY:
        return None
    if len(set(labels)) < len(labels) or any(len(one.payload) > PAYLOAD for one in question.options):
        return None
    if len(labels) <= BUTTONS and max(map(len, labels)) <= BUTTON_LABEL:
        return "buttons"
    if len(labels) <= ROWS and max(map(len, labels)) <= ROW_LABEL and 0 < len(question.opens) <= BUTTON_LABEL:
        return "list"
    return None


def content_name(question: Tappable) -> str | None:
    """Name of the content it is sent with, e.g. buttons_2; None where it has no shape."""
    found = shape(question)
    return f"{found}_{len(question.options)}" if found else None


def variables(question: Tappable) -> dict[str, str]:
    """The content's variables by number: the text, for a list its opener, then label and payload of each."""
    values = [question.text]
    if shape(question) == "list":
        values.append(question.opens)
    for option in question.options:
        values += [option.label, option.payload]
    return {str(number): value for number, value in enumerate(values, 1)}


def drawn(question: Tappable) -> str:
    """The question as lines of text, for transcripts: buttons in brackets, a list with its opener."""
    labels = [option.label for option in question.options]
    if shape(question) == "buttons":
        return "\n".join([question.text, *(f"[{label}]" for label in labels)])
    return "\n".join([question.text, f"[{question.opens}]", *(f"- {label}" for label in labels)])


def to_json(question: Tappable) -> str:
    """The question as it is kept beside its row, before it is sealed."""
    options = [[option.payload, option.label] for option in question.options]
    return json.dumps([question.text, options, question.opens], ensure_ascii=False)


def from_json(written: str) -> Tappable:
    """The question as it was kept. Raises ValueError where it is none."""
    text, options, opens = json.loads(written)
    return Tappable(text, tuple(Option(payload, label) for payload, label in options), opens)
