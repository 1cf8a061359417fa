"""Texts of a language as a file for whoever translates them: a spreadsheet, or PO for Poedit."""

from collections.abc import Sequence
from typing import Final, Literal

from babel.messages.catalog import Catalog

from bot.talk.spreadsheets import csv_bytes, xlsx_bytes
from bot.words import sheet_po
from bot.words.glossary import Glossary, lines_for
from bot.words.locales import is_rtl
from bot.words.marks import State
from bot.words.po_write import po_bytes
from bot.words.sheet import cells, rows_of, titles

Kind = Literal["xlsx", "csv", "po"]
KINDS: Final[tuple[Kind, ...]] = ("xlsx", "csv", "po")


def file_for(kind: Kind, catalog: Catalog, locale: str, states: Sequence[State], glossary: Glossary) -> bytes:
    """The texts in these states; the workbook has the agreed words on a second sheet."""
    if kind == "po":
        return po_bytes(sheet_po.part_of(catalog, locale, states))
    table = [titles(locale), *(cells(row) for row in rows_of(catalog, locale, states))]
    if kind == "csv":
        return csv_bytes(table)
    sheets = [("Texts", table), ("Glossary", lines_for(glossary, locale))]
    return xlsx_bytes(sheets, right_to_left=is_rtl(locale))
