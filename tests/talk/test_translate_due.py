"""What a family writes is put into the language of who answers, by a machine or by people who are told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.carrier.translate.libre import LibreTranslator
from bot.carrier.translate.transport import Limits
from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited, invite
from bot.store import accounts, schools, thread_texts, translation_tasks
from bot.store.thread_texts import TRANSLATED, Translation
from bot.talk import thread_desk
from bot.talk.replying import By, working
from bot.talk.tell_translators import tell_translators
from bot.talk.translate_due import translate_due
from tests.fixtures.installation import SPANISH, Installation
from tests.servers.translators import KEY, Engine, translators

WROTE = "El autobús de Lucía no llegó a las 7:45."
TELLS = "A text waits for your translation: Spanish to English. Ally's staff pages, Translations."
MEANS = "The bus of Lucía did not come at 7:45."


@pytest.fixture
def backend() -> str:
    """SQLite alone: the statements are proved in tests/store."""
    return "sqlite"


@pytest.fixture
def engine(house: Installation) -> Iterator[Engine]:
    """A machine that knows one sentence, in this house."""
    with translators() as running:
        said = {
            "El autobús de ⟦A⟧ no llegó a las ⟦B⟧.": "The bus of ⟦A⟧ did not come at ⟦B⟧.",
        }
        running.says = lambda text, _target: said.get(text, f"?? {text}")
        translator = LibreTranslator(running.url, KEY, limits=Limits(read=1.0))
        house.bot = replace(house.bot, talk=replace(house.bot.talk, translator=translator))
        yield running


def account(house: Installation, speaks: str = "en", *, role: str = "liaison") -> int:
    """Somebody who answers, of whom the roster says what they speak."""
    bot = house.bot
    with bot.db.read() as session:
        person = next(one for one in schools.every_staff(session).values() if speaks in one.languages)
        known = person.id if speaks != "en" else None
    wanted = Invited(f"Person of {speaks}", f"{speaks}@school.example", (Grant(role),), staff_id=known)
    account_id, _ = invite(Desk(bot.db, bot.vault, bot.clock), None, wanted)
    with bot.db.write() as session:
        row = accounts.locked(session, account_id)
        assert row is not None
        row.state = "active"
    return account_id


def waiting(house: Installation) -> list[tuple[str, str, str]]:
    with house.bot.db.read() as session:
        return [(one.source, one.target, one.reason) for one in translation_tasks.waiting(session)]


def meanings(house: Installation) -> list[Translation]:
    with house.bot.db.read() as session:
        ids = [one.id or 0 for one in house.received()]
        return [one for them in thread_texts.translations_of(session, ids).values() for one in them]


def family_writes(house: Installation, words: str = WROTE, *, to: int | None = None) -> None:
    """In a thread that somebody who reads English answers."""
    house.text("persona", SPANISH)
    give(house, to or account(house))
    house.text(words, SPANISH)


def give(house: Installation, account_id: int | None) -> None:
    thread = house.thread(SPANISH)
    assert thread is not None
    with working(house.bot.talk, By(None)) as at:
        assert thread_desk.assign(at, thread.id or 0, account_id)


def test_a_machine_does_it_marked_as_such_and_asks_once(house: Installation, engine: Engine) -> None:
    family_writes(house)
    for _ in range(3):
        translate_due(house.bot.talk)
    (kept,) = meanings(house)
    assert house.bot.vault.open(kept.body or b"", TRANSLATED) == MEANS
    assert (kept.locale, kept.origin, kept.is_reviewed) == ("en", "machine", False)
    assert len(engine.got) == 1
    assert "Lucía" not in str(engine.got)
    assert waiting(house) == []


def test_without_a_machine_it_waits_for_a_person(house: Installation) -> None:
    family_writes(house)
    translate_due(house.bot.talk)
    translate_due(house.bot.talk)
    assert waiting(house) == [("es", "en", "no_machine")]


@pytest.mark.parametrize(
    "words", ["gracias", "👍", "7:45", "The bus did not come today", "soy indocumentada"]
)
def test_what_needs_none_or_must_not_be_kept_waits_for_nobody(house: Installation, words: str) -> None:
    family_writes(house, words)
    translate_due(house.bot.talk)
    assert waiting(house) == []


def test_where_who_answers_speaks_the_language_nothing_is_translated(house: Installation) -> None:
    family_writes(house, to=account(house, "es"))
    translate_due(house.bot.talk)
    assert waiting(house) == []
    give(house, None)
    house.text("¿Cuándo llega?", SPANISH)
    translate_due(house.bot.talk)
    assert waiting(house) == [], "a liaison of the school speaks it"


def test_a_machine_that_is_away_is_left_alone_and_then_people_are_asked(
    house: Installation, engine: Engine
) -> None:
    engine.status = 503
    family_writes(house)
    for _ in range(3):
        translate_due(house.bot.talk)
    assert len(engine.got) == 1
    assert waiting(house) == []
    house.clock.move(minutes=6)
    translate_due(house.bot.talk)
    assert waiting(house) == [("es", "en", "away")]
    engine.status = 200
    house.text(WROTE, SPANISH)
    house.clock.move(minutes=2)
    translate_due(house.bot.talk)
    assert len(meanings(house)) == 1


def test_what_the_machine_spoils_goes_to_a_person(house: Installation, engine: Engine) -> None:
    engine.says = lambda text, _target: text.replace("⟦B⟧", "٧:٤٥")
    family_writes(house)
    translate_due(house.bot.talk)
    assert waiting(house) == [("es", "en", "checks")]
    assert meanings(house) == []


def test_translators_are_told_once_of_all_in_office_hours(house: Installation) -> None:
    family_writes(house)
    translate_due(house.bot.talk)
    assert tell_translators(house.bot.talk) == 0, "it waits a little for others"
    account(house, "es")
    house.clock.move(minutes=3)
    assert tell_translators(house.bot.talk) == 1
    assert tell_translators(house.bot.talk) == 0
    with house.bot.db.read() as session:
        assert all(one.told_at is not None for one in translation_tasks.waiting(session))
        person = next(
            one for one in schools.every_staff(session).values() if "es" in one.languages and one.text
        )
    number = house.bot.vault.open(person.text or b"", schools.STAFF_TEXT)
    told = [text for text in house.answers(number) if "your translation" in text]
    assert [text.removesuffix(" Reply STOP to end these.") for text in told] == [TELLS]
