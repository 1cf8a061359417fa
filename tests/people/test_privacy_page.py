"""PRIVACY.md lists every field that is held of a family, and no other."""

import re

import pytest

from bot.people import holdings, retention
from bot.store import attendance_texts, broadcasts, families
from bot.store.contacts import Contact
from tests.fixtures.installation import ROOT, Installation

FIX = "a field of a family came, went or has another name: say so in PRIVACY.md, under Every field"


@pytest.fixture
def backend() -> str:
    """SQLite alone: the columns are the same on both."""
    return "sqlite"


def listed() -> dict[str, set[str]]:
    """What the page lists, by table."""
    told = (ROOT / "PRIVACY.md").read_text("utf-8").partition("## Every field")[2]
    parts = re.split(r"^- \*\*(\w+)\*\*:", told, flags=re.MULTILINE)[1:]
    return {
        name: set(re.findall(r"`(\w+)`", text)) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_the_page_lists_what_is_held_of_a_family() -> None:
    held = {name: set(columns) for name, columns in holdings.fields().items()}
    assert listed() == held, FIX


def test_what_is_printed_for_a_family_is_on_the_page(house: Installation) -> None:
    house.text("person")
    house.text("My son has a fever, he stays home.")
    contact = house.contact()
    with house.bot.db.read() as session:
        row = session.get(Contact, contact.id)
        assert row is not None
        assert families.is_linked(session, row.id or 0)
        held = holdings.held_for(session, house.bot.vault, row)
    page = listed()
    printed = {name: set(rows[0]) for name, rows in held.items() if rows}
    for name, fields in printed.items():
        assert fields <= page.get(name, set()), f"{name}: {FIX}"


def test_that_a_family_was_told_of_an_absence_is_shown_and_kept_for_thirty_days(house: Installation) -> None:
    bot, day = house.bot, house.clock().date()
    with bot.db.write() as session:
        (child, *_) = families.children_of(session, house.contact().id or 0)
        told = broadcasts.create(session, created_by="program", now=house.clock())
        attendance_texts.note(session, [child.id], day, told.id or 0)

    def held() -> list[dict[str, object]]:
        with bot.db.read() as session:
            row = session.get(Contact, house.contact().id)
            assert row is not None
            return list(holdings.held_for(session, bot.vault, row).get("attendance_text", []))

    assert [(one["student_id"], one["day"]) for one in held()] == [(child.id, day.isoformat())]
    for days, kept in ((30, 1), (1, 0)):
        house.clock.move(days=days)
        retention.forget_old_words(bot.db, house.clock)
        assert len(held()) == kept
