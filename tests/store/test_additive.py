"""Old workers may run beside a migrated database: a migration only adds what they can leave empty."""

from itertools import pairwise

import pytest
from sqlalchemy import MetaData, Table, UniqueConstraint

from bot.store.database import Database
from bot.store.migrations import revisions, upgrade

FIRST = "0001"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Table]]:
    """The schema after each migration, which one database goes through once."""
    database, found = Database(f"sqlite:///{tmp_path_factory.mktemp('steps') / 'ally.db'}"), {}
    for revision in revisions():
        upgrade(database, revision)
        found[revision] = tables(database)
    database.close()
    return found


def tables(database: Database) -> dict[str, Table]:
    """The schema as it is there."""
    found = MetaData()
    with database.engine.connect() as connection:
        found.reflect(connection)
    return {name: table for name, table in found.tables.items() if name != "alembic_version"}


def may_be_left_out(table: Table, column: str) -> bool:
    """Whether an INSERT of a program that does not know this column still works."""
    told = table.columns[column]
    return bool(told.nullable or told.server_default is not None)


def left_empty(old: Table, new: Table) -> set[str]:
    """New columns that are NULL in every row of a program that does not know them."""
    come = set(new.columns.keys()) - set(old.columns.keys())
    return {name for name in come if new.columns[name].server_default is None}


def uniques(table: Table) -> set[frozenset[str]]:
    """What may not be there twice."""
    constraints = {
        frozenset(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    return constraints | {
        frozenset(column.name for column in index.columns) for index in table.indexes if index.unique
    }


def test_migrations_stand_in_one_line() -> None:
    assert revisions()[0] == FIRST
    assert revisions() == sorted(revisions())


@pytest.mark.parametrize(("earlier", "revision"), [*pairwise(revisions())])
def test_a_migration_only_adds_what_old_programs_may_leave_out(
    history: dict[str, dict[str, Table]], earlier: str, revision: str
) -> None:
    before, after = history[earlier], history[revision]
    assert set(before) <= set(after), "a table is gone"
    for name, old in before.items():
        new = after[name]
        assert set(old.columns.keys()) <= set(new.columns.keys()), f"a column of {name} is gone"
        for column in set(new.columns.keys()) - set(old.columns.keys()):
            assert may_be_left_out(new, column), f"{name}.{column} must be nullable or have a default"
        for was in old.columns:
            now = new.columns[was.name]
            assert str(was.type) == str(now.type), f"{name}.{was.name}"
            assert now.nullable or not was.nullable, f"{name}.{was.name}"
        # A row without a value in one of the columns equals no other: old programs leave new ones out.
        assert {columns for columns in uniques(new) if not columns & left_empty(old, new)} <= uniques(old), (
            f"{name} refuses rows that old programs write"
        )
