"""Links of a family: made, ended and taken up again by hand, and once however many people do it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from bot.store import contacts, families, family_links
from bot.store.database import Database
from bot.store.families import Family
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock


@pytest.fixture
def two(db: Database, vault: Vault, clock: SettableClock) -> tuple[int, int]:
    """A family and a contact that are not linked."""
    with db.write() as session:
        person = contacts.find_or_create(session, vault, "+15125550101", clock()).id or 0
        families.add_families(session, ["a"])
        return session.exec(select(Family.id)).one() or 0, person


def test_a_link_is_made_ended_and_taken_up_again(
    db: Database, two: tuple[int, int], clock: SettableClock
) -> None:
    with db.write() as session:
        assert not family_links.unlink(session, *two, clock())
        assert family_links.link(session, *two)
        assert families.every_link(session)[two].source == "staff"
        assert family_links.unlink(session, *two, clock())
        assert not family_links.unlink(session, *two, clock())
        assert not families.is_linked(session, two[1])
        assert family_links.link(session, *two)
        assert families.is_linked(session, two[1])


def test_of_many_who_link_at_once_one_does(db: Database, two: tuple[int, int]) -> None:
    def link(_: int) -> bool:
        with db.write() as session:
            return family_links.link(session, *two)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(link, range(16))) == 1


def test_a_family_that_is_not_there_gets_no_link(db: Database, two: tuple[int, int]) -> None:
    with db.write() as session:
        assert not family_links.link(session, two[0] + 1, two[1])
