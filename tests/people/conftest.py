"""A small roster on disk that a test bends to its purpose, and what it takes to keep it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.people.roster import Roster, read_roster
from bot.people.roster_store import RosterReport, store_roster
from bot.store import schools
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

SMALL = Path(__file__).parent / "small_roster"
SCHOOL = {
    "zone": "America/Chicago",
    "phone": "+15125550140",
    "hours": {"office": {"regular": {"monday to friday": "7:30 to 16:00"}}},
}


class RosterFolder:
    """A copy of a small roster whose cells a test changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a file."""
        with (self.path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name: str, rows: list[dict[str, str]]) -> None:
        """Write a file whole."""
        with (self.path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def change(self, name: str, source_id: str, **cells: str) -> None:
        """Change cells of one row."""
        rows = self.rows(name)
        next(row for row in rows if row["sourcedId"] == source_id).update(cells)
        self.write(name, rows)

    def drop(self, *source_ids: str) -> None:
        """Take people out of users.csv, with everything that names them."""
        self.write("users", [r for r in self.rows("users") if r["sourcedId"] not in source_ids])
        enrolled = [r for r in self.rows("enrollments") if r["userSourcedId"] not in source_ids]
        self.write("enrollments", enrolled)
        rows = self.rows("users")
        for row in rows:
            kept = [id_ for id_ in row["agentSourcedIds"].split(",") if id_ not in source_ids]
            row["agentSourcedIds"] = ",".join(kept)
        self.write("users", rows)

    def read(self) -> Roster:
        """Read it as a district would."""
        return read_roster(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> RosterFolder:
    """One school with twelve families, in a folder of its own."""
    path = tmp_path / "roster"
    path.mkdir()
    for file in SMALL.glob("*.csv"):
        shutil.copy(file, path)
    return RosterFolder(path)


@pytest.fixture
def load(
    db: Database, vault: Vault, clock: SettableClock, folder: RosterFolder
) -> Callable[..., RosterReport]:
    """Loads the folder as it is now, with its schools set up."""

    def run(**options: Any) -> RosterReport:
        roster = folder.read()
        with db.write() as session:
            for id_, school in roster.schools.items():
                schools.save_school(session, {"source_id": id_, "name": school.name, **SCHOOL})
            return store_roster(session, vault, roster, clock(), **options)

    return run
