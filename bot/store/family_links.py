"""Which people belong to a family: links that staff make, end and take up again."""

from datetime import datetime

from sqlmodel import Session, select

from bot.store.families import Family, FamilyContact


def link(session: Session, family_id: int, contact_id: int) -> bool:
    """Link on the word of staff, or take an ended link up again as it was; False: nothing to do."""
    if not _hold(session, family_id):
        return False
    found = session.get(FamilyContact, (family_id, contact_id), populate_existing=True)
    if found is not None and found.unlinked_at is None:
        return False
    if found is None:
        found = FamilyContact(family_id=family_id, contact_id=contact_id, source="staff")
    found.unlinked_at = None
    session.add(found)
    session.flush()
    return True


def unlink(session: Session, family_id: int, contact_id: int, now: datetime) -> bool:
    """End one link and leave the person's other families alone; False: they were not linked."""
    if not _hold(session, family_id):
        return False
    found = session.get(FamilyContact, (family_id, contact_id), populate_existing=True)
    if found is None or found.unlinked_at is not None:
        return False
    found.unlinked_at = now
    session.add(found)
    session.flush()
    return True


def _hold(session: Session, family_id: int) -> bool:
    """Two people at once change the links of a family one after the other."""
    return session.exec(select(Family.id).where(Family.id == family_id).with_for_update()).first() is not None
