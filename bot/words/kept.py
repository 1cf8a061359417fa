"""What a translation must leave as it is: names, dates, times, numbers, links, placeholders. Pure.

A text is cut at what must stay. Nothing of it stays visible to the machine: each stands as a mark, and
the marks must come back exactly once each, those of one kind in their order, with no new number, link or
brace between them. A date and an agreed word come back as the other language says them (`Instead`).

Numbers, weekdays and months in words (ten, Monday, 十) are words, and the machine translates them:
`bot.words.agreement` looks at those afterwards.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Reason = Literal["mark_in_text", "lost", "doubled", "added", "swapped"]

LINKS: Final = re.compile(
    r"""
    [a-z][a-z0-9+.-]*://\S+ | www\.\S+                      # links
    | [^\s<>{}]+@[^\s<>{}]+\.\w+                              # e-mail addresses
    | (?:[\w-]+\.)+(?:com|org|net|edu|gov|us|info|io)(?:/\S*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
PLACEHOLDERS: Final = re.compile(
    r"\{\{.*?\}\} | \{[^{}]*\} | </?[a-z!][^<>]*> | <!--.*?--> | %\(\w+\)[a-z] | %[a-z] | \$\{?\w+\}?",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NUMBERS: Final = re.compile(
    r"\+?\(?\d(?:[\d.,:/()\ -]*\d)?(?:\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w))?(?:st|nd|rd|th)?[%°]?",
    re.IGNORECASE,
)
MARK: Final = re.compile(r"⟦\s*([A-Z])\s*⟧")
"""What stands for something kept"""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: Final = re.compile(r"[⟦⟧{}<>@%$\\]|://|www\.", re.IGNORECASE)


_ALSO_WORDS: Final = re.compile(
    r"will|may|april|june|august|grace|hope|faith|joy|summer|rose|mark|bill|art|rich|iris|ivy|dawn|eve|angel"
    r"|king|young|brown|green|white|black|gr[ae]y|long|short|hill|rivers|woods|field|stone|bush|price|day|page"
    r"|rosa|luz|paz|sol|mar|mercedes|dolores|pilar|consuelo|esperanza|reye?s?|flores|cruz|santos|iglesia"
    r"|campo|blanco|moreno|delgado|bello|calle|rico|guerra|leon",
    re.IGNORECASE,
)
"""A name that is a word too is one only as it is written: Will, and not will"""


@dataclass(frozen=True, slots=True)
class Instead:
    """A part of a text that comes back in other words: a date, an agreed word of schools."""

    start: int
    end: int
    becomes: str = field(repr=False)
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A text ready for a machine, and what its marks stand for, in order."""

    text: str = field(repr=False)
    items: tuple[str, ...] = field(repr=False)
    """As they stood in the text"""
    back: tuple[str, ...] = field(repr=False)
    """As they stand in the translation"""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A translation that a person must look at; it is never sent."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    kind: str
    becomes: str | None = None


def keep(text: str, words: Iterable[str] = (), instead: Sequence[Instead] = ()) -> Kept | Spoiled:
    """Put a mark for all that must stay; `words`: names and terms of the school.

    Spoiled when a text has marks of its own or more to keep than there are marks.
    """
    if "⟦" in text or "⟧" in text:
        return Spoiled("mark_in_text")
    parts = _parts(text, words, instead)
    if len(parts) > len(_LETTERS):
        return Spoiled("mark_in_text")
    marked, at = [], 0
    for letter, part in zip(_LETTERS, parts, strict=False):
        marked += [text[at : part.start], f"⟦{letter}⟧"]
        at = part.end
    said = "".join([*marked, text[at:]])
    if _is_suspect(MARK.sub("", said)):
        return Spoiled("mark_in_text")
    items = tuple(text[one.start : one.end] for one in parts)
    back = tuple(item if one.becomes is None else one.becomes for one, item in zip(parts, items, strict=True))
    return Kept(said, items, back, tuple(one.kind for one in parts))


def restore(kept: Kept, translation: str) -> str | Spoiled:
    """The translation with everything kept back in its place, or why it may not be used."""
    if _is_suspect(MARK.sub(" ", translation)):
        return Spoiled("added")
    found = MARK.findall(translation)
    wanted = _LETTERS[: len(kept.items)]
    if len(found) != len(set(found)):
        return Spoiled("doubled")
    if set(found) - set(wanted):
        return Spoiled("added")
    if len(found) != len(wanted):
        return Spoiled("lost")
    for kind in set(kept.kinds):
        same = [one for one in found if kept.kinds[_LETTERS.index(one)] == kind]
        if same != sorted(same):
            return Spoiled("swapped")
    return MARK.sub(lambda mark: kept.back[_LETTERS.index(mark.group(1))], translation)


def numbers_in(text: str) -> list[str]:
    """Each number of a text in the digits 0 to 9, whatever script it is written in, in order."""
    found = re.findall(r"\d+", text)
    return ["".join(str(unicodedata.digit(char)) for char in one).lstrip("0") or "0" for one in found]


def _parts(text: str, words: Iterable[str], instead: Sequence[Instead]) -> list[_Part]:
    """What must stay, in order, none over another: links first, then dates, names, agreed words, numbers."""
    taken: list[_Part] = []

    def take(parts: Iterable[_Part]) -> None:
        for one in parts:
            if one.end > one.start and not any(one.start < it.end and it.start < one.end for it in taken):
                taken.append(one)

    take(_Part(it.start(), it.end(), "link") for it in LINKS.finditer(text))
    take(_Part(it.start(), it.end(), "placeholder") for it in PLACEHOLDERS.finditer(text))
    take(_Part(one.start, one.end, "number", one.becomes) for one in instead if one.is_date)
    names = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    if names:
        whole = "|".join(rf"(?<!{_edge(name[0])}){_as_name(name)}(?!{_edge(name[-1])})" for name in names)
        take(_Part(it.start(), it.end(), "name") for it in re.finditer(whole, text, re.IGNORECASE))
    take(_Part(one.start, one.end, f"term{one.start}", one.becomes) for one in instead if not one.is_date)
    for start, end in list(_between(taken, len(text))):
        take(_Part(it.start(), it.end(), "number") for it in _NUMBERS.finditer(text, start, end))
    return sorted(taken, key=lambda one: one.start)


def _edge(letter: str) -> str:
    """What must not stand beside a name: Chinese goes on without a space after one in Latin letters."""
    if letter < "\u0250":
        return r"[0-9A-Za-z_\u00c0-\u024f]"
    return r"\w" if letter < "\u3000" else r"[^\W\w]"


def _as_name(name: str) -> str:
    return rf"(?-i:{re.escape(name)})" if _ALSO_WORDS.fullmatch(name) else re.escape(name)


def _between(parts: Iterable[_Part], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for one in sorted(parts, key=lambda one: one.start):
        yield at, one.start
        at = one.end
    yield at, length


def _is_suspect(text: str) -> bool:
    """Whether there is something between the marks that looks like a number, a link or a placeholder."""
    return bool(_SIGNS.search(text)) or any(unicodedata.category(char)[0] == "N" for char in text)
