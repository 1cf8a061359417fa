"""Families and their children, as the roster gives them."""

from sqlmodel import Field, SQLModel


class Family(SQLModel, table=True):
    """The people of one household as the school knows it; holds no address and no status."""

    id: int | None = Field(default=None, primary_key=True)
    source_hash: str = Field(unique=True, max_length=64)
    """Keyed hash of the roster's own key for this family"""


class Student(SQLModel, table=True):
    """A child of a family at one school."""

    id: int | None = Field(default=None, primary_key=True)
    source_hash: str = Field(unique=True, max_length=64)
    family_id: int = Field(foreign_key="family.id", index=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    name: bytes
    """Sealed given name, context student.name"""
    grade: str = Field(max_length=8)
