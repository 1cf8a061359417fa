"""Spreadsheet files, Excel and CSV, as tables of plain text; nothing in them is ever taken for a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.words.sheet import TITLES, guarded
from bot.words.sheet_read import Odd, SheetError
from bot.words.yaml_tree import Fault

LARGEST = 20_000_000
"""Bytes of a file, and with it of what a zipped file unpacks to five times over"""
_MOST_ROWS, _MOST_COLUMNS = 20_000, 50
_WIDTHS = {"english": 50, "translation": 50, "note": 30, "comment": 30, "before": 30, "context": 22}
_AGAIN = "Save it again from the spreadsheet program as .xlsx."


def xlsx_bytes(
    sheets: Sequence[tuple[str, Iterable[Sequence[str]]]], *, right_to_left: bool = False
) -> bytes:
    """A workbook of text cells; the first sheet is the table of texts, with its titles kept in view."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, table in sheets:
        sheet = book.create_sheet(title)
        for line, cells in enumerate(table, 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(line, column)
                assert isinstance(cell, Cell)  # merged ones are only in files that others made
                _fill(cell, text, right=right_to_left and column == _TRANSLATION)
    _dress(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_TRANSLATION = list(TITLES).index("translation") + 1


def _fill(cell: Cell, text: str, *, right: bool) -> None:
    """Text stays text: also where it begins with = and after somebody types in it."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=2 if right else 0)


def _dress(sheet: Worksheet) -> None:
    for column, name in enumerate(TITLES, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 12)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def csv_bytes(table: Iterable[Sequence[str]]) -> bytes:
    """CSV that Excel opens as UTF-8 (it needs the mark at the beginning), guarded against formulas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(cell) for cell in cells] for cells in table)
    return stream.getvalue().encode("utf-8-sig")


def read_xlsx(content: bytes, file: str) -> tuple[list[list[str]], Odd]:
    """The first sheet that has texts. Raises SheetError for a file that is no workbook, or a merged cell."""
    _check_size(content, file)
    try:
        unpacked = _unpacked(content)
        sheet = load_workbook(io.BytesIO(content)).worksheets[0] if unpacked <= 5 * LARGEST else None
    except Exception as error:  # noqa: BLE001 -- openpyxl raises whatever its XML reader and zip reader do
        raise _broken(file, f"not readable as .xlsx ({type(error).__name__}).", _AGAIN) from None
    if sheet is None:
        raise _broken(file, "the file unpacks to more than a spreadsheet of texts would.", _AGAIN)
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        wrong = f"{sheet.max_row} rows and {sheet.max_column} columns are more than were sent."
        raise _broken(file, wrong, "Delete what stands outside the table.")
    faults = [
        Fault(file, area.min_row, area.min_col, f"the cells {area.coord} are merged.", "Unmerge them.")
        for area in sheet.merged_cells.ranges
    ]
    if faults:
        raise SheetError(sorted(faults))
    return _table(sheet)


def _unpacked(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(item.file_size for item in archive.infolist())


def _table(sheet: Worksheet) -> tuple[list[list[str]], Odd]:
    odd: dict[tuple[int, int], str] = {}
    table = []
    for line, cells in enumerate(sheet.iter_rows(), 1):
        table.append([_text(cell.value) for cell in cells])
        for column, cell in enumerate(cells, 1):
            wrong = _odd(cell)
            if wrong:
                odd[line, column] = wrong
    return table, odd


def _odd(cell: Cell | MergedCell) -> str:
    if isinstance(cell, Cell) and cell.data_type in ("f", "e"):
        return "a formula" if cell.data_type == "f" else "an error of the spreadsheet"
    return "a date" if isinstance(cell.value, datetime | date | time | timedelta) else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_csv(content: bytes, file: str) -> tuple[list[list[str]], Odd]:
    """A CSV with commas, semicolons or tabs. Raises SheetError for one that is not UTF-8 or not whole."""
    _check_size(content, file)
    text = _decoded(content, file)
    read = [_split(text, sign) for sign in (",", ";", "\t")]
    table, wrong = max(read, key=lambda one: _known_titles(one[0]))
    if wrong:
        fix = "A cell with quotes or line breaks stands in double quotes."
        raise SheetError([Fault(file, len(table) + 1, 1, f"this row cannot be read: {wrong}.", fix)])
    return table, {}


def _known_titles(table: Sequence[Sequence[str]]) -> int:
    known = {title.casefold() for title in TITLES.values()}
    return max((len({cell.strip().casefold() for cell in cells} & known) for cells in table[:20]), default=0)


def _split(text: str, sign: str) -> tuple[list[list[str]], str]:
    """The rows, and what is wrong with the one after them."""
    csv.field_size_limit(LARGEST)
    table: list[list[str]] = []
    try:
        table.extend(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        return table, str(error)
    return table, ""


def _decoded(content: bytes, file: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = "Save it as UTF-8 (Excel: CSV UTF-8), or send an .xlsx."
        raise SheetError([Fault(file, line, 1, "this line is not UTF-8.", fix)]) from None


def _check_size(content: bytes, file: str) -> None:
    if len(content) > LARGEST:
        raise _broken(file, f"{len(content):,} bytes are more than {LARGEST:,}.", "Send the texts in parts.")


def _broken(file: str, wrong: str, fix: str) -> SheetError:
    return SheetError([Fault(file, 1, 1, wrong, fix)])
