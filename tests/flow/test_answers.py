"""Open answers: each type reads what people write, asks again what could be two things, and never echoes."""

from datetime import date

import pytest

from bot.flow.answers import read
from bot.flow.state import Value
from bot.flow.turn import LookUp
from tests.flow.kit import Talker, book, flow

TODAY = date(2026, 11, 24)
WORDS = {
    ("en", "yes"): ["yes", "yep"],
    ("en", "no"): ["no"],
    ("es", "yes"): ["si"],
    ("en", "today"): ["today"],
    ("es", "tomorrow"): ["manana"],
}


def words(locale: str, name: str) -> frozenset[str]:
    return frozenset(WORDS.get((locale, name), ()))


def reads(kind: str, text: str, locale: str = "en") -> Value | None:
    return read(kind, text, TODAY, locale, words)


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("today", "en", "2026-11-24"),
        ("Mañana", "es", "2026-11-25"),
        ("2026-11-26", "es", "2026-11-26"),
        ("11/26", "en", "2026-11-26"),
        ("3/4", "en", "2027-03-04"),
        ("11/26/26", "en", "2026-11-26"),
        ("11/26/2027", "es", "2027-11-26"),
        ("26/11", "es", "2026-11-26"),
        ("26.11.2026", "ru", "2026-11-26"),
        ("4/4", "es", "2027-04-04"),
        ("٢٦/١١", "ar", "2026-11-26"),
        ("November 26", "en", "2026-11-26"),
        ("nov 26th", "en", "2026-11-26"),
        ("Thursday, Nov. 26, 2026", "en", "2026-11-26"),
        ("the 2nd of January", "en", "2027-01-02"),
        ("26 de noviembre", "es", "2026-11-26"),
        ("el 1º de diciembre", "es", "2026-12-01"),
        ("26 novembre", "fr", "2026-11-26"),
        ("1er décembre", "fr", "2026-12-01"),
        ("26 novanm", "ht", "2026-11-26"),
        ("1ye desanm", "ht", "2026-12-01"),
        ("26 ноября", "ru", "2026-11-26"),
        ("26 نوفمبر", "ar", "2026-11-26"),
        ("11月26日", "zh_Hans", "2026-11-26"),
        ("2026年11月26日", "zh_Hans", "2026-11-26"),
        ("11월 26일", "ko", "2026-11-26"),
        ("26 tháng 11", "vi", "2026-11-26"),
        ("ngày 26 tháng 11 năm 2026", "vi", "2026-11-26"),
        ("January 5", "en", "2027-01-05"),
        ("29 february 2028", "en", "2028-02-29"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, locale: str, day: str) -> None:
    assert reads("date", text, locale) == {"date": day}


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("3/4", "es"),
        ("3/4", "ar"),
        ("13/13", "en"),
        ("2/30", "en"),
        ("November", "en"),
        ("November or December 5", "en"),
        ("29 february 2027", "en"),
        ("may I talk to one of you 2 about my son", "en"),
        ("soon", "en"),
        ("11/26/305", "en"),
        ("", "en"),
        ("9" * 5000, "en"),
    ],
)
def test_a_date_that_is_none_or_could_be_two_is_asked_again(text: str, locale: str) -> None:
    assert reads("date", text, locale) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("two", 2), ("٣", 3), ("I have 4 kids", 4), ("3 or 4", None), ("0", 0), ("99999999", None)],
)
def test_a_number_is_one_number_in_digits_of_any_script_or_in_words(text: str, number: int | None) -> None:
    assert reads("number", text) == number


@pytest.mark.parametrize(
    ("text", "locale", "answer"),
    [
        ("Yes", "en", "yes"),
        ("sí", "es", "yes"),
        ("YEP!", "es", "yes"),
        ("no", "ar", "no"),
        ("maybe", "en", None),
        ("no way yes", "en", None),
    ],
)
def test_yes_and_no_are_heard_in_the_persons_language_and_in_english(
    text: str, locale: str, answer: str | None
) -> None:
    assert reads("yes_no", text, locale) == answer


def test_a_phone_number_is_kept_in_its_international_form() -> None:
    assert reads("phone", "(512) 555-0123") == {"phone": "+15125550123"}
    assert reads("phone", "call me") is None
    assert reads("phone", "12") is None


def test_a_type_that_is_not_known_reads_nothing() -> None:
    assert reads("colour", "red") is None


OPEN = """
ask_it: {{ask: "Tell me.", answer: {{save: it, type: {kind}}}, go: told}}
told: {{say: "{said}", end: yes}}
"""


def opened(kind: str, said: str) -> Talker:
    talker = Talker(book(flow(OPEN.format(kind=kind, said=said)), words=WORDS))
    talker.starts()
    return talker


def test_what_a_parent_wrote_is_kept_but_never_echoed() -> None:
    talker = opened("text", "You said {it}.")
    said = talker.texts("Click www.example.org")
    assert "example" not in said
    assert talker.counts == ["broken/not_known/it/talk/told"]
    assert talker.people


def test_not_even_a_part_of_what_a_parent_wrote_is_echoed() -> None:
    assert "secret" not in opened("text", "You said {it.raw}.").texts("secret")


def test_a_long_answer_is_cut_and_an_empty_one_is_none() -> None:
    talker = opened("text", "Thank you.")
    assert talker.texts("  ") == "Please try again."
    assert talker.texts("a" * 2000) == "Thank you."
    assert reads("text", "a" * 2000) == {"raw": "a" * 500}


def test_half_a_surrogate_pair_does_not_break_what_is_stored() -> None:
    talker = opened("text", "Thank you.")
    assert talker.texts("odd \ud83d text") == "Thank you."
    assert reads("text", "odd \ud83d text") == {"raw": "odd  text"}


def test_typed_answers_may_be_told_back_in_the_persons_own_way() -> None:
    assert opened("date", "On {it}.").texts("11/26") == "On Thursday, November 26."
    assert opened("number", "So {it}.").texts("٤") == "So 4."
    assert opened("phone", "Call {it}.").texts("512 555 0123") == "Call 512-555-0123."


SCHOOL = """
which: {ask: "Which school?", answer: {save: school, type: directory.schools, allow_typos: yes},
        unclear: {tries: 1, say: "Not found.", go: lost}, go: told}
told: {say: "{school} it is.", end: yes}
lost: {say: "Lost.", end: yes}
"""
MAPLE: Value = {"value": "s1", "name": "Maple Grove"}
OAK: Value = {"value": "s2", "name": "Oak Hill"}


def at_school(*results: Value) -> Talker:
    talker = Talker(book(flow(SCHOOL)), {"directory.schools": results})
    talker.starts()
    return talker


def test_the_directory_says_whether_an_answer_is_one() -> None:
    talker = at_school(MAPLE)
    assert talker.texts("maple") == "Maple Grove it is."
    assert talker.asked == [LookUp("directory.schools", {"text": "maple", "typos": "yes"}, 5)]


def test_several_results_are_asked_back_by_name() -> None:
    talker = at_school(MAPLE, OAK)
    assert talker.texts("school") == "Which one? [Maple Grove, Oak Hill]"
    assert talker.texts("2") == "Oak Hill it is."


def test_a_new_word_instead_of_one_of_several_is_looked_up_anew() -> None:
    talker = at_school(MAPLE, OAK)
    talker.texts("school")
    talker.answers = {"directory.schools": (OAK,)}
    assert talker.texts("the one on the hill") == "Oak Hill it is."


def test_a_button_can_pick_one_of_several() -> None:
    talker = at_school(MAPLE, OAK)
    talker.texts("school")
    assert talker.texts("Oak Hill", payload="talk/which/1") == "Oak Hill it is."


def test_no_result_is_unclear_and_the_tries_are_counted_across_look_ups() -> None:
    talker = at_school()
    assert talker.texts("mapel") == "Not found."
    assert talker.counts == ["unclear/talk/which"]
    assert talker.texts("mapel") == "Lost."


@pytest.mark.parametrize("odd", [{}, {"name": ""}, {"name": 7}, 7, [], [[]], {"name": {"name": "x"}}, ""])
def test_results_without_a_name_are_no_results(odd: Value) -> None:
    assert at_school(odd).texts("maple") == "Not found."


def test_a_topic_goes_before_the_directory() -> None:
    dates = flow('dates: {say: "Dates.", end: yes}', "dates", "starts_with: {topics: [dates]}")
    talker = Talker(book(flow(SCHOOL), dates), {"directory.schools": (MAPLE,)})
    talker.starts()
    assert (
        talker.texts("When is there no school?", topic="dates") == "Dates. Back to my question: Which school?"
    )


def test_old_results_are_forgotten_with_their_question() -> None:
    talker = at_school(MAPLE, OAK)
    talker.texts("school")
    assert talker.texts("hello", small_talk="hello") == "Which school?"
    assert "_which" not in talker.state.values


PICK = """
find: {look_up: {in: directory.teachers, save: teachers}, found: which, not_found: none}
which: {ask: "Who?", answer: {save: teacher, type: one_of, of: teachers}, go: told}
told: {say: "{teacher.name} it is.", end: yes}
none: {say: "Nobody.", end: yes}
"""


def test_a_question_offers_what_a_look_up_has_found() -> None:
    results: tuple[Value, ...] = ({"name": "Ms. Ana Ruiz"}, {"name": "Mr. Li Wei"}, {"odd": "one"})
    talker = Talker(book(flow(PICK)), {"directory.teachers": results})
    assert talker.starts() == "Who? [Ms. Ana Ruiz, Mr. Li Wei]"
    assert talker.texts("somebody else").startswith("Please answer with a number: [Ms. Ana Ruiz")
    assert talker.texts("ruiz") == "Ms. Ana Ruiz it is."
    talker.starts()
    assert talker.texts("Li", payload="talk/which/1") == "Mr. Li Wei it is."
