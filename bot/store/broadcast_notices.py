"""First-contact notices in the texts of a broadcast: noted when put, taken back where none went out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, exists, insert, select, update
from sqlmodel import Session, SQLModel

from bot.store.consents import ConsentEvent
from bot.store.contacts import Contact
from bot.store.outbox import ROWS, state_is

SOURCE: Final = "broadcast"
_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]
_CONSENTS: Final = SQLModel.metadata.tables[str(ConsentEvent.__tablename__)]


def note(session: Session, notices: Mapping[int, tuple[str, str]], now: datetime) -> None:
    """Contacts got the notice in a text that was put just now: language and version of its wording."""
    if not notices:
        return
    proofs = [
        {
            "contact_id": contact_id,
            "kind": "noticed",
            "language": language,
            "wording": wording,
            "source": SOURCE,
            "recorded_by": None,
            "at": now,
        }
        for contact_id, (language, wording) in notices.items()
    ]
    session.connection().execute(insert(_CONSENTS), proofs)
    them = update(_CONTACTS).where(_CONTACTS.c.id.in_(list(notices)), _CONTACTS.c.noticed_at.is_(None))
    session.connection().execute(them.values(noticed_at=now))


def take_back(session: Session, broadcast_id: int) -> int:
    """Whose notice stood in a text of this broadcast that never went out gets it with the next one.

    Returns how many contacts.
    """
    row, person = ROWS.c, _CONTACTS.c
    # From the texts to their readers: the other way round each reader's is looked for among all texts
    them = (
        select(row.contact_id)
        .join(_CONTACTS, person.id == row.contact_id)
        .where(
            row.broadcast_id == broadcast_id,
            row.created_at == person.noticed_at,
            row.submitted_at.is_(None),
            state_is(ROWS, "skipped"),
        )
        .distinct()
    )
    found = list(session.connection().execute(them).scalars())
    for start in range(0, len(found), 500):
        some = found[start : start + 500]
        proofs = delete(_CONSENTS).where(
            _CONSENTS.c.contact_id.in_(some),
            _CONSENTS.c.kind == "noticed",
            _CONSENTS.c.source == SOURCE,
            exists(
                select(person.id).where(
                    person.id == _CONSENTS.c.contact_id, person.noticed_at == _CONSENTS.c.at
                )
            ),
        )
        session.connection().execute(proofs)
        session.connection().execute(update(_CONTACTS).where(person.id.in_(some)).values(noticed_at=None))
    return len(found)
