"""Names are found by any of their words, however they are written, and nothing can be read back."""

import pytest

from bot.people.findable import fill_names
from bot.store import contacts, name_words
from bot.store.contacts import NAME
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock


@pytest.fixture
def people(db: Database, vault: Vault, clock: SettableClock) -> list[int]:
    """Three numbers."""
    with db.write() as session:
        return [
            contacts.find_or_create(session, vault, f"+1512555010{last}", clock()).id or 0 for last in "123"
        ]


def found(db: Database, vault: Vault, said: str) -> list[int]:
    with db.read() as session:
        return name_words.contacts_named(session, vault, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lucía Núñez de la Cruz", "nunez"),
        ("Lucía Núñez de la Cruz", "CRUZ lucia"),
        ("فَاطِمَة الأحمد", "فاطمه"),
        ("فاطمة الأحمد", "الاحمد فاطمة"),
        ("王小明", "小明"),
        ("王小明", "王"),
        ("Đặng Thị Hoa", "dang"),
        ("Marie-Ange N'Guessan", "ange"),
        ("O’Brien", "obrien"),
    ],
)
def test_a_name_is_found_by_its_words_without_case_accents_or_vowel_signs(
    db: Database, vault: Vault, people: list[int], name: str, said: str
) -> None:
    with db.write() as session:
        name_words.replace(session, vault, {people[0]: [name], people[1]: ["Somebody Else"]})
    assert found(db, vault, said) == [people[0]]


def test_only_who_has_all_the_words_is_found_and_a_part_of_a_word_finds_nobody(
    db: Database, vault: Vault, people: list[int]
) -> None:
    with db.write() as session:
        name_words.replace(
            session, vault, {people[0]: ["Ana Ruiz"], people[1]: ["Ana", "Ana Lee"], people[2]: []}
        )
    assert found(db, vault, "ana") == people[:2]
    assert found(db, vault, "Ana Lee ana") == [people[1]]
    assert found(db, vault, "Ana Ruiz Lee") == []
    assert found(db, vault, "Rui") == []
    assert found(db, vault, " .,!") == []


def test_another_name_takes_the_place_of_the_one_before_and_a_forgotten_one_finds_nobody(
    db: Database, vault: Vault, people: list[int]
) -> None:
    with db.write() as session:
        name_words.replace(session, vault, {one: ["Ana Ruiz"] for one in people})
    with db.write() as session:
        name_words.replace(session, vault, {people[0]: ["Ana Lee"], people[1]: ["Ana Ruiz"]})
        name_words.forget(session, [people[2]])
    assert found(db, vault, "ruiz") == [people[1]]
    assert found(db, vault, "ana") == people[:2]
    with db.read() as session:
        kept = name_words.hashes_of(vault, "Ana")
    assert kept == [vault.fingerprint("name:ana")]


def test_names_of_before_there_were_words_are_taken_up_once(
    db: Database, vault: Vault, people: list[int], clock: SettableClock
) -> None:
    with db.write() as session:
        for contact_id, name in zip(people, ("Ana", "…", ""), strict=True):
            contact = contacts.by_id_locked(session, contact_id)
            assert contact is not None
            contact.name = vault.seal(name, NAME) if name else None
    assert [fill_names(db, vault, clock) for _ in range(3)] == [2, 0, 0]
    assert found(db, vault, "ana") == people[:1]
