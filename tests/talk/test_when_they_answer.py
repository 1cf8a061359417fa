"""When a person answers is said so that it is true: over weekends by the week, over holidays by the day."""

from datetime import UTC, datetime

import pytest

from bot.talk.promises import due_at
from tests.fixtures.installation import ENGLISH, Installation

HOLIDAY = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
"""Wednesday, 10:00: no school until Monday"""


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", "talk to a person", "They answer from Monday, November 30, 7:30 AM."),
        ("es", "persona", "Contestan: desde el lunes, 30 de noviembre, 7:30 a.m."),
        ("ar", "\u0634\u062e\u0635", "7:30"),
        ("zh_Hans", "\u4eba\u5de5", "11\u670830\u65e5"),
        ("ht", "moun", "Yo reponn apati lendi 30 novanm, 7:30"),
    ],
)
def test_over_a_holiday_the_day_is_said(house: Installation, language: str, words: str, said: str) -> None:
    house.clock.set(HOLIDAY)
    with house.bot.db.write() as session:
        contact = session.merge(house.contact(ENGLISH))
        contact.language, contact.language_source = language, "chosen"
    house.text(words)
    assert said in house.answers()[0], house.answers()[0]
    with house.bot.db.read() as session:
        due = due_at(house.bot.talk, session, house.contact(ENGLISH), house.clock.now)
    assert due == datetime(2026, 11, 30, 17, 30, tzinfo=UTC), "Monday 7:30 and four hours"


def test_over_a_weekend_the_week_is_said(house: Installation) -> None:
    house.clock.set(datetime(2026, 10, 17, 15, 0, tzinfo=UTC))
    house.text("talk to a person")
    assert "They answer Monday to Friday 7:30 AM - 4:00 PM." in house.answers()[0]
    thread = house.thread()
    assert thread is not None
    assert thread.promised_at == datetime(2026, 10, 19, 16, 30, tzinfo=UTC), "Monday 11:30"
