"""From a draft to what each family reads: the whole way, and that each step happens once."""

import threading
from datetime import date
from typing import Any

import pytest

from bot.broadcast import drafts, progress, sending, translations
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Written
from bot.broadcast.fan_out import fill_due
from bot.broadcast.refused import (
    Changed,
    EmptyAudience,
    MissingText,
    NoDate,
    NotDraft,
    NotYours,
    OutOfReach,
    UnknownField,
)
from bot.store import audit, tags
from tests.broadcast.conftest import BOTH, Campus


def test_each_guardian_reads_the_own_language_and_siblings_get_one_text(campus: Campus) -> None:
    mother, father = campus.contact("es"), campus.contact("en")
    campus.family(mother, father, children=("Ana", "Luis"))
    made = campus.sent(texts=BOTH)
    assert campus.bodies(mother) == ["No hay clases el viernes."]
    assert campus.bodies(father) == ["No school on Friday."]
    with campus.db.read() as session:
        told = progress.progress(session, campus.parts, campus.teacher, made)
    assert (told.by_state, told.recipients, told.put) == ({"accepted": 2}, 2, 2)
    assert told.by_language == {"es": {"accepted": 1}, "en": {"accepted": 1}}


def test_a_contact_of_several_families_gets_one(campus: Campus) -> None:
    aunt = campus.contact()
    campus.family(aunt)
    campus.family(aunt, children=("Luis",))
    campus.sent()
    assert campus.bodies(aunt) == ["No school on Friday."]


def test_names_are_put_in_as_the_reader_lists_them(campus: Campus) -> None:
    mother = campus.contact("es")
    campus.family(mother, children=("Ana", "Luis"))
    words = {"en": Written("{child}: {school}, {sender}, {class}"), "es": Written("{child}, clase {class|x}")}
    campus.sent(texts=words)
    assert campus.bodies(mother) == ["Ana y Luis, clase 3B"]


def test_a_double_click_is_one_broadcast(campus: Campus) -> None:
    mother = campus.contact()
    campus.family(mother)
    draft = campus.draft()
    token = campus.look(draft).token
    first, again = campus.send(draft, token=token), campus.send(draft, token=token)
    assert (first.is_new, again.is_new, again.broadcast_id) == (True, False, first.broadcast_id)
    campus.out()
    assert len(campus.bodies(mother)) == 1


def test_two_clicks_at_one_moment_are_one_broadcast(campus: Campus) -> None:
    campus.family(campus.contact())
    draft = campus.draft()
    token = campus.look(draft).token
    found: list[Any] = []
    both = [threading.Thread(target=lambda: found.append(campus.send(draft, token=token))) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(one.is_new for one in found) == [False, False, False, True]


def test_what_changed_since_the_preview_is_named_and_nothing_goes_out(campus: Campus) -> None:
    campus.family(campus.contact())
    draft = campus.draft()
    token = campus.look(draft).token
    campus.family(campus.contact())
    with pytest.raises(Changed) as refused:
        campus.send(draft, token=token)
    assert refused.value.what == ("audience",)
    token = campus.look(draft).token
    with campus.db.write() as session:
        drafts.change(session, campus.parts, campus.teacher, draft, Change(texts={"en": Written("Other")}))
    with pytest.raises(Changed) as refused:
        campus.send(draft, token=token)
    assert refused.value.what == ("text",)
    assert campus.states() == []


def test_what_was_sent_is_no_draft_any_more(campus: Campus) -> None:
    campus.family(campus.contact())
    draft = campus.draft()
    campus.send(draft)
    with pytest.raises(NotDraft), campus.db.write() as session:
        drafts.change(session, campus.parts, campus.teacher, draft, Change(title="Picture day"))


def test_nobody_and_no_words_are_refused(campus: Campus) -> None:
    with pytest.raises(EmptyAudience):
        campus.send(campus.draft())
    campus.family(campus.contact("ht"))
    with pytest.raises(MissingText) as refused:
        campus.send(campus.draft())
    assert refused.value.languages == ("ht",)


def test_a_draft_of_somebody_else_is_not_there(campus: Campus) -> None:
    draft = campus.draft()
    other = campus.account("teacher", campus.school, staff="t-2")
    with pytest.raises(NotYours):
        campus.look(draft, other)
    with pytest.raises(NotYours):
        campus.send(draft, who=other, token="x")


def test_for_a_language_without_a_text_english_goes_with_a_line_in_it(campus: Campus) -> None:
    reader = campus.contact("ht")
    campus.family(reader)
    campus.sent(missing={"ht": "english"})
    (body,) = campus.bodies(reader)
    assert body.startswith("No school on Friday.\n\n")
    assert "MOUN" in body


def test_who_waits_for_a_translation_gets_it_when_it_is_there(campus: Campus) -> None:
    reader = campus.contact("ht")
    campus.family(reader, campus.contact("en"))
    made = campus.sent(missing={"ht": "wait"})
    assert campus.bodies(reader) == []
    with campus.db.read() as session:
        told = progress.progress(session, campus.parts, campus.teacher, made)
    assert (told.state, told.waiting) == ("running", {"ht": 1})
    with campus.db.write() as session:
        translations.translated(session, campus.parts, campus.teacher, made, "ht", "Pa gen lekòl vandredi.")
    campus.out()
    assert campus.bodies(reader) == ["Pa gen lekòl vandredi."]


def test_who_waits_in_vain_is_told_of_as_left_out(campus: Campus) -> None:
    reader = campus.contact("ht")
    campus.family(reader)
    made = campus.sent(missing={"ht": "wait"})
    campus.clock.move(hours=25)
    fill_due(campus.parts)
    assert campus.states(reader) == [("skipped", "no_text")]
    with campus.db.read() as session:
        assert progress.progress(session, campus.parts, campus.teacher, made).waiting == {}


def test_the_first_text_ever_carries_the_notice_and_is_marked(campus: Campus) -> None:
    new = campus.contact("es", noticed_at=None)
    campus.family(new)
    draft = campus.draft(texts=BOTH)
    (line,) = campus.look(draft).lines
    assert (line.recipients, line.new) == (1, 1)
    campus.send(draft)
    campus.out()
    (body,) = campus.bodies(new)
    assert body.startswith("No hay clases el viernes.\n\nAlly, Cedar Valley Schools")
    assert "STOP" in body
    assert body == line.first
    assert campus.person(new).noticed_at == campus.clock()


def test_a_notice_that_never_went_out_is_owed_still(campus: Campus) -> None:
    new = campus.contact("en", noticed_at=None)
    campus.family(new)
    made = campus.send(campus.draft()).broadcast_id
    fill_due(campus.parts)
    with campus.db.write() as session:
        assert sending.cancel(session, campus.parts, campus.teacher, made)
    assert campus.states(new) == [("skipped", "cancelled")]
    assert campus.person(new).noticed_at is None


def test_who_is_left_out_is_counted_and_shown_with_the_reason(campus: Campus) -> None:
    stopped = campus.contact(consent="stopped")
    less, dead = campus.contact(wants="needed"), campus.contact(dead_at=campus.clock())
    land = campus.contact(dead_at=campus.clock(), failing_code=30006)
    reads = campus.contact()
    campus.family(stopped, less, dead, land, reads)
    campus.family()
    draft = campus.draft()
    counted = campus.look(draft).counted
    expected = {"opted_out": 1, "not_wanted": 1, "dead_number": 1, "landline": 1, "no_number": 1}
    assert (counted.contacts, counted.families, counted.left_out) == (1, 2, expected)
    campus.send(draft)
    campus.out()
    assert campus.states(reads) == [("accepted", None)]
    assert campus.states(land) == [("skipped", "landline")]


def test_what_was_done_is_written_down_in_counts_alone(campus: Campus) -> None:
    campus.family(campus.contact())
    made = campus.sent()
    with campus.db.write() as session:
        lines = list(progress.export(session, campus.parts, campus.teacher, made))
    assert len(lines) == 2
    with campus.db.read() as session:
        deeds = [(one.action, one.subject) for one in audit.latest(session, 5)]
    assert deeds == [("broadcast_exported", f"broadcast:{made}"), ("broadcast_sent", f"broadcast:{made}")]


def test_an_audience_that_names_nothing_is_nobody(campus: Campus) -> None:
    campus.family(campus.contact())
    assert campus.look(campus.draft(audience=Audience())).counted.contacts == 0


def test_a_name_that_is_not_known_has_words_in_the_readers_language(campus: Campus) -> None:
    mother = campus.contact("es")
    campus.family(mother)
    texts = {"en": Written("Dear {guardian}"), "es": Written("Estimada {guardian}: {class|clase}")}
    campus.sent(texts=texts)
    assert campus.bodies(mother) == ["Estimada familia: 3B"]


def test_a_date_that_nobody_gave_is_asked_for(campus: Campus) -> None:
    mother = campus.contact()
    campus.family(mother)
    draft = campus.draft(texts={"en": Written("No school on {date}.")})
    with pytest.raises(NoDate):
        campus.send(draft)
    with campus.db.write() as session:
        day = Change(day=date(2026, 10, 16))
        drafts.change(session, campus.parts, campus.teacher, draft, day)
    campus.send(draft)
    campus.out()
    assert campus.bodies(mother) == ["No school on Friday, October 16."]


@pytest.mark.parametrize("words", ["{chlid} is away", "{child", "child}", "{}"])
def test_a_field_that_is_none_is_named_with_the_one_that_was_meant(campus: Campus, words: str) -> None:
    with pytest.raises(UnknownField) as refused:
        campus.draft(texts={"en": Written(words)})
    assert refused.value.field == "text"
    assert words != "{chlid} is away" or refused.value.near == "child"


def test_a_cell_is_no_formula_and_a_number_stays_a_number() -> None:
    given = ["=1+1", "+15125550100", "+1 ••• ••• •100", "-2", "@x", "\t=1", "Ana", "+1512=1"]
    kept = ["'=1+1", "+15125550100", "'+1 ••• ••• •100", "'-2", "'@x", "'\t=1", "Ana", "'+1512=1"]
    assert [progress.cell(one) for one in given] == kept


def test_numbers_are_masked_but_for_whoever_may_see_them(campus: Campus) -> None:
    campus.family(campus.contact())
    made = campus.sent()
    with campus.db.read() as session:
        (one,) = progress.recipients(session, campus.parts, campus.teacher, made)
        (full,) = progress.recipients(session, campus.parts, campus.teacher, made, numbers=True)
    assert "•" in one.number
    assert full.number.startswith("+1512555")
    assert full.number not in repr(full)


def test_a_teacher_reaches_the_own_classes_alone(campus: Campus) -> None:
    mine, other = campus.contact(), campus.contact()
    campus.family(mine)
    campus.family(other, class_id=campus.fourth)
    with pytest.raises(OutOfReach):
        campus.draft(audience=Audience(classes=frozenset({campus.fourth})))
    campus.sent(audience=Audience(everyone=True))
    assert (len(campus.bodies(mine)), len(campus.bodies(other))) == (1, 0)
    campus.sent(campus.principal, audience=Audience(everyone=True))
    assert (len(campus.bodies(mine)), len(campus.bodies(other))) == (2, 1)


def test_a_liaison_reaches_the_own_languages_alone(campus: Campus) -> None:
    spanish, arabic = campus.contact("es"), campus.contact("ar")
    campus.family(spanish, arabic)
    liaison = campus.account("liaison", campus.school, staff="l-1", languages=["es"])
    campus.sent(liaison, audience=Audience(everyone=True), texts=BOTH)
    assert (len(campus.bodies(spanish)), len(campus.bodies(arabic))) == (1, 0)


def test_an_auditor_reaches_nobody(campus: Campus) -> None:
    with pytest.raises(OutOfReach):
        campus.draft(campus.account("auditor", None))


def test_grades_groups_languages_and_families_choose(campus: Campus) -> None:
    one, two, three = campus.contact("es"), campus.contact("en"), campus.contact("en")
    first = campus.family(one)
    second = campus.family(two, grade="04")
    campus.family(three, grade="05")
    with campus.db.write() as session:
        tags.add(session, [first], "bus 7", campus.clock())

    def meant(**told: Any) -> int:
        audience = Audience.model_validate(told)
        with campus.db.read() as session:
            return drafts.audience_count(session, campus.parts, campus.principal, audience).contacts

    assert meant(grades=["04", "05"]) == 2
    assert meant(tags=["bus 7"]) == 1
    assert meant(languages=["en"]) == 2
    assert meant(grades=["04"], languages=["es"]) == 0
    assert meant(tags=["bus 7"], families=[second]) == 2
    assert meant(schools=[campus.school]) == 3
    assert meant(contacts=[three]) == 1
