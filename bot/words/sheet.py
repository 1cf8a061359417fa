"""Texts of a catalog as rows for a translator who works in a spreadsheet, and the titles of the columns.

A text that depends on a number has one row a plural form. Each row carries a print of the translation as
it was sent: what comes back can then be told from what was changed here in the meantime.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from bot.words import segments, tidy
from bot.words.locales import facts
from bot.words.marks import MsgId, State, msgid_of, stale_of, state_of, strings_of, without_marks
from bot.words.plurals import plural_category, rule_of
from bot.words.po_read import PLACEHOLDER, entries
from bot.words.reviews import fingerprint, is_review
from bot.words.slots import is_label

LABEL_LETTERS = 24
"""Letters of a row in a WhatsApp list (Meta, interactive list messages)"""
BUTTON_LETTERS = 20
TITLES: dict[str, str] = {
    "context": "Context",
    "form": "Form",
    "english": "English",
    "translation": "Translation",
    "state": "State",
    "note": "Note",
    "segments": "Segments now",
    "mark": "OK?",
    "comment": "Comment",
    "before": "English before",
    "sent": "Sent (leave)",
}
"""Columns in their order; the translation's title also names the language: Translation (es)"""
NEEDED = ("context", "english", "translation")
_GUARDED = re.compile(r"'*[=+\-@＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Row:
    """One text, or one plural form of it, as it goes to a translator. All are plain texts for cells."""

    context: str
    form: str
    english: str
    translation: str
    state: State
    note: str
    segments: str
    comment: str
    before: str
    sent: str


def rows_of(catalog: Catalog, locale: str, states: Collection[State]) -> list[Row]:
    """The texts in these states, in the order of the catalog."""
    found = (message for message in entries(catalog) if state_of(message) in states)
    return [row for message in found for row in _rows(message, locale)]


def titles(locale: str) -> list[str]:
    """The first line of the sheet."""
    named = {**TITLES, "translation": f"{TITLES['translation']} ({locale})"}
    return list(named.values())


def cells(row: Row) -> list[str]:
    """A row in the order of the columns; the reviewer's mark is left empty."""
    return ["" if name == "mark" else str(getattr(row, name)) for name in TITLES]


def clean(text: str) -> str:
    """A text as it may be sent, without white space around it."""
    return tidy.outgoing(text).strip()


def english_of(msgid: MsgId) -> str:
    """The English as one cell: both wordings where a number chooses between them."""
    return clean(msgid) if isinstance(msgid, str) else f"one: {clean(msgid[0])}\nother: {clean(msgid[1])}"


def forms_of(message: Message, locale: str) -> tuple[str, ...]:
    """The plural forms of an entry; one without a name where no number matters."""
    return rule_of(locale).forms if message.pluralizable else ("",)


def comments_of(message: Message) -> list[str]:
    """What people said about a text: its comments without the program's own."""
    return [text for text in without_marks(message.user_comments) if not is_review(text)]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before = + - @ (OWASP, CSV injection)."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` put before it."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _rows(message: Message, locale: str) -> list[Row]:
    stale = stale_of(message)
    rows = []
    for form, string in zip(forms_of(message, locale), strings_of(message), strict=False):
        text = clean(string)
        cost = segments.count(text)
        rows.append(
            Row(
                context=str(message.context),
                form=form,
                english=english_of(msgid_of(message)),
                translation=text,
                state=state_of(message),
                note=_note(message, form, locale),
                segments=f"{cost.segments} {cost.encoding}" if text else "",
                comment="\n".join(comments_of(message)),
                before=english_of(stale.english) if stale else "",
                sent=fingerprint(text),
            )
        )
    return rows


def _note(message: Message, form: str, locale: str) -> str:
    notes = [note for note in message.auto_comments if note]
    if is_label(str(message.context)) and not any("letters fit" in note for note in notes):
        notes.append(f"A choice: {BUTTON_LETTERS} letters fit a WhatsApp button, {LABEL_LETTERS} a list.")
    names = sorted(set(PLACEHOLDER.findall(" ".join((english_of(msgid_of(message)),)))))
    if names:
        notes.append(f"Keep as written: {', '.join(f'{{{name}}}' for name in names)}.")
    if form:
        numbers = [str(n) for n in range(200) if plural_category(n, locale) == form][:4]
        notes.append(f"{facts(locale).english} for the numbers {', '.join(numbers)} ...")
    return "\n".join(notes)
