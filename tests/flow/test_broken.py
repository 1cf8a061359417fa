"""What is broken ends with a person and never in silence, in a loop or in an exception."""

import pytest

from bot.flow.turn import Escalate, Say
from tests.flow.kit import ALWAYS, Talker, book, flow

HANDED = "I ask a person. A person will text you."


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ('a: {say: "A {nobody}.", end: yes}', "broken/not_known/nobody/talk/a"),
        ("a: {go: nowhere}", "broken/no_such_step/talk/a"),
        ('a: {say: "A."}', "broken/dead_end/talk/a"),
        ("a: {run: nothing, done: a}", "broken/no_such_flow/talk/a"),
        ("a: {fact: every-child}", "broken/dead_end/talk/a"),
    ],
)
def test_a_broken_flow_hands_over_to_a_person_and_says_where(steps: str, count: str) -> None:
    talker = Talker(book(flow(steps)))
    assert talker.starts().endswith(HANDED)
    assert count in talker.counts
    assert talker.people == [Escalate("liaison", "broken")]
    assert talker.state.waiting == "person"


@pytest.mark.parametrize(
    "steps",
    [
        'a: {say: "A.", go: b}\nb: {say: "B.", go: a}',
        "a: {go: a}",
        "a: {if_known: {nothing: a}, otherwise: a}",
        "a: {look_up: {in: x.y, save: z}, found: a, not_found: a}",
        "a: {do: report_absence, done: a, failed: a}",
        "a: {run: talk, done: a}",
    ],
)
def test_a_runaway_flow_is_stopped_before_it_says_or_asks_much(steps: str) -> None:
    talker = Talker(book(flow(steps)))
    assert talker.starts() == HANDED
    assert talker.counts[0].split("/")[1] in {"runaway", "too_deep"}
    assert len(talker.asked) <= 10


def test_flows_that_run_one_another_do_not_pile_up_for_ever() -> None:
    """Each text goes one flow deeper; state must not grow without end."""
    talker = Talker(book(flow('a: {ask: "Deeper?", choices: {y: "Yes"}, go: b}\nb: {run: talk, done: a}')))
    talker.starts()
    said = [talker.texts("1") for _ in range(20)]
    assert said[0] == "Deeper? [Yes]"
    assert HANDED in said


def test_where_even_the_hand_over_is_broken_the_district_office_is_asked() -> None:
    broken = flow('a: {say: "{nobody}", end: yes}', "hand_over")
    talker = Talker(book(flow("a: {go: nowhere}"), broken))
    assert talker.starts() == "Sorry, a person will text you."
    assert talker.people == [Escalate("district_office", "broken")]


def test_where_even_the_phrases_are_missing_something_is_said() -> None:
    bare = book(flow("a: {go: nowhere}"), always=ALWAYS.replace("broken: hand_over", "broken: gone"))
    object.__setattr__(bare, "phrases", {})
    talker = Talker(bare, language="es")
    assert "A person will text you" in talker.starts()
    assert talker.people


def test_a_missing_phrase_breaks_nothing_else() -> None:
    bare = book(flow('a: {ask: "A?", choices: {b: "B"}, go: a}'))
    object.__setattr__(bare, "phrases", {})
    talker = Talker(bare)
    talker.starts()
    assert talker.texts("hm").endswith(HANDED)


def test_a_flow_that_ends_without_a_word_gets_a_friendly_line() -> None:
    talker = Talker(
        book(flow('a: {ask: "More?", choices: {n: "No, thank you"}, go: over}\nover: {end: yes}'))
    )
    talker.starts()
    assert talker.texts("1") == "You are welcome!"
    assert talker.counts == ["silent_end"]


def test_a_look_up_that_ends_without_a_word_is_no_silence_either() -> None:
    steps = """
    a: {ask: "More?", choices: {y: "Yes"}, go: b}
    b: {look_up: {in: x.y, save: z}, not_found: c}
    c: {end: yes}
    """
    talker = Talker(book(flow(steps)))
    talker.starts()
    assert talker.texts("1") == "You are welcome!"


def test_a_question_without_words_is_a_fault_and_not_a_silence() -> None:
    steps = flow("""
    a: {ask: "A?", choices: {b: "B"}, go: c}
    c: {if_known: {x: a}, go: d}
    d: {look_up: {in: x.y, save: z}}
    """)
    talker = Talker(book(steps))
    talker.starts()
    assert talker.texts("1") == HANDED
    assert talker.counts == ["broken/dead_end/talk/d"]


def test_a_turn_that_was_cut_off_between_look_up_and_answer_does_not_hang() -> None:
    """The program died after storing a state that waits for a look-up."""
    talker = Talker(book(flow('a: {ask: "Who?", answer: {save: w, type: directory.people}, go: a}')))
    talker.starts()
    talker.stored = (talker.stored or "").replace('"waiting":"answer"', '"waiting":"look_up"')
    assert talker.texts("hello?").startswith("Is it one of these?")


def test_what_was_said_before_the_fault_stays_said() -> None:
    talker = Talker(book(flow('a: {say: "First.", go: b}\nb: {say: "{nobody}", end: yes}')))
    assert talker.starts() == f"First. {HANDED}"


def test_a_command_whose_flow_is_gone_goes_to_a_person() -> None:
    talker = Talker(book(always=ALWAYS.replace("menu: menu", "menu: gone")))
    assert talker.texts("menu", command="menu") == HANDED


def test_the_last_resort_is_said_in_the_persons_language_where_it_can_be() -> None:
    talker = Talker(book(flow("a: {go: nowhere}"), flow("a: {go: nowhere}", "hand_over")), language="es")
    talker.starts()
    assert [effect.where for effect in talker.effects if isinstance(effect, Say)] == ["phrase/sorry"]
