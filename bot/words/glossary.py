"""The agreed words of each language for what schools say often, and where a translation uses others."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.words.locales import LOCALES
from bot.words.marks import msgid_of, state_of, strings_of
from bot.words.po_read import PLACEHOLDER, entries
from bot.words.remark import remark
from bot.words.yaml_tree import Fault, FilesBroken, Plain, Severity, Trail, Tree, read_tree

_KNOWN = ("english", "note")


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a language says a term; a text has it when any of `accept` stands in it."""

    say: str
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `english` lists its wordings; # stands for a number or a placeholder."""

    name: str
    english: tuple[str, ...]
    note: str
    renderings: Mapping[str, Rendering]


Glossary = tuple[Term, ...]


def read_glossary(source: str, file: str) -> Glossary:
    """Read messages/glossary.yaml. Raises FilesBroken with every fault."""
    tree = read_tree(source, file)
    terms = tree.plain.get("terms") if isinstance(tree.plain, dict) else None
    if not isinstance(terms, dict) or not terms:
        raise FilesBroken([tree.fault((), "there is no `terms:`.", "Write the terms under it.")])
    faults = [fault for name, term in terms.items() for fault in _term_faults(tree, name, term)]
    if faults:
        raise FilesBroken(sorted(faults))
    return tuple(_term(name, term) for name, term in terms.items() if isinstance(term, dict))


def agreed_words(messages: Path) -> Glossary:
    """The agreed words of a folder of messages; none where an installation has no list."""
    path = messages / "glossary.yaml"
    return read_glossary(path.read_text("utf-8-sig"), "messages/glossary.yaml") if path.is_file() else ()


def missing_terms(english: str, translation: str, locale: str, glossary: Glossary) -> list[Term]:
    """The terms of the English whose agreed words the translation does not have."""
    said = _bare(translation)
    return [
        term
        for term in terms_in(english, glossary)
        if locale in term.renderings
        and not any(_bare(word) in said for word in term.renderings[locale].accept)
    ]


def terms_in(english: str, glossary: Glossary) -> list[Term]:
    """The terms of an English text; where two begin alike, the longer wording wins (report card, card)."""
    rest = PLACEHOLDER.sub("{}", english)
    found = []
    for pattern, term in _patterns(glossary):
        shortened = pattern.sub(" … ", rest)
        if shortened != rest:
            rest = shortened
            found.append(term)
    return [term for term in glossary if term in found]


def terms_at(text: str, source: str, target: str, glossary: Glossary) -> Iterator[tuple[int, int, str]]:
    """Where agreed words stand in a text, and what they are in the other language: (start, end, words).

    From English its wordings, into English the agreed ones; those with a number in them are left out.
    """
    taken: list[tuple[int, int]] = []
    for pattern, becomes in _turned(glossary, source, target):
        for found in pattern.finditer(text):
            start, end = found.span()
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield start, end, becomes


@lru_cache(maxsize=32)
def _turned(glossary: Glossary, source: str, target: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = []
    for term in glossary:
        plain_ones = [one for one in term.english if "#" not in one]
        if source == "en" and target in term.renderings:
            pairs += [(one, term.renderings[target].say) for one in plain_ones]
        elif target == "en" and source in term.renderings and plain_ones:
            pairs.append((term.renderings[source].say, plain_ones[0]))
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple((_pattern(said), becomes) for said, becomes in pairs)


def glossary_faults(catalogs: Mapping[str, Catalog], glossary: Glossary) -> list[Fault]:
    """A fault for each text that may be sent and lacks the agreed words, by locale and line.

    An error where somebody has reviewed the text: it goes out as it is; else a warning.
    """
    return [
        fault for locale, catalog in sorted(catalogs.items()) for fault in _faults(locale, catalog, glossary)
    ]


def lines_for(glossary: Glossary, locale: str) -> list[list[str]]:
    """The glossary of one language as a table for translators."""
    lines = [
        [", ".join(term.english), term.renderings[locale].say, term.note]
        for term in glossary
        if locale in term.renderings
    ]
    return [["English", "Say", "Note"], *lines]


def _faults(locale: str, catalog: Catalog, glossary: Glossary) -> Iterator[Fault]:
    for message in entries(catalog):
        state = state_of(message)
        if state not in ("reviewed", "unreviewed"):
            continue
        msgid = msgid_of(message)
        english = msgid if isinstance(msgid, str) else msgid[-1]
        for term in missing_terms(english, " ".join(strings_of(message)), locale, glossary):
            say = term.renderings[locale].say
            file = f"messages/{locale}/LC_MESSAGES/ally.po"
            wrong = remark(
                "%(context)s: the agreed words for `%(word)s` are not in it.",
                context=str(message.context),
                word=term.english[0],
            )
            fix = remark("Say: %(say)s.", say=say)
            severity: Severity = "error" if state == "reviewed" else "warning"
            yield Fault(file, message.lineno or 1, 1, wrong, fix, "glossary", severity)


@lru_cache(maxsize=8)
def _patterns(glossary: Glossary) -> tuple[tuple[re.Pattern[str], Term], ...]:
    wordings = [(wording, term) for term in glossary for wording in term.english]
    wordings.sort(key=lambda pair: -len(pair[0]))
    return tuple((_pattern(wording), term) for wording, term in wordings)


def _pattern(wording: str) -> re.Pattern[str]:
    words = re.escape(wording).replace(r"\#", r"(?:\d+|\{\})")
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Without what changes nothing: case, accents, Arabic vowel signs and hamzas, tatweel."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if unicodedata.category(sign) != "Mn" and sign != "ـ")


# --- the file ------------------------------------------------------------------------------------


def _term(name: str, term: Mapping[str, Plain]) -> Term:
    renderings = {locale: _rendering(value) for locale, value in term.items() if locale not in _KNOWN}
    return Term(name, _words(term["english"]), str(term.get("note", "")), _Fixed(renderings))


class _Fixed(dict[str, Rendering]):
    """A mapping that can be part of a cached key: terms are never changed."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def _rendering(value: Plain) -> Rendering:
    if isinstance(value, dict):
        say = str(value.get("say", ""))
        return Rendering(say, _words(value["accept"]) if "accept" in value else (say,))
    return Rendering(str(value), (str(value),))


def _words(value: Plain) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else (str(value),)


def _term_faults(tree: Tree, name: str, term: Plain) -> Iterable[Fault]:
    path: Trail = ("terms", name)
    if not isinstance(term, dict) or not any(_words(term.get("english", ""))):
        yield tree.fault(path, f"`{name}` has no English.", "Write `english: [word, words]`.")
        return
    for key, value in term.items():
        where = (*path, key)
        if key in _KNOWN:
            continue
        if key not in LOCALES or key == "en":
            yield tree.fault(where, f"`{key}` is no language of the program.", "Use es, ar, zh_Hans, ht ...")
            continue
        rendering = _rendering(value)
        if not rendering.say or not all(rendering.accept):
            yield tree.fault(where, f"`{name}` has no words for {key}.", "Write `say:` and `accept:`.")
        elif not any(_bare(word) in _bare(rendering.say) for word in rendering.accept):
            wrong = f"what `{name}` says in {key} is not among what it accepts."
            yield tree.fault(where, wrong, "Add its words to `accept`.")
