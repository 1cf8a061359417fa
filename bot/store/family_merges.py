"""Two families that are one: children, people, groups and notes move, and can be put back as they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, SQLModel, col, select

from bot.store.contacts import Contact
from bot.store.families import Family, FamilyContact, Student
from bot.store.family_changes import FamilyChange
from bot.store.family_notes import FamilyNote
from bot.store.tags import FamilyTag

_MOVED: tuple[tuple[str, type[SQLModel]], ...] = (
    ("students", Student),
    ("notes", FamilyNote),
    ("changes", FamilyChange),
)
"""What moves as it is, found again by its id"""


def home_of(session: Session, family_id: int) -> int:
    """The family that this one went into, and that one into, to the end; itself where it went nowhere."""
    return homes(session).get(family_id, family_id)


def homes(session: Session) -> dict[int, int]:
    """Of each family that went into another one, where it is now."""
    gone = select(Family.id, Family.merged_into).where(col(Family.merged_into).is_not(None))
    into = {one: other for one, other in session.exec(gone) if one is not None and other is not None}
    return {one: _end(into, one) for one in into}


def both_locked(session: Session, one: int, other: int) -> dict[int, Family]:
    """Two families that nobody else changes meanwhile; always locked in the same order."""
    chosen = select(Family).where(col(Family.id).in_((one, other))).order_by(col(Family.id))
    rows = session.exec(chosen.with_for_update().execution_options(populate_existing=True))
    return {row.id or 0: row for row in rows}


def merge(session: Session, kept: Family, gone: Family) -> dict[str, Any]:
    """Let `gone` be a part of `kept`. Returns what is needed to take it back; ids and times only.

    A link that was ended in either of the two is ended: nobody hears of children again by a merge.
    """
    kept_id, gone_id = kept.id or 0, gone.id or 0
    before: dict[str, Any] = {name: _move(session, table, gone_id, kept_id) for name, table in _MOVED}
    before["links"] = [_move_link(session, link, kept_id) for link in _links(session, gone_id)]
    before["tags"] = [_move_tag(session, tag, kept_id) for tag in _tags(session, gone_id)]
    gone.merged_into = kept_id
    session.add(gone)
    session.flush()
    return before


def part(session: Session, kept: Family, gone: Family, before: dict[str, Any]) -> None:
    """Take a merge back; what changed since stays changed, and whoever was unlinked since stays so."""
    kept_id, gone_id = kept.id or 0, gone.id or 0
    for name, table in _MOVED:
        _put_back(session, table, before[name], kept_id, gone_id)
    for told in before["links"]:
        _put_link_back(session, told, kept_id, gone_id)
    for tag, at, is_new in before["tags"]:
        _put_tag_back(session, tag, datetime.fromisoformat(at), kept_id, gone_id, is_new=is_new)
    gone.merged_into = None
    session.add(gone)
    session.flush()


def notes_of(session: Session, family_id: int) -> int:
    """How many notes a family has."""
    mine = select(func.count()).select_from(FamilyNote).where(col(FamilyNote.family_id) == family_id)
    return session.exec(mine).one()


def sharing(session: Session, family_id: int) -> list[int]:
    """Other families to which somebody of this one belongs too: perhaps the same one twice."""
    mine = select(FamilyContact.contact_id).where(
        col(FamilyContact.family_id) == family_id, col(FamilyContact.unlinked_at).is_(None)
    )
    found = select(FamilyContact.family_id).where(
        col(FamilyContact.contact_id).in_(mine),
        col(FamilyContact.family_id) != family_id,
        col(FamilyContact.unlinked_at).is_(None),
    )
    return sorted(set(session.exec(found)))


def _end(into: dict[int, int], one: int) -> int:
    while one in into:
        one = into[one]
    return one


def _move(session: Session, table: Any, gone_id: int, kept_id: int) -> list[int]:
    these = [table.family_id == gone_id]
    if table is FamilyChange:
        # An earlier merge into the family that goes is taken back only after this one
        these.append(col(FamilyChange.kind) != "merged")
    ids = [one for one in session.exec(select(table.id).where(*these).order_by(table.id)) if one is not None]
    session.exec(update(table).where(table.id.in_(ids)).values(family_id=kept_id))
    return ids


def _put_back(session: Session, table: Any, ids: Sequence[int], kept_id: int, gone_id: int) -> None:
    mine = update(table).where(table.id.in_(ids), table.family_id == kept_id)
    session.exec(mine.values(family_id=gone_id))


def _links(session: Session, family_id: int) -> Sequence[FamilyContact]:
    found = select(FamilyContact).where(col(FamilyContact.family_id) == family_id)
    return session.exec(found.order_by(col(FamilyContact.contact_id))).all()


def _tags(session: Session, family_id: int) -> Sequence[FamilyTag]:
    found = select(FamilyTag).where(col(FamilyTag.family_id) == family_id)
    return session.exec(found.order_by(col(FamilyTag.tag))).all()


def _move_link(session: Session, link: FamilyContact, kept_id: int) -> dict[str, Any]:
    there = session.get(FamilyContact, (kept_id, link.contact_id))
    told = {
        "contact": link.contact_id,
        "source": link.source,
        "ended": _written(link.unlinked_at),
        "is_new": there is None,
        "there": _written(there.unlinked_at) if there else None,
    }
    if there is None:
        there = FamilyContact(family_id=kept_id, contact_id=link.contact_id, source=link.source)
        there.unlinked_at = link.unlinked_at
    there.unlinked_at = there.unlinked_at or link.unlinked_at
    session.add(there)
    session.delete(link)
    session.flush()
    return told


def _put_link_back(session: Session, told: dict[str, Any], kept_id: int, gone_id: int) -> None:
    there = session.get(FamilyContact, (kept_id, told["contact"]), populate_existing=True)
    contact = session.get(Contact, told["contact"])
    if there is None or contact is None or contact.erased_at is not None:
        return  # the roster or the person ended it since
    by_merge = _read(told["there"]) or _read(told["ended"])
    since = there.unlinked_at if there.unlinked_at != by_merge else None
    back = FamilyContact(family_id=gone_id, contact_id=told["contact"], source=told["source"])
    back.unlinked_at = _read(told["ended"]) or since
    session.add(back)
    if told["is_new"]:
        session.delete(there)
    elif there.unlinked_at == by_merge:
        there.unlinked_at = _read(told["there"])
        session.add(there)
    session.flush()


def _move_tag(session: Session, tag: FamilyTag, kept_id: int) -> tuple[str, str, bool]:
    is_new = session.get(FamilyTag, (kept_id, tag.tag)) is None
    told = (tag.tag, tag.tagged_at.isoformat(), is_new)
    if is_new:
        session.add(FamilyTag(family_id=kept_id, tag=tag.tag, tagged_at=tag.tagged_at))
    session.delete(tag)
    session.flush()
    return told


def _put_tag_back(
    session: Session, tag: str, at: datetime, kept_id: int, gone_id: int, *, is_new: bool
) -> None:
    if session.get(FamilyTag, (kept_id, tag)) is None:
        return  # taken off since
    session.add(FamilyTag(family_id=gone_id, tag=tag, tagged_at=at))
    if is_new:
        mine = (col(FamilyTag.family_id) == kept_id, col(FamilyTag.tag) == tag)
        session.exec(delete(FamilyTag).where(*mine))
    session.flush()


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
