"""What a translator's spreadsheet says, row by row, whatever the order of its columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.words.locales import LOCALES
from bot.words.sheet import NEEDED, TITLES, unguarded
from bot.words.yaml_tree import Fault, FilesBroken

Mark = Literal["ok", "no", ""]
Odd = Mapping[tuple[int, int], str]
"""Cells that are no text, by row and column (from 1), with what they are"""

_OK = {"ok", "okay", "yes", "y", "x", "1", "true", "✓", "✔", "✅", "sí", "si", "oui", "wi", "sim"}
_OK |= {"نعم", "موافق", "是", "好", "对", "да", "так", "네", "có", "haa", "oo"}
_NO = {
    "no",
    "n",
    "not ok",
    "0",
    "false",
    "✗",
    "✘",
    "❌",
    "non",
    "não",
    "لا",
    "不",
    "否",
    "нет",
    "ні",
    "아니요",
}
_LANGUAGE = re.compile(r"translation\s*\(\s*([A-Za-z_-]+)\s*\)")


class SheetError(FilesBroken):
    """A spreadsheet cannot be taken; `faults` lists everything that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Given:
    """One row that came back. `sent` is the print of the translation as it was sent, "" where unknown."""

    line: int
    context: str
    form: str
    english: str
    text: str
    mark: Mark = ""
    comment: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows that came back, and the language that the file names ("" where it names none)."""

    file: str
    locale: str
    rows: tuple[Given, ...]


def read_sheet(table: Sequence[Sequence[str]], file: str, odd: Odd | None = None) -> Sheet:
    """Read the cells of a sheet. Raises SheetError with every fault, by row and column of the sheet."""
    head = next((number for number, cells in enumerate(table) if _columns(cells).keys() & set(NEEDED)), None)
    if head is None:
        raise SheetError([Fault(file, 1, 1, "no line with the titles of the columns.", _titles_fix(NEEDED))])
    columns = _columns(table[head])
    faults = _title_faults(table[head], file, head + 1)
    if faults:
        raise SheetError(faults)
    rows = []
    for number, cells in enumerate(table[head + 1 :], head + 2):
        values = {name: _cell(cells, column) for name, column in columns.items()}
        if any(value.strip() for value in values.values()):
            faults += _odd_faults(file, number, columns, odd or {})
            faults += _row_faults(file, number, columns, values)
            rows.append(_given(number, values))
    if faults:
        raise SheetError(sorted(set(faults)))
    return Sheet(file, _locale(table[head][columns["translation"]]), tuple(rows))


def mark_of(cell: str) -> Mark | None:
    """What a reviewer's mark says; None for a word that is no mark."""
    word = cell.strip().casefold().strip(".!")
    if not word or word in {"-", "–"}:
        return ""
    return "ok" if word in _OK else "no" if word in _NO else None


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        name = _name(cell)
        if name:
            found.setdefault(name, column)
    return found


def _name(cell: str) -> str:
    title = " ".join(cell.split()).casefold()
    if _LANGUAGE.fullmatch(title):
        return "translation"
    return next((name for name, known in TITLES.items() if title == known.casefold()), "")


def _title_faults(cells: Sequence[str], file: str, line: int) -> list[Fault]:
    names = [_name(cell) for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    faults = []
    if missing:
        said = ", ".join(TITLES[name] for name in missing)
        faults.append(Fault(file, line, 1, f"there is no column {said}.", _titles_fix(missing)))
    for column, name in enumerate(names):
        if name and name in names[:column]:
            wrong = f"the column {TITLES[name]} stands twice."
            faults.append(Fault(file, line, column + 1, wrong, "Keep one of them."))
    return faults


def _titles_fix(names: Sequence[str]) -> str:
    return f"Keep the titles as they were sent: {', '.join(TITLES[name] for name in names)}."


def _cell(cells: Sequence[str], column: int) -> str:
    return unguarded(cells[column]) if column < len(cells) else ""


def _odd_faults(file: str, line: int, columns: Mapping[str, int], odd: Odd) -> list[Fault]:
    fix = "Type it as text: format the cell as text first."
    return [
        Fault(file, line, column + 1, f"{TITLES[name]} is {odd[line, column + 1]}.", fix)
        for name, column in columns.items()
        if (line, column + 1) in odd and name not in {"state", "note", "segments", "before"}
    ]


def _row_faults(file: str, line: int, columns: Mapping[str, int], values: Mapping[str, str]) -> list[Fault]:
    faults = []
    if not values["context"].strip():
        wrong = "this row has no context, so nobody knows which text it is."
        faults.append(Fault(file, line, 1, wrong, "Take the context from the sheet as it was sent."))
    if mark_of(values.get("mark", "")) is None:
        wrong = f"`{values['mark'][:20]}` is no mark."
        fix = "Write ok for a text that is right, no for one that is not, or nothing."
        faults.append(Fault(file, line, columns["mark"] + 1, wrong, fix))
    return faults


def _given(line: int, values: Mapping[str, str]) -> Given:
    return Given(
        line=line,
        context=values["context"].strip(),
        form=values.get("form", "").strip().casefold(),
        english=values["english"],
        text=values["translation"],
        mark=mark_of(values.get("mark", "")) or "",
        comment=values.get("comment", ""),
        sent=values.get("sent", "").strip().casefold(),
    )


def _locale(title: str) -> str:
    match = _LANGUAGE.fullmatch(" ".join(title.split()).casefold())
    named = match[1].replace("-", "_") if match else ""
    return next((locale for locale in LOCALES if locale.casefold() == named), named)
