"""Takes translations back into a catalog: only what belongs, checked, and nothing when anything is wrong."""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from babel.messages.catalog import Catalog, Message

from bot.words import tidy
from bot.words.marks import State, msgid_of, state_of, strings_of
from bot.words.plurals import rule_of
from bot.words.po_read import entries, wrong_in
from bot.words.reviews import Review, fingerprint, reviews_of, words_of
from bot.words.segments import BODY_LIMIT
from bot.words.sheet import LABEL_LETTERS, clean, comments_of, english_of, forms_of
from bot.words.sheet_read import Given, Mark, Sheet, SheetError
from bot.words.slots import is_label
from bot.words.yaml_tree import Fault

_LOST = re.compile("\ufffd|\\?{3}")
_COMMENT_LETTERS = 2000
What = Literal["reviewed", "edited", "doubted", "commented"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one text: `state` is the new one; `old` and `new` are its wordings."""

    line: int
    context: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    state: State
    what: What
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that is left out, and why; what stands in the catalog stays."""

    line: int
    context: str
    why: str


@dataclass
class Outcome:
    """What taking a sheet back would do; nothing has been done yet."""

    changes: list[Change] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)


class _Refused(Exception):
    """A row does not belong; the words of the error say why."""


def compare(sheet: Sheet, catalog: Catalog, locale: str, reviewer: str) -> Outcome:
    """What a sheet changes in a catalog. Raises SheetError with every fault of every row.

    A row belongs when its context and its English are those of the catalog of today.
    """
    here = {str(message.context): message for message in entries(catalog)}
    outcome, faults = Outcome(), list[Fault]()
    for context, rows in _by_context(sheet.rows).items():
        faults += _double(sheet.file, rows)
        faults += [fault for row in rows for fault in _row_faults(sheet.file, row)]
        try:
            change = _change(here.get(context), rows, locale, reviewer, outcome)
        except _Refused as refused:
            outcome.not_taken.append(NotTaken(rows[0].line, context, str(refused)))
            continue
        if change is not None:
            faults += _text_faults(sheet.file, here[context], change, rows, locale)
            outcome.changes.append(change)
    if faults:
        raise SheetError(sorted(set(faults)))
    return outcome


def apply(outcome: Outcome, catalog: Catalog, reviewer: str, today: date) -> Catalog:
    """A new catalog with the changes; the one given stays as it is."""
    changed = copy.deepcopy(catalog)
    here = {str(message.context): message for message in entries(changed)}
    for change in outcome.changes:
        _put(here[change.context], change, reviewer, today)
    return changed


def _put(message: Message, change: Change, reviewer: str, today: date) -> None:
    said = [*comments_of(message), *change.comments]
    if change.what == "commented":
        message.user_comments = [*message.user_comments, *change.comments]
        return
    before = [review for review in reviews_of(message) if change.new == change.old]
    message.string = change.new if message.pluralizable else change.new[0]
    if change.state == "reviewed":
        message.flags.discard("fuzzy")
        reviews = [*before, Review(reviewer, today, words_of(message))]
        message.user_comments = [*said, *(review.comment() for review in reviews)]
    else:
        message.flags.add("fuzzy")
        message.user_comments = said


def _by_context(rows: Iterable[Given]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for row in rows:
        found.setdefault(row.context, []).append(row)
    return found


def _change(
    message: Message | None, rows: list[Given], locale: str, reviewer: str, outcome: Outcome
) -> Change | None:
    """What the rows of one text change, None for nothing. Raises _Refused where they do not belong."""
    if message is None:
        raise _Refused("there is no text of this name any more.")
    forms = forms_of(message, locale)
    old = strings_of(message)
    new = list(old)
    for row in rows:
        index = _belongs(row, message, forms)
        new[index] = _taken(row, old[index])
    mark = _mark_of_all(rows, len(forms), outcome)
    comments = _new_comments(message, rows, reviewer)
    change = Change(rows[0].line, rows[0].context, old, tuple(new), state_of(message), "commented", comments)
    return _judged(change, mark, {review.name for review in reviews_of(message)}, reviewer)


def _judged(change: Change, mark: Mark, known: set[str], reviewer: str) -> Change | None:
    """The state that a text gets by its mark and by what was edited."""
    edited = change.new != change.old
    if mark == "ok" and any(change.new):
        if edited or change.state != "reviewed" or reviewer not in known:
            return replace(change, state="reviewed", what="reviewed")
    elif edited:
        return replace(change, state="unreviewed", what="edited")
    elif mark == "no" and change.state == "reviewed":
        return replace(change, state="unreviewed", what="doubted")
    return change if change.comments else None


def _belongs(row: Given, message: Message, forms: tuple[str, ...]) -> int:
    """The number of the plural form that a row is for."""
    english = english_of(msgid_of(message))
    if clean(row.english) != english:
        raise _Refused(f"the English is another one now: {_short(english)}")
    if row.form not in forms:
        raise _Refused(f"it has no plural form `{_short(row.form)}`.")
    return forms.index(row.form)


def _taken(row: Given, stands: str) -> str:
    """The wording after a row. What was changed here after the sheet was sent is never overwritten."""
    text, here = clean(row.text), clean(stands)
    if text == here:
        return stands
    if row.sent and row.sent != fingerprint(here):
        if row.sent != fingerprint(text):
            raise _Refused("it was changed both here and in this file. Send it out again.")
        if row.mark:
            raise _Refused("it was changed here since it was sent, so the mark is for other words.")
        return stands
    if not text:
        raise _Refused("its translation is empty in this file; the one that stands here stays.")
    return text


def _mark_of_all(rows: list[Given], forms: int, outcome: Outcome) -> Mark:
    marks = [row.mark for row in rows]
    if "no" in marks:
        return "no"
    if marks.count("ok") == forms:
        return "ok"
    if "ok" in marks:
        why = f"{marks.count('ok')} of its {forms} forms are marked ok: it is reviewed when all are."
        outcome.not_taken.append(NotTaken(rows[0].line, rows[0].context, why))
    return ""


def _new_comments(message: Message, rows: list[Given], reviewer: str) -> tuple[str, ...]:
    """Lines that nobody has said yet, each with the name of who says it."""
    known = set(comments_of(message))
    lines = (clean(line) for row in rows for line in row.comment.splitlines())
    said = dict.fromkeys(f"{reviewer}: {line}" for line in lines if line and line not in known)
    return tuple(comment for comment in said if comment not in known)


# --- faults ---------------------------------------------------------------------------------------


def _double(file: str, rows: list[Given]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.form in first:
            wrong = f"{_short(row.context)} stands here twice, first in row {first[row.form]}."
            yield Fault(file, row.line, 1, wrong, "Keep one of them.")
        first.setdefault(row.form, row.line)


def _row_faults(file: str, row: Given) -> Iterator[Fault]:
    """What may not be in a row, whether it is taken or not."""
    for name, text in (("translation", row.text), ("comment", row.comment)):
        for sign in tidy.harmful(text):
            yield Fault(file, row.line, 1, f"the {name} has the character {sign}.", "Remove it.")
    if row.mark == "ok" and not clean(row.text):
        yield Fault(
            file, row.line, 1, "an empty translation is marked ok.", "Translate it, or take the mark away."
        )
    if len(row.comment) > _COMMENT_LETTERS:
        yield Fault(
            file, row.line, 1, f"the comment has {len(row.comment):,} letters.", "Keep it under 2,000."
        )
    if row.sent != fingerprint(clean(row.text)):
        yield from _spoilt(file, row)


def _spoilt(file: str, row: Given) -> Iterator[Fault]:
    """What programs do to a text that was edited."""
    if _LOST.search(row.text) and not _LOST.search(row.english):
        wrong = "letters were lost: there are ??? or � in their place."
        yield Fault(file, row.line, 1, wrong, "Save the file as UTF-8 (Excel: CSV UTF-8), or send an .xlsx.")
    if _is_misread(row.text):
        wrong = "letters were misread: accents look like Ã or Ø."
        yield Fault(file, row.line, 1, wrong, "Open the file as UTF-8, or use an .xlsx.")
    if row.text[:1] in set("=@＝＠") and row.english[:1] != row.text[:1]:
        yield Fault(file, row.line, 1, "the translation begins like a formula.", "Begin it with a word.")


def _is_misread(text: str) -> bool:
    """Whether UTF-8 was once read as Windows-1252: only such texts survive the way back."""
    if text.isascii():
        return False
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _text_faults(
    file: str, message: Message, change: Change, rows: list[Given], locale: str
) -> Iterator[Fault]:
    if change.what in ("doubted", "commented"):
        return
    forms = forms_of(message, locale)
    lines = {forms.index(row.form): row.line for row in rows}
    candidate = Message(
        message.id, change.new if message.pluralizable else change.new[0], context=message.context
    )
    for index, what, fix in wrong_in(candidate, rule_of(locale)):
        which = f"{change.context} ({forms[index]})" if forms[index] else change.context
        yield Fault(file, lines.get(index, rows[0].line), 1, f"{which}: {what}", fix)
    longest = max(len(english_of(msgid_of(message))) * 2, BODY_LIMIT)
    for index, text in enumerate(change.new):
        line = lines.get(index, rows[0].line)
        if is_label(change.context) and len(text) > LABEL_LETTERS:
            wrong = f"{change.context}: the choice has {len(text)} letters, a list shows {LABEL_LETTERS}."
            yield Fault(file, line, 1, wrong, "Make it shorter (20 letters fit a button).")
        elif len(text) > longest:
            wrong = f"{change.context}: {len(text):,} letters are too long for a text message."
            yield Fault(file, line, 1, wrong, f"Use at most {longest:,}.")


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
