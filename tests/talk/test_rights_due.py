"""The day after facts about rights fall due: in each language an honest word and a person, no old fact."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.school.rights import Fact
from bot.store import contacts
from bot.words.slots import fact_context
from tests.fixtures.installation import Installation

LAST = date(2026, 12, 20)
"""The last day on which four facts that ship are told: `ally rights --on 2026-12-21`"""
LANGUAGES = ("en", "es", "ar", "zh_Hans", "ht")
TOLD_UNTIL_THEN = {"no-status-question": "status_question", "complain": "complain", "s504": "plan_504"}
"""And the topic by which families ask for each"""


def asks(house: Installation, language: str, topic: str) -> str:
    """What a parent says who means this, first of its list."""
    return house.bot.library.hearing.heard.languages[language].topics[topic][0]


def answers_to(house: Installation, words: str) -> list[str]:
    before = len(house.answers())
    house.text(words)
    return house.answers()[before:]


def fact_in(house: Installation, name: str, language: str) -> str:
    fact = next(one for one in house.bot.library.rights.every() if one.id == name)
    return house.bot.library.texts.text(language, fact_context(name, "plain"), fact.plain).body


def reads(house: Installation, language: str) -> None:
    """The mother has chosen this language, and has texted before."""
    house.text("menu")
    with house.bot.db.write() as session:
        contacts.set_language(session, house.contact().id or 0, language, "chosen")


@pytest.fixture
def backend() -> str:
    """SQLite alone: facts say nothing about the kind of database."""
    return "sqlite"


def test_these_facts_fall_due_on_one_day(house: Installation) -> None:
    rights = house.bot.library.rights
    assert all(isinstance(rights.fact(name, LAST), Fact) for name in TOLD_UNTIL_THEN)
    assert set(TOLD_UNTIL_THEN) <= {one.id for one in rights.due(LAST + timedelta(days=1))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_past_its_date_is_not_told_and_a_person_is_offered(
    house: Installation, language: str
) -> None:
    reads(house, language)
    topics, honest = TOLD_UNTIL_THEN, house.phrase("fact_withheld", language)
    house.clock.set(datetime(2026, 12, 21, 5, 30, tzinfo=UTC))  # 23:30 on the last day in Chicago
    first = next(iter(topics))
    told = "\n".join(answers_to(house, asks(house, language, topics[first])))
    assert fact_in(house, first, language) in told
    assert honest not in told

    house.clock.set(datetime(2026, 12, 21, 16, 0, tzinfo=UTC))
    for name, topic in topics.items():
        house.text("0")
        told = "\n".join(answers_to(house, asks(house, language, topic)))
        assert honest in told, name
        assert fact_in(house, name, language) not in told, name
    house.text("1")
    thread = house.thread()
    assert thread is not None
    assert thread.state == "open"
