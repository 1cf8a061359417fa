"""Groups of families that staff put together and write to later: a bus, a club, those who asked for rides.

A group is its name and its families, and there as long as it has one. Whoever changes or reads it sees the
families within their own reach alone; colleagues of other schools may have theirs in it too.
"""

from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from sqlmodel import Session

from bot.broadcast.audience import Audience, check_reach, reach_of
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import Refused
from bot.people.access import Who
from bot.people.roster_sheets import is_refused
from bot.store import audience as selected
from bot.store import audit, tags
from bot.store.audit import Deed
from bot.store.contacts import NAME
from bot.store.families import STUDENT_NAME

LONGEST: Final = 32
_NOT_IN_NAMES: Final = frozenset("/{}\\?#\n\r\t")
_EVERY: Final = 100_000


class GroupRefused(Refused):
    """A name that says nothing, or what nobody may note of a family."""

    field: ClassVar[str] = "group"


def named(said: str) -> str:
    """The name of a group as it is kept. Raises GroupRefused."""
    name = " ".join(said.split())
    if not name or len(name) > LONGEST or _NOT_IN_NAMES & set(said) or name.startswith("."):
        raise GroupRefused("a group has a short name")
    if is_refused(name):
        raise GroupRefused("what a family is or where it is from is no group")
    return name


def families_in(
    session: Session, who: Who, group: str, *, after: int = 0, limit: int = _EVERY
) -> Sequence[int]:
    """Families of a group within reach, by id."""
    chosen = Audience(tags=frozenset({group})).chosen
    return selected.family_ids(session, chosen, reach_of(session, who), after=after, limit=limit)


def names_in(
    session: Session, parts: Broadcasting, who: Who, families: Collection[int]
) -> dict[int, tuple[list[str], list[str]]]:
    """Who reads for each family, and its children within reach."""
    readers = tags.people_of(session, families)
    children = selected.child_names(session, reach_of(session, who), families)
    return {
        one: (
            [parts.vault.open(name, NAME) for name in readers.get(one, [])],
            [parts.vault.open(name, STUDENT_NAME) for name in children.get(one, [])],
        )
        for one in families
    }


def grow(
    session: Session,
    parts: Broadcasting,
    who: Who,
    group: str,
    *,
    classes: Collection[int] = (),
    families: Collection[int] = (),
) -> int:
    """Put the families of classes, and single ones within reach, into a group; how many are new in it.

    Raises GroupRefused, OutOfReach.
    """
    name, within = named(group), reach_of(session, who)
    audience = Audience(classes=frozenset(classes), families=frozenset(families))
    check_reach(session, who, audience, within)
    these = selected.family_ids(session, audience.chosen, within, limit=_EVERY)
    new = tags.add(session, these, name, parts.clock())
    _write_down(session, parts, who, "group_grown", new)
    return new


def shrink(session: Session, parts: Broadcasting, who: Who, group: str, families: Collection[int]) -> int:
    """Take families within reach out of a group; how many were in it."""
    mine = set(families) & set(families_in(session, who, group))
    gone = tags.remove(session, mine, group)
    _write_down(session, parts, who, "group_shrunk", gone)
    return gone


def _write_down(session: Session, parts: Broadcasting, who: Who, action: str, families: int) -> None:
    if families:
        deed = Deed(action, who.account_id, "family_tag", detail={"families": families})
        audit.append(session, parts.vault, parts.clock(), deed)
