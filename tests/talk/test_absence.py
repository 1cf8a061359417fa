"""A parent reports an absence by text, and the attendance office sees it."""

from datetime import date

from bot.flow.state import Value
from bot.people import absences
from bot.store import counts
from bot.talk.absence import report_absence
from bot.talk.parts import Doing
from tests.fixtures.installation import ENGLISH, STRANGER, Installation

TODAY = date(2026, 10, 13)


def waiting(house: Installation) -> list[tuple[str, date, str]]:
    with house.bot.db.read() as session:
        found = absences.waiting(session, house.bot.vault)
    return [(one.child, one.day, one.reason) for one in found]


def test_four_texts_make_a_report_and_a_second_one_changes_it(house: Installation) -> None:
    for words in ("my son is sick today", "1", "1", "1"):
        house.text(words)
    assert waiting(house) == [("Noah", TODAY, "sick")]
    assert "I told the attendance office at Maple Grove Elementary" in house.answers()[-1]
    for words in ("absence", "1", "2", "1"):
        house.text(words)
    assert waiting(house) == [("Noah", TODAY, "appointment")]
    assert "so I changed it" in house.answers()[-1]


def test_nothing_is_told_before_the_parent_says_yes(house: Installation) -> None:
    for words in ("absence", "1", "1", "3"):
        house.text(words)
    assert waiting(house) == []
    assert "I told nobody" in house.answers()[-1]


def test_a_number_that_is_not_on_the_roster_is_handed_to_a_person(house: Installation) -> None:
    house.text("my son is sick today", STRANGER)
    assert waiting(house) == []
    assert house.thread(STRANGER) is not None


def test_reports_are_counted_by_language_without_the_child_or_the_reason(house: Installation) -> None:
    for words in ("absence", "1", "1", "1"):
        house.text(words)
    with house.bot.db.read() as session:
        names = {one.name: one.language for one in counts.between(session, TODAY, TODAY)}
    assert names["absence/new"] == "en"
    assert not any("sick" in name or "Noah" in name for name in names)


def test_answers_that_are_not_whole_are_not_done(house: Installation) -> None:
    """Whatever a conversation remembers, of whatever age: nothing is kept and nothing breaks."""
    house.text("hello")
    child: Value = {"value": "1"}
    day: Value = {"date": "2026-10-13"}
    broken: list[dict[str, Value]] = [
        {},
        {"child": child, "day": day},
        {"child": child, "reason": "sick"},
        {"child": [child, child], "day": day, "reason": "sick"},
        {"child": {"value": "x"}, "day": day, "reason": "sick"},
        {"child": {"value": "999999"}, "day": day, "reason": "sick"},
        {"child": child, "day": {"date": "soon"}, "reason": "sick"},
    ]
    with house.bot.db.write() as session:
        for values in broken:
            doing = Doing(session, house.bot.vault, house.contact(ENGLISH), values, {}, house.clock())
            assert not report_absence(doing).done, values
    assert waiting(house) == []
