"""Organizations of the community that help families, as the district lists them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, delete, insert
from sqlmodel import Field, Session, SQLModel, col, select


class Partner(SQLModel, table=True):
    """One place where families find help outside school."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True, max_length=64)
    """Its name in partners.yaml"""
    name: str
    needs: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """food, clothes, english, legal, health, housing, after_school, interpreting"""
    phone: str
    """E.164"""
    address: str
    languages: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """Locales spoken there"""
    is_free: bool
    url: str = ""
    near: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """Source ids of the schools that it is close to"""
    checked: date
    """The day on which somebody called and found all this right"""


def every_partner(session: Session) -> list[Partner]:
    """All of them, by name."""
    return list(session.exec(select(Partner).order_by(col(Partner.name), col(Partner.id))))


def replace(session: Session, rows: Sequence[dict[str, Any]]) -> bool:
    """Make these the only ones; keys as the columns. False when nothing is new."""
    held = [partner.model_dump(exclude={"id"}) for partner in every_partner(session)]
    if sorted(held, key=_key) == sorted(rows, key=_key):
        return False
    session.exec(delete(Partner))
    if rows:
        session.connection().execute(insert(Partner), list(rows))
    return True


def _key(row: dict[str, Any]) -> str:
    return str(row["source_id"])
