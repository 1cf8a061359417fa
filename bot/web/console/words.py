"""The words of the pages: gettext domain `console`, English in the source, a catalog for each other language.

The catalogs are read as they are committed (`.po`), at the start of a process. Texts that nobody who
speaks the language has read yet (fuzzy) are shown too: staff can ask for English, families cannot see them.
"""

from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import request, session
from flask_babel import Babel, Domain, get_locale

from bot.web.console.guard import is_ours
from bot.web.console.visits import look_up_visit

DOMAIN: Final = "console"
SOURCE: Final = "en"

Catalogs = Mapping[str, NullTranslations]


class _Pages(Domain):  # type: ignore[misc]
    """Flask-Babel's translations, out of catalogs that are in memory already."""

    def __init__(self, catalogs: Catalogs) -> None:
        super().__init__(domain=DOMAIN)
        self._catalogs = catalogs

    def get_translations(self) -> NullTranslations:
        """The catalog of this request; outside of one, or in English, the words as they stand."""
        return self._catalogs.get(str(get_locale()), NullTranslations())


class Words(Babel):  # type: ignore[misc]
    """Flask-Babel with our catalogs and our choice of language."""

    def __init__(self, catalogs: Catalogs) -> None:
        super().__init__()
        self.catalogs = catalogs

    @cached_property
    def domain_instance(self) -> Domain:
        """What gettext asks."""
        return _Pages(self.catalogs)

    @property
    def languages(self) -> dict[str, str]:
        """Locales of the pages, each with its name in itself."""
        return {name: _own_name(name) for name in (SOURCE, *sorted(self.catalogs))}

    def choose(self) -> str:
        """The language of a request: of the account, else as chosen here, else as the browser asks."""
        if not is_ours():
            return SOURCE
        visit = look_up_visit()
        if visit is not None and visit.is_whole and visit.who.language in self.languages:
            return visit.who.language
        asked = request.args.get("language")
        if asked in self.languages:
            session["language"] = asked
        chosen = session.get("language")
        if chosen in self.languages:
            return str(chosen)
        return request.accept_languages.best_match(list(self.languages)) or SOURCE


def read_catalogs(messages: Path) -> dict[str, NullTranslations]:
    """Every `messages/<locale>/LC_MESSAGES/console.po`, by locale."""
    found: dict[str, NullTranslations] = {}
    for path in sorted(messages.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=path.parts[-3], domain=DOMAIN), use_fuzzy=True)
        compiled.seek(0)
        found[path.parts[-3]] = Translations(compiled, domain=DOMAIN)
    return found


def direction() -> str:
    """Which way the words of this page run: ltr or rtl."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"


def tag() -> str:
    """The language of this page as HTML writes it."""
    return str(get_locale() or SOURCE).replace("_", "-")


def _own_name(name: str) -> str:
    locale = Locale.parse(name)
    own = locale.get_display_name(locale) or name
    return own[:1].upper() + own[1:]
