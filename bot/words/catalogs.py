"""Every text in every language, with how far it can be trusted; a look-up is one dictionary hit.

Four states: reviewed by a person who speaks the language, unreviewed (gettext's fuzzy), stale (the English
has changed since) and missing. Stale and missing give the English, so a wrong text is never sent.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.words.locales import LOCALES
from bot.words.marks import State, state_of, strings_of
from bot.words.plurals import plural_index
from bot.words.po_read import CatalogError, entries, read_catalog, read_template
from bot.words.yaml_tree import Fault

SOURCE = "en"
DOMAIN = "ally"
STATES: tuple[State, ...] = ("reviewed", "unreviewed", "stale", "missing")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to send: `locale` is the language it really is in, `state` that of the one asked for."""

    body: str
    locale: str
    state: State


@dataclass
class Catalogs:
    """The texts of all languages in memory; read-only once loaded."""

    _single: dict[tuple[str, str, str], Text] = field(default_factory=dict)
    _plural: dict[tuple[str, str, str, str], tuple[Text, ...]] = field(default_factory=dict)
    _translated: dict[str, set[str]] = field(default_factory=dict)
    _english: dict[str, Message] = field(default_factory=dict)

    def text(self, locale: str, context: str, msgid: str) -> Text:
        """One text by its context and its English."""
        try:
            return self._single[locale, context, msgid]
        except KeyError:
            return self._source(locale, context, msgid)

    def plural(self, locale: str, context: str, one: str, other: str, n: int) -> Text:
        """The wording for a count."""
        forms = self._plural.get((locale, context, one, other))
        if forms is None:
            return self._source(locale, context, one if n == 1 else other)
        return forms[plural_index(n, locale if forms[0].locale == locale else SOURCE)]

    def locales(self) -> list[str]:
        """The locales that can be written: English and those with a catalog, in the order of the table."""
        return [locale for locale in LOCALES if locale == SOURCE or locale in self._translated]

    def coverage(self, locale: str) -> dict[State, int]:
        """How many texts are in each state."""
        states = Counter(self._state(locale, message) for message in self._english.values())
        return {state: states[state] for state in STATES}

    def _state(self, locale: str, message: Message) -> State:
        context = str(message.context)
        if isinstance(message.id, str):
            return self.text(locale, context, message.id).state
        return self.plural(locale, context, message.id[0], message.id[1], 2).state

    def _source(self, locale: str, context: str, msgid: str) -> Text:
        """The English: by itself, or where a translation is of another English or of none."""
        if locale == SOURCE:
            return Text(msgid, SOURCE, "reviewed")
        was_translated = context in self._translated.get(locale, ())
        return Text(msgid, SOURCE, "stale" if was_translated else "missing")

    def add(self, locale: str, catalog: Catalog) -> None:
        """Take in the entries of one catalog (only while loading)."""
        translated = self._translated.setdefault(locale, set())
        for message in entries(catalog):
            context, state = str(message.context), state_of(message)
            self._english.setdefault(context, message)
            if state != "missing":
                translated.add(context)
            if isinstance(message.id, str):
                self._single[locale, context, message.id] = _texts(message, locale, state)[0]
                self._single[SOURCE, context, message.id] = Text(message.id, SOURCE, "reviewed")
            else:
                self._plural[locale, context, message.id[0], message.id[1]] = _texts(message, locale, state)

    def add_template(self, catalog: Catalog) -> None:
        """Take in the English of today: coverage counts against it."""
        self._english = {str(message.context): message for message in entries(catalog)}


def _texts(message: Message, locale: str, state: State) -> tuple[Text, ...]:
    if state in ("stale", "missing"):
        english = (message.id,) if isinstance(message.id, str) else message.id
        return tuple(Text(body, SOURCE, state) for body in english)
    return tuple(Text(body, locale, state) for body in strings_of(message))


def as_written(folder: Path) -> dict[str, Catalog]:
    """Each catalog as it stands in its file, by locale. Raises CatalogError for the first with faults."""
    return {
        path.parent.parent.name: read_catalog(path.read_bytes(), path.parent.parent.name, str(path))
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    }


def load(folder: Path) -> Catalogs:
    """Read `<locale>/LC_MESSAGES/ally.po` of every locale, and `ally.pot` where there is one.

    Raises CatalogError with every fault of every catalog; a folder without catalogs gives English alone.
    """
    catalogs, faults = Catalogs(), list[Fault]()
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        locale = path.parent.parent.name
        if locale not in LOCALES or locale == SOURCE:
            fix = (
                f"The folder of a language is one of {', '.join(name for name in LOCALES if name != SOURCE)}."
            )
            faults.append(
                Fault(str(path), 1, 1, f"`{locale}` is no language of the program.", fix, "catalog")
            )
            continue
        try:
            catalogs.add(locale, read_catalog(path.read_bytes(), locale, str(path)))
        except CatalogError as error:
            faults.extend(error.faults)
    template = folder / f"{DOMAIN}.pot"
    if template.is_file():
        try:
            catalogs.add_template(read_template(template.read_bytes(), str(template)))
        except CatalogError as error:
            faults.extend(error.faults)
    if faults:
        raise CatalogError(faults)
    return catalogs
