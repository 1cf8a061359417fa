"""Opens a OneRoster 1.1 set (a folder or a zip) and gives its CSV files as rows with line numbers.

Source: 1EdTech OneRoster 1.1 CSV tables, https://www.imsglobal.org/oneroster-v11-final-csv-tables.
Columns are found by name, so order, a byte-order mark and the spelling `sourceID` do not matter.
What a school must not tell a texting service is refused here, before any value is read.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Protocol

REFUSED_FILES = {
    "demographics": "it holds birthplace, race and sex, which Ally has no use and no place for",
    "userFlags": "it says who gets meals or special education, which Ally must not hold",
    "userProfiles": "it holds passwords",
}

COLUMNS = {
    "manifest": ("propertyName", "value"),
    "orgs": ("sourcedId", "name", "type"),
    "academicSessions": ("sourcedId", "title", "type", "startDate", "endDate", "schoolYear"),
    "courses": ("sourcedId", "title", "orgSourcedId"),
    "classes": (
        "sourcedId",
        "title",
        "courseSourcedId",
        "classType",
        "schoolSourcedId",
        "termSourcedIds",
    ),
    "users": ("sourcedId", "enabledUser", "orgSourcedIds", "role", "givenName", "familyName"),
    "enrollments": ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
}
"""The columns that each file must have; more may stand beside them and are read where we use them"""

NEVER_READ = frozenset({"password"})
_ABOUT_PEOPLE = frozenset({"users", "enrollments"})

_REFUSED_WORDS = frozenset({
    "birth", "birthdate", "birthplace", "born", "citizen", "citizenship", "nationality",
    "naturalized", "race", "races", "racial", "ethnic", "ethnicity", "hispanic", "latino", "ssn",
    "socialsecurity", "address", "street", "city", "zip", "zipcode", "postal", "immigration",
    "immigrant", "migrant", "visa", "passport", "refugee", "asylum", "alien", "undocumented",
    "religion", "sex", "photo", "picture", "origin", "dob", "greencard", "enteredus", "usentry",
    "usarrival",
})  # fmt: skip
_BIGGEST_FILE = 512 * 1024 * 1024
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its number (the header is 1) and its cells by column, trimmed."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell; empty where the file has no such column."""
        return self.cells.get(column, "")

    def listed(self, column: str) -> list[str]:
        """A cell that holds several values, joined by commas as OneRoster writes them."""
        return [part.strip() for part in self[column].split(",") if part.strip()]


@dataclass(slots=True)
class Sheets:
    """The rows of every file that was there, by name without `.csv`, and all that is wrong."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def wrong(self, sheet: str, line: int, said: str) -> None:
        """Note one error as `users.csv:12: what is wrong and what to do`."""
        self.errors.append(f"{sheet}.csv:{line}: {said}")


def open_sheets(path: Path) -> Sheets:
    """Read every known file of a folder or zip. Errors are collected in the result."""
    sheets = Sheets()
    if path.is_dir():
        present = {file.name: file.read_bytes for file in sorted(path.glob("*.csv"))}
        _read_all(sheets, present)
    elif path.is_file():
        _open_zip(sheets, path)
    else:
        sheets.errors.append(f"{path}: there is no such folder or zip. Check the path.")
    return sheets


def _open_zip(sheets: Sheets, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if _is_csv(info)]
            big = [info.filename for info in members if info.file_size > _BIGGEST_FILE]
            if big:
                sheets.errors.append(f"{path}: {big[0]} is larger than 512 MB. Split the export.")
                return
            readers: dict[str, Callable[[], bytes]] = {
                info.filename.rsplit("/", 1)[-1]: _reader(archive, info) for info in members
            }
            _read_all(sheets, readers)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        sheets.errors.append(
            f"{path}: cannot be opened as a zip ({error}). Export it again without a password."
        )


def _is_csv(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith(".csv") and not info.filename.startswith("__MACOSX/")


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(info)


def _read_all(sheets: Sheets, present: dict[str, Callable[[], bytes]]) -> None:
    for name, why in REFUSED_FILES.items():
        if f"{name}.csv" in present:
            sheets.wrong(name, 1, f"this file is not accepted: {why}. Remove it from the export.")
    for name in COLUMNS:
        read = present.get(f"{name}.csv")
        if read is not None:
            sheets.rows[name] = _rows(sheets, name, read())


def _rows(sheets: Sheets, name: str, raw: bytes) -> list[Row]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sheets.wrong(name, line, 'this is not UTF-8. Save the file as "CSV UTF-8".')
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        columns = _columns(sheets, name, header)
        return _body(sheets, name, reader, columns) if columns else []
    except csv.Error as error:
        sheets.wrong(name, reader.line_num, f"not readable as CSV: {error}. Check the quotes.")
        return []


def _columns(sheets: Sheets, name: str, header: list[str]) -> list[str]:
    """The header in OneRoster's spelling; empty when the file cannot be read by it."""
    known = {column.lower(): column for column in COLUMNS[name]}
    columns = [known.get(cell.strip().lower(), cell.strip()) for cell in header]
    before = len(sheets.errors)
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        sheets.wrong(name, 1, f"column `{column}` is there twice. Keep one.")
    for column in columns:
        if name in _ABOUT_PEOPLE and is_refused(column):
            sheets.wrong(name, 1, f"column `{column}` is not accepted: Ally must not hold it. Remove it.")
    for column in COLUMNS[name]:
        if column not in columns:
            sheets.wrong(name, 1, f"column `{column}` is missing. Add it to the first line.")
    return columns if len(sheets.errors) == before else []


def is_refused(column: str) -> bool:
    """Whether a column's name says that it holds what a texting service must not know."""
    words = [word.lower() for word in _WORD.findall(column)]
    joined = {first + second for first, second in pairwise(words)}
    if "email" in words:
        words = [word for word in words if word != "address"]
    return bool(_REFUSED_WORDS & ({*words} | joined))


class _Reader(Protocol):
    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _body(sheets: Sheets, name: str, reader: _Reader, columns: list[str]) -> list[Row]:
    rows: list[Row] = []
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) != len(columns):
                sheets.wrong(
                    name,
                    line,
                    f"{len(cells)} cells, but the first line names {len(columns)} columns. "
                    "Put cells that contain a comma in double quotes.",
                )
            else:
                pairs = zip(columns, cells, strict=True)
                rows.append(Row(line, {k: _clean(v) for k, v in pairs if k not in NEVER_READ}))
        line = reader.line_num + 1
    return rows


def _clean(cell: str) -> str:
    """A cell without control characters, with single plain spaces (joiners of scripts stay)."""
    spaced = " ".join(cell.split())
    return "".join(sign for sign in spaced if sign.isprintable() or sign in "\u200c\u200d")
