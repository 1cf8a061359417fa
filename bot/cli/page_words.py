"""`ally catalogs pages`: the words of the staff pages (domain `console`), taken into every catalog of theirs.

Sorted by their English and without file names, so that two people who add pages rarely touch the same lines.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from bot.broadcast import checks, phone_words
from bot.carrier.twilio.errors import sentences
from bot.cli.folders import MESSAGES
from bot.people.staff_words import DOMAIN
from bot.words.locales import LOCALES
from bot.words.po_write import new_catalog, po_bytes

BOT: Final = Path(__file__).parents[1]
WEB: Final = BOT / "web"
_SOURCES: Final = (
    ("python", WEB / "console", "**/*.py"),
    ("jinja2", WEB / "templates" / "console", "*.html"),
    # What other parts of the program find, and pages say (words.remark)
    ("python", BOT / "school", "calendar*.py"),
    ("python", BOT / "examine", "*.py"),
    ("python", BOT / "flow" / "check", "*.py"),
    ("python", BOT / "flow", "model.py"),
    ("python", BOT / "flow", "shelf.py"),
    ("python", BOT / "words", "yaml_*.py"),
    ("python", BOT / "words", "nearest.py"),
    ("python", BOT / "words", "glossary.py"),
    ("python", BOT / "words", "po_read.py"),
)
_NAMES: Final = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "remark": None,
}
_NOTE: Final = (
    "# {}: what staff read on their pages; made by `ally catalogs pages`.\n"
    "# fuzzy: no person who speaks the language has read this text yet."
)


@click.command("pages")
@MESSAGES
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when something would change")
def pages(messages: Path, *, check: bool) -> None:
    """Take new English words of the staff pages into their catalogs, and drop what no page says any more."""
    changed = [path for path, content in updated(messages) if path.read_bytes() != content]
    for path, content in updated(messages):
        if path in changed:
            click.echo(f"{path}: {'would change' if check else 'changed'}")
            if not check:
                path.write_bytes(content)
    if check and changed:
        raise SystemExit(1)


def updated(messages: Path) -> Iterator[tuple[Path, bytes]]:
    """Every catalog of the pages as it should be."""
    wanted = english()
    for path in sorted(messages.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        yield path, po_bytes(_filled(wanted, path))


def english() -> list[str | tuple[str, str]]:
    """Every English text of the pages, sorted; (one, many) where a number decides."""
    found: set[str | tuple[str, str]] = {*sentences(), *checks.sentences(), *phone_words.sentences()}
    found |= {one.english for one in LOCALES.values()}
    for method, folder, pattern in _SOURCES:
        for path in sorted(folder.glob(pattern)):
            with path.open("rb") as file:
                for _, text, _, _ in extract(method, file, _NAMES, options={"encoding": "utf-8"}):
                    found.add(text if isinstance(text, str) else (text[0], text[1]))
    return sorted(found, key=lambda text: text if isinstance(text, str) else text[0])


def _filled(wanted: list[str | tuple[str, str]], path: Path) -> Catalog:
    locale = path.parts[-3]
    with path.open("rb") as file:
        old = read_po(file, locale=locale, domain=DOMAIN)
    catalog = new_catalog(locale)
    catalog.header_comment = _NOTE.format(locale)
    for text in wanted:
        held = old.get(text if isinstance(text, str) else text[0])
        same = held is not None and held.id == text
        catalog.add(text, held.string if held and same else None, flags=held.flags if held and same else ())
    return catalog
