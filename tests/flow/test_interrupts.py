"""What works in the middle of anything: commands, topics, small talk, and being unsure."""

import pytest

from bot.flow.turn import Escalate
from tests.flow.kit import Talker, book, flow

FORM = """
name: {ask: "Which day?", answer: {save: day, type: date}, go: why}
why: {ask: "Why?", choices: {ill: "Ill", trip: "A trip"}, also_understands: {person: ill}, go: over}
over: {say: "Noted: {day}.", end: yes}
"""
DATES = flow('dates: {say: "Dates.", end: yes}', "dates", "starts_with: {topics: [dates]}")
RIGHTS = flow(
    """
    which: {ask: "Which right?", choices: {a: "A", b: "B"}, go: told}
    told: {say: "Told about {topic}.", end: yes}
    meals: {say: "Meals are free.", end: yes}
    """,
    "rights",
    "starts_with: {topics: {rights: which, meals: meals}}",
)


@pytest.fixture
def asked() -> Talker:
    """A person in the middle of a form."""
    talker = Talker(book(flow(FORM), DATES, RIGHTS))
    assert talker.starts() == "Which day?"
    return talker


def test_the_menu_forgets_the_question(asked: Talker) -> None:
    assert asked.texts("menu", command="menu") == "What do you need? [Dates, Help]"
    assert asked.counts == ["command/menu"]
    assert asked.texts("1") == "Menu done."
    assert asked.step == ""


def test_changing_the_language_comes_back_to_the_question(asked: Talker) -> None:
    assert asked.texts("idioma", command="language") == "Which language? [English, Español]"
    assert asked.texts("2") == "Language set. Back to my question: Which day?"
    assert asked.texts("11/26") == "Why? [Ill, A trip]"


def test_an_interrupt_inside_an_interrupt_still_comes_back_to_the_first_question(asked: Talker) -> None:
    asked.texts("idioma", command="language")
    assert asked.texts("language", command="language") == "Which language? [English, Español]"
    assert asked.texts("1").endswith("Back to my question: Which day?")


def test_the_menu_inside_an_interrupt_forgets_all(asked: Talker) -> None:
    asked.texts("idioma", command="language")
    asked.texts("menu", command="menu")
    assert asked.texts("1") == "Menu done."


def test_a_command_goes_before_an_open_answer(asked: Talker) -> None:
    assert asked.texts("person", command="person") == "A person will text you."
    assert asked.people == [Escalate("liaison", "person")]


def test_a_question_may_understand_a_command_itself(asked: Talker) -> None:
    asked.texts("11/26")
    assert asked.texts("person", command="person") == "Noted: Thursday, November 26."


def test_a_command_that_the_house_does_not_have_is_a_text_like_any_other(asked: Talker) -> None:
    assert asked.texts("11/26", command="fly") == "Why? [Ill, A trip]"


def test_a_topic_in_the_middle_of_a_form_comes_back_to_it(asked: Talker) -> None:
    said = asked.texts("Is there school on Friday?", topic="dates")
    assert said == "Dates. Back to my question: Which day?"
    assert asked.counts == ["topic/dates"]


def test_a_topic_that_asks_something_itself_comes_back_later(asked: Talker) -> None:
    assert asked.texts("my rights", topic="rights") == "Which right? [A, B]"
    assert asked.texts("a") == "Told about rights. Back to my question: Which day?"


def test_a_second_topic_inside_the_first_still_comes_back_to_the_form(asked: Talker) -> None:
    asked.texts("my rights", topic="rights")
    assert asked.texts("no school?", topic="dates") == "Dates. Back to my question: Which day?"


def test_a_topic_at_a_menu_does_not_come_back_to_it(asked: Talker) -> None:
    asked.texts("menu", command="menu")
    assert asked.texts("Is there school on Friday?", topic="dates") == "Dates."


def test_a_topic_may_open_a_flow_at_a_step_of_its_own(asked: Talker) -> None:
    assert asked.texts("free lunch", topic="meals").startswith("Meals are free.")


def test_two_questions_in_one_text_are_answered_one_after_the_other(asked: Talker) -> None:
    said = asked.texts("No school when? And is lunch free?", topic="dates", also=("meals",))
    assert said == "Dates. Meals are free. Back to my question: Which day?"
    assert asked.state.later == ()


def test_a_second_question_waits_until_the_first_flow_has_ended() -> None:
    talker = Talker(book(DATES, RIGHTS))
    assert talker.texts("Rights? No school?", topic="rights", also=("dates", "moon")) == "Which right? [A, B]"
    assert talker.texts("a") == "Told about rights. Dates."


def test_what_answers_the_question_goes_before_any_topic(asked: Talker) -> None:
    assert asked.texts("11/26", topic="dates") == "Why? [Ill, A trip]"


def test_a_topic_that_no_flow_answers_is_unclear(asked: Talker) -> None:
    assert asked.texts("the moon", topic="moon") == "Please try again."


def test_thanks_get_one_warm_line_and_leave_the_question_open(asked: Talker) -> None:
    assert asked.texts("thank you", small_talk="thanks") == "You are welcome!"
    assert asked.texts("11/26") == "Why? [Ill, A trip]"


@pytest.mark.parametrize("kind", ["ok", "reaction"])
def test_an_ok_and_a_phones_reaction_are_counted_and_left_alone(asked: Talker, kind: str) -> None:
    assert asked.texts("👍", small_talk=kind) == ""
    assert asked.counts == [f"small_talk/{kind}"]
    assert asked.step == "talk/name"


def test_a_greeting_in_the_middle_asks_the_question_again(asked: Talker) -> None:
    assert asked.texts("hello", small_talk="hello") == "Which day?"


def test_a_greeting_opens_the_menu() -> None:
    assert Talker(book()).texts("hola", small_talk="hello") == "What do you need? [Dates, Help]"


def test_small_talk_that_answers_the_question_is_an_answer() -> None:
    talker = Talker(
        book(flow('q: {ask: "How are you?", choices: {ok: "OK", bad: "Bad"}, go: e}\ne: {say: "I see."}'))
    )
    talker.starts()
    assert talker.texts("ok", small_talk="ok").startswith("I see.")


@pytest.mark.parametrize("heard", [{}, {"small_talk": "hello"}, {"near": ("dates",)}])
def test_the_very_first_text_is_greeted_and_shown_the_menu(heard: dict[str, object]) -> None:
    talker = Talker(book(), known={"contact.is_new": "yes"})
    assert talker.texts("abc", **heard) == "Hello! What do you need? [Dates, Help]"


def test_a_first_text_that_asks_something_is_answered() -> None:
    talker = Talker(book(DATES), known={"contact.is_new": "yes"})
    assert talker.texts("Is there school?", topic="dates") == "Dates."


def test_where_nothing_is_sure_the_two_nearest_topics_are_offered() -> None:
    talker = Talker(book(DATES, RIGHTS))
    said = talker.texts("school rights days", near=("dates", "rights"))
    assert said == "Is it one of these? [School dates, Rights, The menu]"
    assert talker.counts == ["unsure"]
    assert talker.texts("2") == "Which right? [A, B]"
    talker.texts("school rights days", near=("dates", "rights"))


def test_near_topics_without_a_name_are_not_offered() -> None:
    assert Talker(book()).texts("x", near=("moon",)) == "Is it one of these? [The menu]"


def test_near_topics_are_not_offered_beyond_their_question() -> None:
    talker = Talker(book(DATES, RIGHTS))
    talker.texts("school rights days", near=("dates", "rights"))
    assert talker.texts("the menu") == "What do you need? [Dates, Help]"


def test_a_near_topic_can_be_said_or_tapped() -> None:
    talker = Talker(book(DATES, RIGHTS))
    talker.texts("school rights days", near=("dates", "rights"))
    assert talker.texts("school dates") == "Dates."
    talker.texts("school rights days", near=("dates", "rights"))
    assert talker.texts("x", payload="not_sure/which/topic:dates") == "Dates."


UNCLEAR = """
which: {ask: "Which?", choices: {a: "A"}, unclear: {tries: 2, say: "A or nothing.", go: lost}, go: over}
lost: {say: "Lost.", end: yes}
over: {say: "Over.", end: yes}
"""


def test_an_unclear_answer_is_explained_so_many_times_and_then_leads_on() -> None:
    talker = Talker(book(flow(UNCLEAR)))
    talker.starts()
    said = [talker.texts("hm") for _ in range(3)]
    assert said == ["A or nothing. [A]", "A or nothing. [A]", "Lost."]


def test_a_clear_answer_between_starts_the_tries_anew() -> None:
    talker = Talker(book(flow(UNCLEAR.replace("go: over}\nlost", "go: which}\nlost"))))
    talker.starts()
    talker.texts("hm")
    talker.texts("hm")
    assert talker.texts("a") == "Which? [A]"
    assert talker.texts("hm") == "A or nothing. [A]"


def test_without_a_rule_of_its_own_an_unclear_question_ends_with_a_person() -> None:
    talker = Talker(book(flow('which: {ask: "Which?", choices: {a: "A"}, go: e}\ne: {end: yes}')))
    talker.starts()
    said = [talker.texts("hm") for _ in range(3)]
    assert said[:2] == ["Please answer with a number: [A]"] * 2
    assert said[2] == "I ask a person. A person will text you."
    assert talker.people == [Escalate("liaison", "unclear")]


def test_a_house_may_explain_in_its_own_words() -> None:
    always = book().always
    talker = Talker(book(flow('which: {ask: "Which?", choices: {a: "A"}, go: e}\ne: {end: yes}')))
    rule = always.unclear.model_copy(update={"say": talker.book.phrases["sorry"]})
    object.__setattr__(talker.book, "always", always.model_copy(update={"unclear": rule}))
    talker.starts()
    assert talker.texts("hm") == "Sorry, a person will text you. [A]"


def test_tries_go_on_through_thanks() -> None:
    talker = Talker(book(flow(UNCLEAR)))
    talker.starts()
    talker.texts("hm")
    talker.texts("thanks", small_talk="thanks")
    talker.texts("hm")
    assert talker.texts("hm") == "Lost."


def test_somebody_new_is_greeted_even_when_she_only_says_ok() -> None:
    """Whatever is written first, nobody is met with silence."""
    for kind in ("ok", "thanks", "reaction"):
        talker = Talker(book(), known={"contact.is_new": "yes"})
        assert talker.texts("ok", small_talk=kind) != ""
