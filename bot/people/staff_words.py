"""The words that staff read: gettext domain `console`, English in the source, a catalog for each language.

The catalogs are read as they are committed (`.po`). Texts that nobody who speaks the language has read yet
(fuzzy) are shown too: staff can ask for English, families cannot see them.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

DOMAIN: Final = "console"
ENGLISH: Final = NullTranslations()
"""The words as they stand in the source"""


def read_catalogs(messages: Path) -> dict[str, NullTranslations]:
    """Every `messages/<locale>/LC_MESSAGES/console.po`, by locale; one that has changed is read again."""
    found: dict[str, NullTranslations] = {}
    for path in sorted(messages.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        there = path.stat()
        found[path.parts[-3]] = _read(path.absolute(), there.st_mtime_ns, there.st_size)
    return found


@lru_cache(maxsize=32)
def _read(path: Path, _changed_ns: int, _size: int) -> NullTranslations:
    """Half a second for a catalog, which the pages and texts from staff of one process share."""
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=path.parts[-3], domain=DOMAIN), use_fuzzy=True)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
