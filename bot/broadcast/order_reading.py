"""Whom an order by text is for: "3B picture day tomorrow", "3B and 4A: ...", "grade 3 ...". Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.broadcast import order_vocabulary as vocabulary
from bot.broadcast.audience import Audience, Choices
from bot.broadcast.order_vocabulary import grade_number
from bot.words.nearest import nearest
from bot.words.plain import plain

_WORD = re.compile(r"[^\W_]+")
_TITLE = re.compile(r"\d{1,2}[a-z]|[a-z]\d{1,2}")
_LEADS_ON: Final = " \t\n:;,.-\N{EN DASH}\N{EM DASH}!)"
_MOST_LEADS: Final = 6
_LONGEST: Final = 6
"""Words of a class's title"""
_NAMED: Final = 4
"""Letters of the first word of a title or a school that alone may mean it"""

Kind = Literal["class", "grade", "school", "all"]


@dataclass(frozen=True, slots=True)
class Meant:
    """Some families, and what a person calls them."""

    label: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Order:
    """For whom, and the words behind it."""

    meant: Meant
    words: str = field(repr=False)
    is_clear: bool
    """Whether nobody but whoever gives an order begins a text so"""


@dataclass(frozen=True, slots=True)
class Which:
    """Several are called so."""

    options: tuple[Meant, ...]
    words: str = field(repr=False)
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """It begins like a class, and none of the writer's is called so."""

    said: str
    near: tuple[Meant, ...]
    """Those that were perhaps meant"""
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mixed:
    """Classes beside grades or schools: one text is for one kind."""

    words: str = ""


Read = Order | Which | Unknown | Mixed


@dataclass(frozen=True, slots=True)
class _Word:
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One of those named: several `options` where it may be one or another."""

    kind: Kind
    options: tuple[Meant, ...]
    end: int
    """The word behind it"""
    is_exact: bool = True


class Reader:
    """Reads what one person writes, who may choose among these."""

    def __init__(self, choices: Choices) -> None:
        schools, found = choices.schools, list(choices.classes)
        several = len({one.school_id for one in found}) > 1
        titles = [plain(one.title) for one in found]
        self._classes: dict[str, list[Meant]] = {}
        self._begins: list[tuple[list[str], Meant]] = []
        self.classes: list[Meant] = []
        """Every class, in the order in which it is offered"""
        for one, title in zip(found, titles, strict=True):
            twice = several and titles.count(title) > 1
            at = f", {schools[one.school_id]}" if twice and one.school_id in schools else ""
            meant = Meant(f"{one.title}{at}", Audience(classes=frozenset({one.id})))
            self._classes.setdefault(title.replace(" ", ""), []).append(meant)
            self.classes.append(meant)
            words = title.split()
            self._begins.append((words, meant))
            if len(words) > 1 and words[0] in vocabulary.HOMEROOMS:
                self._begins.append((words[1:], meant))
        self._schools = [
            (plain(name).split(), Meant(name, Audience(schools=frozenset({id_}))))
            for id_, name in schools.items()
        ]
        self.all = Meant("ALL", Audience(everyone=True))

    def read(self, text: str) -> Read | None:
        """Whom it is for; None where it does not begin with anybody."""
        words = [_Word(plain(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)]
        leads = 0
        while leads < min(_MOST_LEADS, len(words)) and words[leads].plain in vocabulary.LEADS:
            leads += 1
        for at in range(leads + 1):
            if (first := self._part(text, words, at)) is not None:
                return self._whole(text, words, first)
        found = (self._unknown(text, words, at) for at in range(min(leads + 1, len(words))))
        return next((one for one in found if one is not None), None)

    def _whole(self, text: str, words: Sequence[_Word], first: _Part) -> Read:
        parts, at = [first], first.end
        while at < len(words):
            joined = words[at].plain in vocabulary.JOINS
            more = self._part(text, words, at + joined, after=parts[-1], is_joined=joined)
            if more is None:
                break
            if more.kind != first.kind and not (joined is False and first.kind == "school"):
                return Mixed()
            parts.append(more)
            at = more.end
        while at < len(words) and words[at].plain in vocabulary.NOUNS:
            at += 1
        rest = _behind(text, words[at - 1])
        exact = all(part.is_exact for part in parts)
        if len(parts) == 1 and len(first.options) > 1:
            return Which(first.options, rest, is_clear=exact)
        return Order(_joined(parts), rest, is_clear=exact)

    def _part(
        self,
        text: str,
        words: Sequence[_Word],
        at: int,
        after: _Part | None = None,
        *,
        is_joined: bool = False,
    ) -> _Part | None:
        """Somebody named at this word; behind another one, only what cannot be a word of the text."""
        if at >= len(words):
            return None
        is_list = is_joined and after is not None and after.kind == "grade"
        found = self._class(words, at) or self._grade(words, at, is_list=is_list)
        if found is not None or (after is not None and not is_joined):
            return found
        return self._everybody(text, words, at) or self._school(words, at) or self._class_by_name(words, at)

    def _class(self, words: Sequence[_Word], at: int) -> _Part | None:
        for size in range(_LONGEST, 0, -1):
            key = "".join(one.plain for one in words[at : at + size])
            if at + size <= len(words) and (found := self._classes.get(key)):
                return _Part("class", tuple(found), at + size)
        return None

    def _class_by_name(self, words: Sequence[_Word], at: int) -> _Part | None:
        if words[at].plain in vocabulary.ROOMS:
            return None
        found, size = _beginning(words, at, self._begins)
        return _Part("class", tuple(found), at + size, is_exact=False) if found else None

    def _school(self, words: Sequence[_Word], at: int) -> _Part | None:
        found, size = _beginning(words, at, self._schools)
        whole = any(len(name) == size for name, meant in self._schools if meant in found)
        return _Part("school", tuple(found), at + size, is_exact=whole) if found else None

    def _grade(self, words: Sequence[_Word], at: int, *, is_list: bool) -> _Part | None:
        word = words[at].plain
        behind = words[at + 1].plain if at + 1 < len(words) else ""
        if word in vocabulary.GRADE and (number := grade_number(behind)):
            return _grade_part(number, at + 2)
        if (number := grade_number(word)) and (behind in vocabulary.GRADE | vocabulary.CHILDREN):
            return _grade_part(number, at + 2)
        if is_list and number:
            return _grade_part(number, at + 1)
        if word + behind == "prek":
            word, at = "prek", at + (word != "prek")
        if word in vocabulary.YOUNG:
            code = vocabulary.YOUNG[word]
            label = "K" if code == "KG" else code
            return _Part("grade", (Meant(label, Audience(grades=frozenset({code}))),), at + 1)
        return None

    def _everybody(self, text: str, words: Sequence[_Word], at: int) -> _Part | None:
        word, end = words[at], at + 1
        if word.plain in vocabulary.MINE and end < len(words) and words[end].plain in vocabulary.NOUNS:
            return _Part("all", (self.all,), end + 1)
        if word.plain not in vocabulary.ALL:
            return None
        while end < len(words) and words[end].plain in vocabulary.OF_ALL:
            end += 1
        if end < len(words) and words[end].plain in vocabulary.WHAT_ALL:
            return _Part("all", (self.all,), end + 1)
        said = text[word.start : word.end]
        is_said = text[word.end :].lstrip().startswith(":") or (said.isupper() and len(said) > 1)
        return _Part("all", (self.all,), at + 1, is_exact=is_said)

    def _unknown(self, text: str, words: Sequence[_Word], at: int) -> Unknown | None:
        """A class that nobody has, and the one that was perhaps meant."""
        end = at + 1
        if words[at].plain in vocabulary.ROOMS and end < len(words) and len(words[end].plain) <= 3:
            end += 1
        elif not _TITLE.fullmatch(words[at].plain):
            return None
        said = text[words[at].start : words[end - 1].end]
        return Unknown(said, self._near(plain(said).replace(" ", "")), _behind(text, words[end - 1]))

    def _near(self, key: str) -> tuple[Meant, ...]:
        """Classes of the same grade, else the one that is written most alike."""
        grade = re.match(r"\d+", key)
        like = [name for name in self._classes if grade and re.match(rf"{grade[0]}(?!\d)", name)]
        close = nearest(key, self._classes)
        return tuple(one for name in like or ([close] if close else []) for one in self._classes[name])


def _behind(text: str, word: _Word) -> str:
    """What stands behind a word, without the colon or dash that leads to it."""
    return text[word.end :].lstrip(_LEADS_ON).strip()


def _beginning(
    words: Sequence[_Word], at: int, names: Collection[tuple[list[str], Meant]]
) -> tuple[list[Meant], int]:
    """Those whose names begin with as many of these words as possible, and how many words that are."""
    if len(words[at].plain) < _NAMED:
        return [], 0
    for size in range(_LONGEST, 0, -1):
        said = [one.plain for one in words[at : at + size]]
        found = [meant for name, meant in names if len(said) == size and name[:size] == said]
        if found:
            return found, size
    return [], 0


def _grade_part(number: int, end: int) -> _Part:
    return _Part("grade", (Meant(f"grade {number}", Audience(grades=frozenset({f"{number:02}"}))),), end)


def _joined(parts: Sequence[_Part]) -> Meant:
    """All that are named; a school beside a grade is that grade of the school."""
    every = [meant for part in parts for meant in part.options]
    together = Audience(
        everyone=any(one.audience.everyone for one in every),
        schools=frozenset().union(*(one.audience.schools for one in every)),
        grades=frozenset().union(*(one.audience.grades for one in every)),
        classes=frozenset().union(*(one.audience.classes for one in every)),
    )
    return Meant(", ".join(dict.fromkeys(one.label for one in every)), together)
