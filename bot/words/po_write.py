"""Writes catalogs as plain PO that changes only where a text changes.

No wrapping, no line numbers, no creation date and no tool version: each would touch every catalog on
every update, and translators' tools would report changes that are none.
"""

from babel.messages.catalog import Catalog
from babel.messages.pofile import generate_po

from bot.words.locales import facts
from bot.words.plurals import rule_of

_WIDTH = 1_000_000
"""Babel wraps comments even when told not to wrap; no line is this long"""
_RESTLESS = ('"Generated-By:', '"POT-Creation-Date:')


def new_catalog(locale: str) -> Catalog:
    """An empty catalog of a language."""
    known = facts(locale)
    catalog = Catalog(
        locale=locale,
        project="Ally",
        version="1",
        header_comment=(
            f"# {known.english} ({known.own}): what families read.\n"
            "# fuzzy: no person who speaks the language has read this text yet."
        ),
        fuzzy=False,
    )
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.mime_headers = [("Plural-Forms", rule_of(locale).header)]
    return catalog


def empty_like(existing: Catalog, locale: str) -> Catalog:
    """An empty catalog with the header of an existing one, counting as the language does."""
    catalog = new_catalog(locale)
    catalog.header_comment = existing.header_comment
    catalog.last_translator = existing.last_translator
    catalog.language_team = existing.language_team
    catalog.revision_date = existing.revision_date
    return catalog


def template_bytes(template: Catalog) -> bytes:
    """The template as ally.pot."""
    template.project, template.version = "Ally", "1"
    template.header_comment = "# Every text that families read, in English. Made by `ally catalogs update`."
    template.msgid_bugs_address = template.last_translator = template.language_team = ""
    template.fuzzy = False
    return po_bytes(template)


def po_bytes(catalog: Catalog) -> bytes:
    """A catalog as a PO file, in its own order, with what is obsolete at the end."""
    lines = generate_po(catalog, width=_WIDTH, include_lineno=False)
    kept = "".join(lines).splitlines(keepends=True)
    return ("".join(line for line in kept if not line.startswith(_RESTLESS)).rstrip("\n") + "\n").encode()
