"""What staff read fits one text, names no secret, and says what is urgent first."""

from datetime import date

import pytest

from bot.talk.notice_words import Away, Waiting, absence_words, grade_words, thread_words, topic_words
from bot.words.segments import count

DAY = date(2026, 9, 30)


def away(**changes: object) -> Away:
    usual: dict[str, object] = {
        "child": "Maximiliano",
        "grade": "KG",
        "school": "Cesar Chavez Dual Language Elementary School of the Arts",
        "teachers": ("Guadalupe Hernández de la Fuente y Montoya Castellanos",),
        "day": DAY,
        "reason": "appointment",
        "is_changed": True,
    }
    return Away(**{**usual, **changes})  # type: ignore[arg-type]


def waiting(**changes: object) -> Waiting:
    usual: dict[str, object] = {
        "thread_id": 123456,
        "school": "Cesar Chavez Dual Language Elementary School of the Arts",
        "language": "zh_Hans",
        "topic": "how_school_works",
        "is_urgent": False,
        "is_again": True,
    }
    return Waiting(**{**usual, **changes})  # type: ignore[arg-type]


def test_an_ordinary_notice_is_one_segment() -> None:
    usual = away(school="Maple Grove Elementary", teachers=("Jorge Luna",), child="José")
    assert count(absence_words(usual).text).segments == 1
    assert count(thread_words(waiting()).text).segments == 1
    assert count(thread_words(waiting(topic="danger", is_urgent=True)).text).segments == 1


def test_long_names_are_cut_and_two_segments_are_the_most() -> None:
    assert count(absence_words(away()).text).segments <= 2


def test_an_accent_costs_no_second_message_and_stays_in_the_e_mail() -> None:
    words = absence_words(away(school="Maple Grove Elementary", teachers=("Ana Hernández",), child="Raúl"))
    assert "Raul, kindergarten, class of Ana Hernandez" in words.text
    assert count(words.text).segments == 1
    assert "Raúl, kindergarten, class of Ana Hernández" in words.body


def test_a_name_in_another_script_is_left_as_it_is() -> None:
    assert "小明" in absence_words(away(child="小明")).text


def test_the_subject_of_an_absence_names_no_child_and_no_reason() -> None:
    subject = absence_words(away()).subject
    assert "Maximiliano" not in subject
    assert "appointment" not in subject


def test_two_teachers_are_left_out_because_neither_tells_the_child() -> None:
    assert "class of" not in absence_words(away(teachers=("Jorge Luna", "Olivia Bennett"))).text


@pytest.mark.parametrize("is_again", [False, True])
def test_danger_is_the_first_word_of_text_and_subject(*, is_again: bool) -> None:
    words = thread_words(waiting(topic="danger", is_urgent=True, is_again=is_again))
    assert words.text.startswith("URGENT, danger")
    assert words.subject.startswith("URGENT, danger")


@pytest.mark.parametrize("topic", ["private", "own_status", "enforcement"])
def test_a_private_topic_is_not_named(topic: str) -> None:
    assert topic_words(topic) == "something private"


@pytest.mark.parametrize("topic", ["", "I need help with my papers", "Mi hijo", "x" * 60, "a\nb", "{topic}"])
def test_what_is_no_name_of_a_topic_is_never_shown(topic: str) -> None:
    assert topic_words(topic) == "a question"


@pytest.mark.parametrize(
    ("grade", "said"), [("KG", "kindergarten"), ("PK", "pre-K"), ("03", "grade 3"), ("12", "grade 12")]
)
def test_grades_are_said_as_people_say_them(grade: str, said: str) -> None:
    assert grade_words(grade) == said


def test_a_language_that_nobody_knows_yet_is_said_so() -> None:
    assert "Language: not known" in thread_words(waiting(language=None)).text
