"""Several questions in one text: each is answered, in its turn, and none is dropped."""

import pytest

from bot.flow.turn import Acted
from tests.flow.kit import Talker, book, flow

DATES = flow(
    """
    tell: {say: "No school on Monday.", go: more}
    more: {ask: "Other dates?", choices: {yes: "Yes", no: "No"}, go: over}
    over: {say: "Dates done.", end: yes}
    """,
    "dates",
    "starts_with: {topics: [dates]}",
)
RIGHTS = flow(
    """
    tell: {say: "You may have an interpreter.", go: more}
    more: {ask: "A person?", choices: {yes: "Yes", no: "No"}, go: over}
    over: {say: "Rights done.", end: yes}
    """,
    "rights",
    "starts_with: {topics: [rights]}",
)
SHORT = flow('tell: {say: "Lunch is free.", end: yes}', "lunch", "starts_with: {topics: [lunch]}")
SCHOOL = flow(
    """
    which: {ask: "Which school?", answer: {save: school, type: text}, go: tell}
    tell: {say: "It opens at eight.", go: more}
    more: {ask: "More hours?", choices: {yes: "Yes", no: "No"}, go: over}
    over: {say: "Hours done.", end: yes}
    """,
    "hours",
    "starts_with: {topics: [hours]}",
)
FORM = flow(
    """
    begin: {say: "I can report that.", go: why}
    why: {ask: "Why?", choices: {sick: "Sick", other: "Other"}, save: reason, go: report}
    report: {do: report, done: {say: "Reported."}, failed: {say: "Not reported."}}
    """,
    "form",
    "starts_with: {topics: [absence]}",
)
PERSON = flow(
    "hand: {run: talk_to_person, done: over}\nover: {end: yes}", "lawyer", "starts_with: {topics: [legal]}"
)


@pytest.fixture
def talker() -> Talker:
    """Somebody whom every one of these flows can answer."""
    return Talker(book(DATES, RIGHTS, SHORT, SCHOOL, FORM, PERSON), {"report": Acted(done=True)})


def test_two_answers_stand_in_one_text_and_only_the_last_asks_on(talker: Talker) -> None:
    said = talker.texts("both", topic="dates", also=("rights",))
    assert said == "No school on Monday. You may have an interpreter. A person? [Yes, No]"
    assert talker.texts("2") == "Rights done."
    assert talker.step == ""


def test_three_questions_are_three_answers(talker: Talker) -> None:
    said = talker.texts("all", topic="lunch", also=("dates", "rights"))
    assert said == "Lunch is free. No school on Monday. You may have an interpreter. A person? [Yes, No]"
    assert talker.counts == ["topic/dates", "topic/rights", "topic/lunch"]


def test_an_open_question_is_asked_first_and_the_other_topic_waits_for_its_answer(talker: Talker) -> None:
    assert talker.texts("both", topic="hours", also=("rights",)) == "Which school?"
    said = talker.texts("Maple")
    assert said == "It opens at eight. You may have an interpreter. A person? [Yes, No]"


def test_a_form_is_not_broken_off_for_another_topic(talker: Talker) -> None:
    assert talker.texts("both", topic="absence", also=("rights",)) == "I can report that. Why? [Sick, Other]"
    assert talker.texts("1") == "Reported. You may have an interpreter. A person? [Yes, No]"


def test_what_is_handed_to_a_person_is_handed_over_whole(talker: Talker) -> None:
    assert talker.texts("both", topic="legal", also=("rights",)) == "A person will text you."
    assert talker.state.later == ()
    assert talker.person_closes() == "I am back."
    assert talker.step == ""


def test_the_first_is_answered_before_the_second_goes_to_a_person(talker: Talker) -> None:
    assert (
        talker.texts("both", topic="dates", also=("legal",)) == "No school on Monday. A person will text you."
    )


def test_a_topic_that_no_flow_answers_is_passed_over(talker: Talker) -> None:
    said = talker.texts("both", topic="dates", also=("nobody_knows",))
    assert said == "No school on Monday. Other dates? [Yes, No]"
    assert talker.state.later == ()


def test_the_answer_to_a_question_that_waits_takes_no_other_topic_along(talker: Talker) -> None:
    talker.texts("dates", topic="dates")
    talker.texts("2", topic="lunch", also=("rights",))
    assert talker.state.later == ()


def test_an_interrupted_form_is_asked_again_when_all_topics_are_answered() -> None:
    form = flow(
        """
        which: {ask: "Which number?", answer: {save: phone, type: phone}, go: tell}
        tell: {say: "Thank you.", end: yes}
        """,
        "number",
        "starts_with: {topics: [number]}",
    )
    person = Talker(book(form, SHORT, RIGHTS))
    assert person.texts("n", topic="number") == "Which number?"
    said = person.texts("both", topic="lunch", also=("rights",))
    assert said == "Lunch is free. You may have an interpreter. A person? [Yes, No]"
    assert person.texts("2") == "Rights done. Back to my question: Which number?"


def test_no_more_than_three_further_topics_are_kept(talker: Talker) -> None:
    talker.texts("many", topic="hours", also=("dates", "rights", "lunch", "absence", "legal"))
    assert len(talker.state.later) == 3


@pytest.mark.parametrize("command", ["menu", "person"])
def test_whoever_leaves_by_a_command_hears_no_more_of_the_other_question(
    talker: Talker, command: str
) -> None:
    talker.texts("both", topic="hours", also=("rights",))
    talker.texts(command, command=command)
    assert talker.texts("1") in {"Menu done.", ""}
    assert talker.step in {"", "talk_to_person/hand"}
    assert talker.texts("lunch?", topic="lunch") in {"Lunch is free.", ""}


def test_after_the_language_is_changed_both_questions_are_still_there(talker: Talker) -> None:
    talker.texts("both", topic="hours", also=("rights",))
    talker.texts("idioma", command="language")
    assert talker.texts("2") == "Language set. Back to my question: Which school?"
    assert talker.texts("Maple") == "It opens at eight. You may have an interpreter. A person? [Yes, No]"


def test_two_questions_wait_whole_while_another_text_is_answered(talker: Talker) -> None:
    talker.texts("both", topic="absence", also=("rights",))
    assert talker.texts("lunch?", topic="lunch") == "Lunch is free. Back to my question: Why? [Sick, Other]"
    assert talker.texts("1") == "Reported. You may have an interpreter. A person? [Yes, No]"
    assert talker.texts("2") == "Rights done."
    assert talker.step == ""


def test_a_choice_before_which_another_question_waits_is_asked_again() -> None:
    where = flow(
        """
        which: {ask: "Which school?", choices: {a: Maple, b: Oak}, go: tell}
        tell: {say: "It opens at eight.", end: yes}
        """,
        "where",
        "starts_with: {topics: [where]}",
    )
    talker = Talker(book(where, SHORT, RIGHTS))
    assert talker.texts("both", topic="where", also=("rights",)) == "Which school? [Maple, Oak]"
    said = talker.texts("and lunch?", topic="lunch")
    assert said == "Lunch is free. Back to my question: Which school? [Maple, Oak]"
    assert talker.texts("oak") == "It opens at eight. You may have an interpreter. A person? [Yes, No]"


def test_danger_ends_all_that_was_asked_before(talker: Talker) -> None:
    talker.texts("both", topic="hours", also=("rights",))
    talker.starts("talk_to_person")
    assert talker.person_closes() == "I am back."
    assert talker.step == ""


def test_when_both_questions_expire_the_second_comes_back_with_the_first_only(talker: Talker) -> None:
    talker.texts("both", topic="hours", also=("rights",))
    talker.waits(days=4)
    assert talker.texts("hm") == "Shall we go on? [Yes, go on, Menu]"
    assert talker.texts("1") == "Back to my question: Which school?"
    assert talker.texts("Maple") == "It opens at eight. You may have an interpreter. A person? [Yes, No]"


def test_whoever_does_not_go_on_after_an_expiry_hears_no_more_of_either(talker: Talker) -> None:
    talker.texts("both", topic="hours", also=("rights",))
    talker.waits(days=4)
    talker.texts("hm")
    assert talker.texts("2") == "What do you need? [Dates, Help]"
    assert talker.texts("1") == "Menu done."
    assert talker.step == ""
