"""The answers to a question as lines of a file: the counts of its page and no other, with who took them."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlmodel import Session

from bot.broadcast.parts import Broadcasting
from bot.broadcast.polls import Results, results
from bot.broadcast.progress import cell
from bot.broadcast.sending import seen, write_down
from bot.broadcast.small_counts import ALL
from bot.people.access import Who
from bot.store import schools

HEADER: Final = ("question", "counted_by", "group", "answer", "families")
EVERY: Final = "(all)"
"""All families, or all answers"""
HIDDEN: Final = "hidden"
"""A count that would tell of fewer than five families"""


def export(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> list[Sequence[str]]:
    """Lines of a CSV file, the header first, and writes down that they were taken. Raises NotYours.

    No cell is a formula to a spreadsheet.
    """
    row, found = seen(session, who, broadcast_id), results(session, parts, who, broadcast_id)
    names = {str(one.id): one.name for one in schools.every_school(session)}
    lines = [line for one in found for line in _lines(one, row.language, names)]
    write_down(session, parts, who, row, "answers_exported", questions=len(found))
    return [HEADER, *([cell(value) for value in line] for line in lines)]


def _lines(found: Results, language: str, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """All families, then by language, then by school; nothing where nobody has answered."""
    if len(found.by_language) == 1:
        return
    asked = found.question.get(language) or next(iter(found.question.values()))
    answers = (*asked.choices, EVERY)
    of_all = [("", ALL, found.by_language[ALL])]
    by_language = [("language", group, row) for group, row in found.by_language.items() if group != ALL]
    by_school = [("school", names.get(one, one), row) for one, row in found.by_school.items() if one != ALL]
    for by, group, counts in (*of_all, *by_language, *by_school):
        for answer, number in zip(answers, counts, strict=True):
            shown = HIDDEN if number is None else str(number)
            yield asked.text, by or EVERY, group or EVERY, answer, shown
