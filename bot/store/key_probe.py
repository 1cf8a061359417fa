"""Whether the keys of the environment are those that this database was written with."""

from typing import Final, Literal

from sqlalchemy import func, or_, select
from sqlmodel import Session, SQLModel

from bot.store.contacts import NUMBER, Contact
from bot.store.vault import SealBroken, Vault

_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]

Fit = Literal["fits", "nothing_sealed_yet", "other_keys", "other_fingerprint_key"]


def probe(session: Session, vault: Vault) -> Fit:
    """Open the number of the first and of the last contact and find each by its fingerprint.

    The first may be sealed with an old key, the last with the newest: both must be here.
    """
    # Who was erased keeps the hash alone.
    live = _CONTACTS.c.erased_at.is_(None)
    ends = select(func.min(_CONTACTS.c.id)).where(live).scalar_subquery()
    last = select(func.max(_CONTACTS.c.id)).where(live).scalar_subquery()
    both = select(_CONTACTS.c.number, _CONTACTS.c.number_hash).where(
        or_(_CONTACTS.c.id == ends, _CONTACTS.c.id == last)
    )
    rows = session.connection().execute(both).all()
    try:
        numbers = [vault.open(row.number, NUMBER) for row in rows]
    except SealBroken:
        return "other_keys"
    if any(vault.fingerprint(number) != row.number_hash for number, row in zip(numbers, rows, strict=True)):
        return "other_fingerprint_key"
    return "fits" if rows else "nothing_sealed_yet"
