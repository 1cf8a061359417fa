"""Time passes without an answer: silent, expires and unanswered, and how a person comes back."""

import pytest

from bot.flow.state import from_json
from bot.flow.turn import Escalate, Texted, TimePassed
from tests.flow.kit import ALWAYS, NOW, Talker, Text, Texts, book, flow

FORM = """
name: {ask: "Which day?", answer: {save: day, type: date}, %s go: why}
why: {ask: "Why?", choices: {ill: "Ill", trip: "A trip"}, go: over}
nudge: {say: "I stop waiting.", end: yes}
over: {say: "Noted.", end: yes}
"""


def form(rule: str = "", head: str = "", **more: str) -> Talker:
    talker = Talker(book(flow(FORM % rule, head=head), **more))  # type: ignore[arg-type]
    assert talker.starts() == "Which day?"
    return talker


def test_silent_says_something_once_and_keeps_the_question_open() -> None:
    talker = form('silent: {after: 2 hours, say: "Still there?"},')
    assert talker.waits(hours=1) == ""
    assert talker.waits(hours=1) == "Still there?"
    assert talker.waits(hours=2) == ""
    assert talker.texts("11/26") == "Why? [Ill, A trip]"


def test_silent_may_lead_on() -> None:
    assert form("silent: {after: 30 minutes, go: nudge},").waits(minutes=30) == "I stop waiting."


def test_an_answer_ends_the_waiting_for_it() -> None:
    talker = form('silent: {after: 2 hours, say: "Still there?"},')
    talker.texts("11/26")
    assert talker.waits(hours=3) == ""


def test_an_expiry_sends_nothing_unless_the_flow_says_so() -> None:
    talker = form()
    assert talker.waits(days=3) == ""
    assert talker.counts == ["expired/talk/name"]
    assert talker.step == ""


@pytest.mark.parametrize("text", ["hello?", "26 november", "blah", "Hola"])
def test_after_an_expiry_the_next_text_is_offered_to_go_on(text: str) -> None:
    talker = form()
    talker.waits(days=4)
    assert talker.texts(text) == "Shall we go on? [Yes, go on, Menu]"
    assert talker.texts("1") == "Back to my question: Which day?"
    assert talker.texts("11/26") == "Why? [Ill, A trip]"


def test_a_greeting_after_an_expiry_is_offered_to_go_on_too() -> None:
    talker = form()
    talker.waits(days=4)
    assert talker.texts("Hello", small_talk="hello").startswith("Shall we go on?")


def test_what_was_answered_before_the_expiry_is_still_known() -> None:
    talker = form()
    talker.texts("11/26")
    talker.waits(days=3)
    talker.texts("hm")
    assert talker.texts("yes go on") == "Back to my question: Why? [Ill, A trip]"
    assert talker.state.values["day"] == {"date": "2026-11-26"}


def test_who_takes_the_menu_instead_is_not_asked_again() -> None:
    talker = form()
    talker.waits(days=3)
    talker.texts("hm")
    assert talker.texts("The menu!").startswith("Please answer")
    assert talker.texts("menu") == "What do you need? [Dates, Help]"
    talker.texts("1")
    assert talker.texts("hm").startswith("Is it one of these?")


def test_an_offer_that_expires_itself_is_made_again() -> None:
    talker = form()
    talker.waits(days=3)
    talker.texts("hm")
    talker.waits(days=3)
    assert talker.texts("hm").startswith("Shall we go on?")
    assert talker.texts("yes, go on") == "Back to my question: Which day?"


def test_a_topic_after_an_expiry_is_answered_and_the_form_is_not_lost() -> None:
    dates = flow('dates: {say: "Dates.", end: yes}', "dates", "starts_with: {topics: [dates]}")
    talker = Talker(book(flow(FORM % ""), dates))
    talker.starts()
    talker.waits(days=3)
    assert talker.texts("Is there school?", topic="dates") == "Dates."
    assert talker.texts("hm").startswith("Shall we go on?")


@pytest.mark.parametrize("heard", [{"topic": "dates"}, {"command": "language"}])
def test_whatever_is_said_to_the_offer_the_form_is_not_lost(heard: dict[str, str]) -> None:
    dates = flow('dates: {say: "Dates.", end: yes}', "dates", "starts_with: {topics: [dates]}")
    talker = Talker(book(flow(FORM % ""), dates))
    talker.starts()
    talker.waits(days=3)
    assert talker.texts("hm").startswith("Shall we go on?")
    talker.texts("Is there school?", **heard)
    if "command" in heard:
        assert talker.texts("1") == "Language set."
    assert talker.texts("hm").startswith("Shall we go on?")
    assert talker.texts("1") == "Back to my question: Which day?"


def test_a_form_goes_before_the_question_that_interrupted_it() -> None:
    talker = form()
    talker.texts("language", command="language")
    talker.waits(days=3)
    talker.texts("hm")
    assert talker.texts("1") == "Back to my question: Which day?"


def test_where_an_expiry_leads_is_said_by_the_step_then_the_flow_then_the_house() -> None:
    step = form("expires: {after: 1 hours, go: nudge},", 'expires: {after: 2 hours, say: "Over."}')
    assert step.waits(hours=1) == "I stop waiting."
    flows = form(head='expires: {after: 2 hours, say: "Over."}')
    assert (flows.waits(hours=1), flows.waits(hours=1)) == ("", "Over.")
    house = form(always=ALWAYS.replace("{after: 3 days}", '{after: 1 days, say: "Good night."}'))
    assert (house.waits(hours=23), house.waits(hours=1)) == ("", "Good night.")


def test_the_text_of_a_flows_expiry_is_found_in_the_catalogs_beside_its_steps() -> None:
    """context: flow/slot, as bot.words.slots says and extraction writes it."""
    texts = Texts({("es", "talk/expires.say"): Text("Terminado.", "es")})
    talker = Talker(book(flow(FORM % "", head='expires: {after: 2 hours, say: "Over."}'), texts=texts))
    talker.language = "es"
    talker.starts()
    assert talker.waits(hours=2) == "Terminado."


def test_after_a_long_pause_only_the_expiry_counts() -> None:
    talker = form('silent: {after: 2 hours, say: "Still there?"},')
    assert talker.waits(days=5) == ""
    assert talker.counts == ["expired/talk/name"]


def test_nothing_happens_before_its_time_or_without_a_timer() -> None:
    talker = form()
    before = talker.stored
    assert talker.waits(days=2) == ""
    assert talker.stored == before
    assert Talker(book()).waits(days=9) == ""


def test_a_person_who_does_not_answer_in_office_hours_is_followed_by_another() -> None:
    talker = Talker(book(), known={"topic": "meals"})
    assert talker.starts("talk_to_person") == "A person will text you."
    assert talker.people == [Escalate("liaison", "meals")]
    assert talker.waits(days=3) == ""
    assert talker.waits(days=1) == "Still looking."
    assert talker.people == [Escalate("district_office", "meals", again=True)]
    assert talker.waits(days=30) == ""


def test_office_hours_without_a_calendar_are_plain_hours() -> None:
    talker = Talker(book())
    talker.starts("talk_to_person")
    assert talker.state.timers[0].at == NOW.replace(day=28)
    plain = book()
    from_here = Talker(plain)
    from_here.meets(Texted("person", command="person"))
    assert from_here.state.timers[0].kind == "unanswered"


def test_the_topic_of_the_first_call_goes_along_with_the_second() -> None:
    talker = Talker(book())
    talker.texts("person", command="person")
    talker.waits(days=4)
    assert talker.people == [Escalate("district_office", "person", again=True)]


def test_a_timer_of_a_conversation_that_is_gone_does_nothing() -> None:
    talker = form()
    talker.stored = (talker.stored or "").replace('"talk"', '"gone"')
    assert talker.waits(days=3) == ""
    assert talker.state == from_json(None)
    assert talker.meets(TimePassed()) == ""
