"""Flow revisions that conversations still stand on."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from bot.store.upserts import insert_into


class FlowRevision(SQLModel, table=True):
    """The text of one flow as it once was, found by its content hash."""

    __tablename__ = "flow_revision"

    revision: str = Field(primary_key=True, max_length=16)
    flow: str = Field(max_length=64, index=True)
    source: str
    seen_at: datetime


def remember(session: Session, revision: str, flow: str, source: str, now: datetime) -> None:
    """Keep a revision and when it was last the current one."""
    new = insert_into(session, FlowRevision).values(revision=revision, flow=flow, source=source, seen_at=now)
    session.connection().execute(
        new.on_conflict_do_update(index_elements=["revision"], set_={"seen_at": new.excluded.seen_at})
    )


def find(session: Session, revision: str) -> FlowRevision | None:
    """The revision of this content hash."""
    return session.get(FlowRevision, revision)


def every(session: Session) -> list[FlowRevision]:
    """All revisions that were ever current here."""
    return list(session.exec(select(FlowRevision)))
