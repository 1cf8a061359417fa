"""Brings a catalog up to a new template without ever guessing a translation.

gettext's own update matches by likeness and gave new texts the translation of others. Here an entry finds
its translation 1. by the same context and English; 2. by the same English, from a context that has gone
or changed (a renamed step keeps its translation and its review); 3. by the same context, and then the
translation is kept for the translator but marked stale, since the English has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from babel.messages.catalog import Catalog, Message

from bot.words import marks
from bot.words.marks import MsgId, Stale, msgid_of, strings_of
from bot.words.po_read import entries
from bot.words.po_write import empty_like

Key = tuple[str, MsgId]
_FORMAT_FLAGS = frozenset({"fuzzy", "python-format", "python-brace-format"})


@dataclass
class UpdateReport:
    """What an update did, by context; `catalog` is the updated one."""

    catalog: Catalog
    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """The same English in a renamed step"""
    stale: list[str] = field(default_factory=list)
    """English edited since; those that already were stale are among the kept"""
    revived: list[str] = field(default_factory=list)
    """Put aside once, and now back"""
    put_aside: list[str] = field(default_factory=list)


def update(template: Catalog, existing: Catalog, locale: str, today: date) -> UpdateReport:
    """The existing catalog, brought up to the template. Pure: both arguments stay as they are."""
    report = UpdateReport(empty_like(existing, locale))
    old = _Old(existing, {_key(message) for message in entries(template)})
    for wanted in entries(template):
        source, how = old.find(wanted)
        getattr(report, how).append(str(wanted.context))
        _put(report.catalog, wanted, source, today)
    for message in old.left_over():
        report.put_aside.append(str(message.context))
        _put_aside(report.catalog, message)
    for message in existing.obsolete.values():
        if _key(message) not in old.used:
            _put_aside(report.catalog, message)
    return report


class _Old:
    """The translations there are, and which of them are still needed where they stand."""

    def __init__(self, existing: Catalog, wanted: set[Key]) -> None:
        self.used: set[Key] = set()
        self._active = {_key(message): message for message in entries(existing)}
        free = [message for key, message in self._active.items() if key not in wanted]
        aside = [marks.taken_up_again(message) for message in existing.obsolete.values()]
        translated = [message for message in free if any(strings_of(message))]
        self._by_english = _first_by("id", translated)
        self._by_context = _first_by("context", free)
        self._aside = {_key(message): message for message in aside}
        self._aside_by_english = _first_by("id", aside)
        self._aside_by_context = _first_by("context", aside)

    def find(self, wanted: Message) -> tuple[Message | None, str]:
        """The entry whose translation the wanted one takes, and the list of the report it belongs in."""
        key = _key(wanted)
        if key in self._active:
            return self._take(self._active[key], "kept")
        if key in self._aside:
            return self._take(self._aside[key], "revived")
        for known, how in ((self._by_english, "moved"), (self._aside_by_english, "revived")):
            if wanted.id in known:
                return self._take(known[wanted.id], how)
        edited = self._by_context.get(wanted.context) or self._aside_by_context.get(wanted.context)
        if edited is None:
            return None, "added"
        return self._take(edited, "stale" if any(strings_of(edited)) else "kept")

    def _take(self, message: Message, how: str) -> tuple[Message, str]:
        self.used.add(_key(message))
        return message, how

    def left_over(self) -> Iterable[Message]:
        """Translations that nothing asks for any more."""
        rest = (message for key, message in self._active.items() if key not in self.used)
        return [message for message in rest if any(strings_of(message))]


def _first_by(name: str, messages: Iterable[Message]) -> dict[object, Message]:
    found: dict[object, Message] = {}
    for message in messages:
        found.setdefault(getattr(message, name), message)
    return found


def _key(message: Message) -> Key:
    return str(message.context), msgid_of(message)


def _put(catalog: Catalog, wanted: Message, source: Message | None, today: date) -> None:
    strings = _shaped(strings_of(source) if source else ("",), wanted, catalog.num_plurals)
    flags = set(source.flags) - _FORMAT_FLAGS if source else set()
    comments = marks.without_marks(source.user_comments) if source else []
    if source is not None and any(strings):
        fuzzy, stale = _standing(source, msgid_of(wanted), today)
        flags |= {"fuzzy"} if fuzzy else set()
        comments += [stale.comment()] if stale else []
    message = catalog.add(
        wanted.id,
        strings if wanted.pluralizable else strings[0],
        locations=wanted.locations,
        flags=flags,
        auto_comments=wanted.auto_comments,
        user_comments=comments,
        context=wanted.context,
    )
    message.flags.discard("python-format")  # Babel takes "100% sure" for one


def _standing(source: Message, english: MsgId, today: date) -> tuple[bool, Stale | None]:
    """Whether a translation is fuzzy under this English, and its stale mark where it no longer fits."""
    stale = marks.stale_of(source)
    if stale is None:
        if msgid_of(source) == english:
            return source.fuzzy, None
        return True, Stale(today, not source.fuzzy, msgid_of(source))
    if stale.english == english:  # the English is again what the translation was made for
        return not stale.was_reviewed, None
    return True, stale


def _shaped(strings: tuple[str, ...], wanted: Message, forms: int) -> tuple[str, ...]:
    """As many texts as the entry has forms; where that changed, the common form stands for all."""
    number = forms if wanted.pluralizable else 1
    return strings if len(strings) == number else (strings[-1],) * number


def _put_aside(catalog: Catalog, message: Message) -> None:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    catalog.obsolete[singular, str(message.context)] = Message(
        message.id, message.string, user_comments=marks.put_aside(message), context=message.context
    )
