"""Which words the pages say: Flask-Babel with the catalogs of bot.people.staff_words, as the reader reads."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from babel import Locale
from babel.support import NullTranslations
from flask import request, session
from flask_babel import Babel, Domain, get_locale, gettext
from markupsafe import Markup

from bot.people.staff_words import DOMAIN
from bot.web.console.guard import is_ours
from bot.web.console.visits import look_up_visit
from bot.words import locales
from bot.words.remark import Remark, said

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


def remark(sentence: str) -> str:
    """A sentence that another part of the program found, in the language of this page; a name as it is."""
    if isinstance(sentence, Remark):
        return said(sentence, gettext)
    return Markup('<span lang="en" translate="no">{}</span>').format(sentence)


def grade(code: str) -> str:
    """A CEDS grade level as people say it, in the words of the page."""
    early = {"IT": gettext("infants"), "PR": gettext("preschool"), "KG": gettext("kindergarten")}
    named = early | dict.fromkeys(("PK", "TK"), gettext("pre-K"))
    return str(named.get(code) or gettext("grade %(grade)s", grade=code.lstrip("0") or "?"))


def phone(number: str) -> Markup:
    """A number as people here write it, or one that is masked; its digits in order also from the right."""
    shown = number if "•" in number else locales.phone(number)
    return Markup('<bdi dir="ltr" translate="no">{}</bdi>').format(shown)


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
