"""A family answers a poll by number or in words, in two languages; whoever asked last is answered."""

from collections.abc import Sequence

import pytest
from sqlmodel import select

from bot.broadcast import drafts, polls, preview, sending
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change
from bot.broadcast.fan_out import fill_due
from bot.broadcast.polls import AlreadyReminded
from bot.people.access import Grant, Who
from bot.store import accounts
from bot.store import polls as kept
from bot.store.accounts import Account
from bot.store.outbox import OutboxRow
from bot.store.poll_words import Question, Questions
from tests.fixtures.installation import ENGLISH, SPANISH, Installation

EN = (
    Question("When is a good time for the family meeting?", ("In the morning", "In the evening", "Saturday")),
    Question("Do you need an interpreter?", ("Yes", "No")),
)
ES = (
    Question("¿Cuándo le conviene la junta de familias?", ("En la mañana", "En la tarde", "El sábado")),
    Question("¿Necesita intérprete?", ("Sí", "No")),
)
BOTH = Questions("en", {"en": EN, "es": ES})


def staff(house: Installation) -> Who:
    """An administrator of the district."""
    vault = house.bot.vault
    with house.bot.db.write() as session:
        made = Account(
            name=vault.seal("Rosa", accounts.NAME),
            email=vault.seal("rosa@school.example", accounts.EMAIL),
            email_hash="rosa",
            language="en",
            state="active",
            created_at=house.clock(),
        )
        accounts.add(session, made)
        return Who(made.id or 0, "Rosa", "en", (Grant("administrator", None),))


def send(house: Installation, who: Who, draft_id: int) -> None:
    """The draft goes out, and arrives."""
    parts = house.bot.broadcasting
    with house.bot.db.write() as session:
        token = preview.preview(session, parts, who, draft_id).token
        sending.send(session, parts, who, draft_id, token)
    while fill_due(parts):
        pass
    with house.bot.db.write() as session:
        for row in session.exec(select(OutboxRow).where(OutboxRow.broadcast_id == draft_id)):
            row.state, row.submitted_at = "delivered", house.clock()
            session.add(row)


def ask(house: Installation, who: Who, numbers: Sequence[str] = (ENGLISH, SPANISH)) -> int:
    """A poll that these numbers got."""
    ids = frozenset(house.contact(number).id or 0 for number in numbers)
    with house.bot.db.write() as session:
        parts = house.bot.broadcasting
        change = Change(audience=Audience(contacts=ids))
        draft_id = drafts.create(session, parts, who, change)
        polls.ask(session, parts, who, draft_id, BOTH)
    house.clock.move(minutes=1)
    send(house, who, draft_id)
    house.clock.move(minutes=1)
    return draft_id


def answers(house: Installation, poll: int, number: str) -> dict[int, int]:
    """What is kept of this number's answers."""
    with house.bot.db.read() as session:
        return kept.answers_of(session, poll, house.contact(number).id or 0)


@pytest.fixture
def begun(house: Installation) -> Installation:
    """Both numbers wrote before and chose their language."""
    house.text("thank you")
    house.text("muchas gracias por todo", SPANISH)
    return house


def test_a_talk_in_two_languages(begun: Installation) -> None:
    house, who = begun, staff(begun)
    poll = ask(house, who)
    asked = house.answers()[-1]
    assert asked.startswith("When is a good time for the family meeting?\n1 In the morning\n2 In the evening")
    assert "Please answer with a number." in asked
    assert "1 En la mañana" in house.answers(SPANISH)[-1]

    house.text("2")
    assert "Do you need an interpreter?\n1 Yes\n2 No" in house.answers()[-1]
    house.text("no")
    assert house.answers()[-1].startswith(house.phrase("poll_thanks"))

    house.text("el sabado", SPANISH)
    assert "¿Necesita intérprete?\n1 Sí" in house.answers(SPANISH)[-1]
    house.text("1", SPANISH)
    assert house.answers(SPANISH)[-1].startswith(house.phrase("poll_thanks", "es"))
    assert answers(house, poll, ENGLISH) == {0: 1, 1: 1}
    assert answers(house, poll, SPANISH) == {0: 2, 1: 0}
    assert [row.heard_as for row in house.received()][-4:] == ["poll"] * 4


def test_an_open_question_of_a_flow_goes_first_when_it_was_asked_later(begun: Installation) -> None:
    poll = ask(begun, staff(begun))
    begun.text("menu")
    begun.text("1")
    assert answers(begun, poll, ENGLISH) == {}


def test_the_poll_goes_first_when_it_came_later(begun: Installation) -> None:
    begun.text("menu")
    poll = ask(begun, staff(begun))
    begun.text("1")
    begun.text("2")
    assert answers(begun, poll, ENGLISH) == {0: 0, 1: 1}


@pytest.mark.parametrize("said", ["7", "when is there no school?", "menu", "person", "STOP"])
def test_what_fits_no_choice_goes_its_usual_way(begun: Installation, said: str) -> None:
    poll = ask(begun, staff(begun))
    begun.text(said)
    assert answers(begun, poll, ENGLISH) == {}
    assert begun.received()[-1].heard_as != "poll"


def test_after_the_poll_is_over_a_number_is_a_number(begun: Installation) -> None:
    poll = ask(begun, staff(begun))
    begun.clock.move(days=15)
    begun.text("2")
    assert answers(begun, poll, ENGLISH) == {}


def test_who_answered_nothing_is_reminded_once_and_answers_the_same_poll(begun: Installation) -> None:
    house, who = begun, staff(begun)
    poll = ask(house, who)
    house.text("2")
    with house.bot.db.write() as session:
        draft_id = polls.remind(session, house.bot.broadcasting, who, poll)
    house.clock.move(minutes=1)
    send(house, who, draft_id)
    assert house.phrase("poll_reminder", "es") in house.answers(SPANISH)[-1]
    assert house.phrase("poll_reminder") not in house.answers()[-1]
    house.clock.move(minutes=1)
    house.text("3", SPANISH)
    assert answers(house, poll, SPANISH) == {0: 2}
    for again in (poll, draft_id):
        with house.bot.db.write() as session, pytest.raises(AlreadyReminded):
            polls.remind(session, house.bot.broadcasting, who, again)


def test_two_families_are_too_few_to_show(begun: Installation) -> None:
    house, who = begun, staff(begun)
    poll = ask(house, who)
    house.text("2")
    house.text("3", SPANISH)
    with house.bot.db.read() as session:
        found = polls.results(session, house.bot.broadcasting, who, poll)
    assert found[0].question["es"] == ES[0]
    assert found[0].by_language[""] == [0, None, None, None]
    assert all(count in (0, None) for row in found[0].by_school.values() for count in row)
