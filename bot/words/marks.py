"""The state of a translation, as it is written in the catalog so that gettext tools carry it along.

unreviewed is gettext's own `fuzzy` flag. stale is `fuzzy` and a translator's comment of ours. The pair is
chosen for what tools do with each part: GNU gettext drops flags it does not know, extracted comments
(#.) are replaced from the template and previous ids (#|) are dropped by Babel, but translators' comments
(#) survive msgmerge, Poedit and Weblate; and a person who mends the text in Poedit or Weblate clears
`fuzzy`, which is all that is needed to end the stale state: the comment left behind then means nothing.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.messages.catalog import Message

State = Literal["reviewed", "unreviewed", "stale", "missing"]
MsgId = str | tuple[str, ...]

_STALE = re.compile(r'ally: stale since (\d{4}-\d\d-\d\d), was (reviewed|unreviewed) for: (["\[].*)')
_KEPT_FUZZY = "ally: unreviewed when it was put aside"


@dataclass(frozen=True, slots=True)
class Stale:
    """Since when a translation no longer fits its English, and for which English it was made."""

    since: date
    was_reviewed: bool
    english: MsgId

    def comment(self) -> str:
        """The translator's comment that says so."""
        state = "reviewed" if self.was_reviewed else "unreviewed"
        english = json.dumps(self.english, ensure_ascii=False)
        return f"ally: stale since {self.since.isoformat()}, was {state} for: {english}"


def state_of(message: Message) -> State:
    """The state of one entry of a catalog."""
    if not any(strings_of(message)):
        return "missing"
    if not message.fuzzy:
        return "reviewed"
    return "stale" if stale_of(message) else "unreviewed"


def stale_of(message: Message) -> Stale | None:
    """The stale mark of an entry, None where it has none or where a person has ended it."""
    if not message.fuzzy:
        return None
    for comment in message.user_comments:
        match = _STALE.fullmatch(comment)
        if match:
            return _stale(match)
    return None


def _stale(match: re.Match[str]) -> Stale | None:
    try:
        english = json.loads(match[3])
        since = date.fromisoformat(match[1])
    except ValueError:
        return None
    return Stale(since, match[2] == "reviewed", tuple(english) if isinstance(english, list) else str(english))


def msgid_of(message: Message) -> MsgId:
    """The English of an entry: one text, or (one, other)."""
    return message.id if isinstance(message.id, str) else tuple(message.id)


def strings_of(message: Message) -> tuple[str, ...]:
    """The translation of an entry, one text a plural form."""
    string = message.string
    return tuple(string) if isinstance(string, list | tuple) else (string or "",)


def without_marks(comments: Iterable[str]) -> list[str]:
    """A translator's comments without ours."""
    return [text for text in comments if text != _KEPT_FUZZY and not _STALE.fullmatch(text)]


def put_aside(message: Message) -> list[str]:
    """Comments for an obsolete entry: Babel writes no flags there, so `fuzzy` becomes a comment."""
    comments = [text for text in message.user_comments if text != _KEPT_FUZZY]
    return [*comments, _KEPT_FUZZY] if _is_fuzzy(message) else comments


def taken_up_again(message: Message) -> Message:
    """An obsolete entry as it was before it was put aside."""
    return Message(
        message.id,
        message.string,
        flags={"fuzzy"} if _is_fuzzy(message) else (),
        user_comments=[text for text in message.user_comments if text != _KEPT_FUZZY],
        context=message.context,
    )


def _is_fuzzy(message: Message) -> bool:
    """By our comment, or by the flag that other tools write on obsolete entries."""
    return bool(message.fuzzy) or _KEPT_FUZZY in message.user_comments
