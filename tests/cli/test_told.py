"""`ally threads`, `ally absences` and `ally notices` say who was told, and plainly where nobody was."""

from collections.abc import Callable
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner

from bot.cli.absences import absences
from bot.cli.notices import notices
from bot.cli.threads import threads
from bot.store import schools
from tests.fixtures.installation import SPANISH, STRANGER, Installation

Run = Callable[..., str]


@pytest.fixture
def run(house: Installation, keys: tuple[str, str]) -> Run:
    """Runs a command's `list` on the house."""

    def run(command: click.Command) -> str:
        environment = {
            "DATABASE_URL": house.bot.settings.database_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "REDIS_URL": "",
            "COLUMNS": "200",
        }
        done = CliRunner(env=environment).invoke(command, ["list"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def forget_addresses(house: Installation) -> None:
    with house.bot.db.write() as session:
        for school in schools.every_school(session):
            school.attendance_text = school.on_call_text = None
            session.add(school)
        for person in schools.every_staff(session).values():
            person.text = None
            session.add(person)


def test_a_thread_names_the_person_who_is_told(house: Installation, run: Run) -> None:
    house.text("talk to a person", SPANISH)
    listed = run(threads)
    assert "Carmen Ortiz: text on its way" in listed
    assert "nobody was told" not in listed


def test_danger_is_listed_first_however_long_others_have_waited(house: Installation, run: Run) -> None:
    house.text("talk to a person", SPANISH)
    house.clock.move(seconds=timedelta(hours=3).total_seconds())
    house.text("my child is in danger, he has a knife")
    lines = [line for line in run(threads).splitlines() if "liaison" in line]
    assert "danger" in lines[0]
    assert "on call: text on its way" in lines[0]


def test_where_nobody_can_be_told_the_list_says_so_and_why(house: Installation, run: Run) -> None:
    forget_addresses(house)
    house.text("talk to a person", SPANISH)
    for words in ("my son is sick today", "1", "1", "1"):
        house.text(words)
    said = run(threads)
    assert "nobody was told: no number or e-mail for liaison at Maple Grove Elementary" in said
    said = run(absences)
    assert "nobody was told: no number or e-mail for the attendance office at Maple Grove" in said


def test_an_absence_says_how_its_office_is_told(house: Installation, run: Run) -> None:
    for words in ("my son is sick today", "1", "1", "1"):
        house.text(words)
    assert "attendance: text on its way" in run(absences)


def test_notices_that_are_not_told_are_listed_without_words_numbers_or_addresses(
    house: Installation, run: Run
) -> None:
    assert "All that was to be told was told." in run(notices)
    for words in ("my son is sick today", "1", "1", "1"):
        house.text(words)
    house.text("talk to a person", STRANGER)
    listed = run(notices)
    assert "absence 1" in listed
    assert "thread 1" in listed
    for secret in ("Noah", "sick", "555"):
        assert secret not in listed
