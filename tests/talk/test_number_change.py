"""Another number: who tells the code takes over, consent stays behind, nobody who fled is told on."""

import re

import pytest

from bot.people.number_moves import Moving, both_locked
from bot.people.roster_store import store_roster
from bot.school.district import DEMO, read_district
from bot.store import consents, contacts, families, family_changes, number_changes, threads
from bot.store.family_changes import FamilyChange
from bot.talk import number_change
from bot.talk.number_change import Asked, code_in
from tests.fixtures.installation import ENGLISH, SPANISH, Installation

NEW = "+15125550178"


def ask(house: Installation, *, number: str = NEW, tells_old: bool = True, of: str = SPANISH) -> int | str:
    """Staff write down that the mother has another number."""
    old = house.contact(of).id or 0
    with house.bot.db.write() as session:
        family_id = (families.families_of(session, old) or [1])[0]
        asked = Asked(family_id, old, number, "in_person", tells_old, None)
        return number_change.ask(house.bot.talk, session, asked, house.clock())


def code_of(house: Installation, number: str = NEW) -> str:
    """The code that went to a number last."""
    return str(re.findall(r"\b\d{6}\b", "\n".join(house.answers(number)))[-1])


def tell(house: Installation, change: int | str, said: str) -> str:
    """Staff type what the family says."""
    with house.bot.db.write() as session:
        return number_change.tell(house.bot.talk, session, int(change), said, house.clock())


def links(house: Installation, number: str) -> list[int]:
    """The families of a number."""
    with house.bot.db.read() as session:
        return families.families_of(session, house.contact(number).id or 0)


def test_the_code_moves_links_language_and_choices_and_leaves_consent(house: Installation) -> None:
    house.text("Hola", SPANISH)
    with house.bot.db.write() as session:
        mother = contacts.by_number_hash_locked(session, house.bot.vault.fingerprint(SPANISH))
        assert mother is not None
        mother.wants = "needed"
    before, old = links(house, SPANISH), house.contact(SPANISH)
    change = ask(house)
    (text,) = house.answers(NEW)
    assert "su código es" in text
    assert "STOP" in text
    assert "Elena" not in text
    assert links(house, NEW) == []
    assert tell(house, change, "000000") in ("wrong", "moved")
    assert tell(house, change, f" {code_of(house)[:3]}-{code_of(house)[3:]} ") == "moved"
    new = house.contact(NEW)
    assert (links(house, NEW), links(house, SPANISH)) == (before, [])
    assert (new.language, new.wants, new.consent) == ("es", "needed", "none")
    assert (old.consent, house.contact(SPANISH).consent) == ("given", "given")
    with house.bot.db.read() as session:
        kinds = [one.kind for one in consents.of_contact(session, new.id or 0)]
    assert kinds == ["noticed", "number_given"]
    assert tell(house, change, code_of(house)) == "over"


def test_the_code_can_be_texted_back_in_digits_of_any_script(house: Installation) -> None:
    ask(house)
    house.text("My son is ill", NEW)
    assert links(house, NEW) == []
    said = code_of(house).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    house.text(said, NEW)
    assert "llegan a este teléfono" in house.answers(NEW)[-1]
    assert links(house, NEW)
    assert house.received()[-1].heard_as == "number_code"
    house.text("123456", NEW)
    assert house.received()[-1].heard_as != "number_code"


def test_a_word_goes_to_the_old_number_only_where_that_is_safe(house: Installation) -> None:
    house.text("Hola", SPANISH)
    before = len(house.answers(SPANISH))
    ask(house, tells_old=False)
    assert len(house.answers(SPANISH)) == before
    ask(house, tells_old=True)
    told = house.answers(SPANISH)[-1]
    assert "PERSONA" in told
    assert NEW[-4:] not in told
    house.text("PERSONA", SPANISH)
    assert house.thread(SPANISH) is not None


def test_five_wrong_codes_a_day_or_a_newer_one_end_a_code(house: Installation) -> None:
    change = ask(house)
    wrong = "111111" if code_of(house) != "111111" else "222222"
    assert [tell(house, change, wrong) for _ in range(5)] == ["wrong"] * 4 + ["over"]
    assert tell(house, change, code_of(house)) == "over"
    second = ask(house)
    first_code = code_of(house)
    third = ask(house)
    assert tell(house, second, first_code) == "over"
    assert ask(house) == "too_often"
    house.clock.move(hours=25)
    assert tell(house, third, code_of(house)) == "over"
    assert links(house, NEW) == []


def test_what_a_person_answers_goes_on_with_the_new_number_and_the_old_one_hears_nothing(
    house: Installation,
) -> None:
    house.text("persona", SPANISH)
    thread = house.thread(SPANISH)
    assert thread is not None
    assert tell(house, ask(house), code_of(house)) == "moved"
    assert house.thread(SPANISH) is None
    moved = house.thread(NEW)
    assert moved is not None
    assert moved.id == thread.id
    old = house.contact(SPANISH)
    assert (old.name, old.conversation, old.wake_at) == (None, None, None)
    with house.bot.db.read() as session:
        assert threads.open_of(session, old.id or 0) is None


@pytest.mark.parametrize("words", ["STOP", "DELETE"])
def test_who_wants_no_texts_gets_none_on_a_new_phone_either(house: Installation, words: str) -> None:
    for word in (words, "2")[: 2 if words == "DELETE" else 1]:
        house.text(word, SPANISH)
    assert ask(house) in ("old_stopped", "erased")
    house.text("STOP", NEW)
    assert ask(house, of=ENGLISH) == "stopped"
    assert ask(house, of=ENGLISH, number=ENGLISH) == "same"
    assert house.answers(NEW)[1:] == []


def test_a_change_is_taken_back_as_it_was(house: Installation) -> None:
    house.text("persona", SPANISH)
    before, families_before = house.contact(SPANISH), links(house, SPANISH)
    change = ask(house)
    assert tell(house, change, code_of(house)) == "moved"
    with house.bot.db.write() as session:
        row = number_changes.locked(session, int(change))
        assert row is not None
        made = family_changes.of_family(session, row.family_id, house.clock())[0]
        assert isinstance(made, FamilyChange)
        old, new = both_locked(session, row.contact_id, row.new_contact_id)
        assert old is not None
        assert new is not None
        moving = Moving(session, house.bot.vault, house.clock())
        assert moving.undo(made, old, new)
    with house.bot.db.write() as session:
        made_again = family_changes.locked(session, made.id or 0)
        old, new = both_locked(session, row.contact_id, row.new_contact_id)
        assert made_again is not None
        assert old is not None
        assert new is not None
        assert not Moving(session, house.bot.vault, house.clock()).undo(made_again, old, new)
    after = house.contact(SPANISH)
    assert (links(house, SPANISH), links(house, NEW)) == (families_before, [])
    assert (after.language, after.consent, after.wants) == (before.language, before.consent, before.wants)
    assert house.bot.vault.open(after.name or b"", contacts.NAME) == "Elena"
    assert house.contact(NEW).name is None
    assert house.thread(SPANISH) is not None


def test_a_code_is_six_digits_and_nothing_else() -> None:
    assert code_in("123 456") == "123456"
    assert code_in("١٢٣٤٥٦") == "123456"
    assert [code_in(one) for one in ("12345", "1234567", "code 123456", "", "12345²")] == [None] * 5


def test_a_roster_that_still_lists_the_old_number_brings_it_back_to_nobody(house: Installation) -> None:
    before = links(house, SPANISH)
    change = ask(house)
    assert tell(house, change, code_of(house)) == "moved"
    with house.bot.db.write() as session:
        report = store_roster(session, house.bot.vault, read_district(DEMO).roster, house.clock())
    assert report.changes_nothing
    assert (links(house, SPANISH), links(house, NEW)) == ([], before)
    assert house.contact(SPANISH).name is None
