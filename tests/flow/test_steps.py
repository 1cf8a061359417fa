"""What the steps do: if_known, save, look_up, do, run, escalate, go and end."""

import pytest

from bot.flow.state import Value
from bot.flow.turn import Act, Acted, Escalate, LookUp, PersonClosed
from tests.flow.kit import Talker, book, flow

KNOWN = """
is_known: {if_known: {family.school: yes_known, contact.name: name_known}, otherwise: unknown}
yes_known: {say: "School.", end: yes}
name_known: {say: "Name.", end: yes}
unknown: {say: "Nothing.", end: yes}
"""


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"family.school": "s1"}, "School."),
        ({"family.school": "s1", "contact.name": "Ana"}, "School."),
        ({"contact.name": "Ana"}, "Name."),
        ({"family.school": ""}, "Nothing."),
        ({"family.school": []}, "Nothing."),
        ({"family.school": {"value": "s1", "name": "Maple"}}, "School."),
        ({"family.school": 0}, "School."),
        ({}, "Nothing."),
    ],
)
def test_the_first_thing_that_is_known_decides(known: dict[str, Value], said: str) -> None:
    assert Talker(book(flow(KNOWN)), known=known).starts() == said


def test_without_otherwise_the_step_goes_on() -> None:
    steps = 'known: {if_known: {nothing: over}, go: over}\nover: {say: "Over.", end: yes}'
    assert Talker(book(flow(steps))).starts() == "Over."


SAVE = """
keep: {save: {kind: no_school, school: "{family.school}", both: "{a} and {b}", none: "{nobody}"}, go: told}
told: {say: "{kind}, {school}, {both}.", end: yes}
"""


def test_save_remembers_words_and_known_values_with_their_types() -> None:
    known: dict[str, Value] = {
        "family.school": {"value": "s1", "name": "Maple"},
        "a": 0,
        "b": {"date": "2026-11-26"},
    }
    talker = Talker(book(flow(SAVE)), known=known)
    assert talker.starts() == "no_school, Maple, 0 and Thursday, November 26."


def test_a_saved_value_is_the_conversations_own_and_ends_with_it() -> None:
    talker = Talker(book(flow('keep: {save: {a: b}, go: over}\nover: {say: "{a}.", end: yes}')))
    assert talker.starts() == "b."
    assert talker.state.values == {}


LOOK = """
find:
  look_up: {in: school.dates, school: "{school}", kind: no_school, mixed: "x{school}", limit: 3, save: dates}
  found: {say: "Next: {dates.name}.", go: over}
  not_found: {say: "None.", go: over}
over: {say: "Over.", end: yes}
"""


def test_a_look_up_asks_the_caller_and_goes_on_with_the_answer() -> None:
    school: Value = {"value": "s1", "name": "Maple"}
    talker = Talker(
        book(flow(LOOK)), {"school.dates": ({"name": "A"}, {"name": "B"})}, known={"school": school}
    )
    assert talker.starts() == "Next: A. Over."
    where = {"school": "s1", "kind": "no_school", "mixed": "xMaple"}
    assert talker.asked == [LookUp("school.dates", where, 3)]


def test_nothing_found_goes_its_own_way() -> None:
    assert Talker(book(flow(LOOK)), known={"school": "s1"}).starts() == "None. Over."


def test_an_answer_that_nobody_waits_for_is_counted_and_changes_nothing() -> None:
    talker = Talker(book(flow(LOOK)))
    before = talker.state
    assert talker.meets(Acted(done=True, values={"x": "y"})) == ""
    assert talker.counts == ["late/acted"]
    assert talker.state == before


DO = """
which: {ask: "Which?", choices: {a: "A", b: "B"}, save: choice, go: act}
act: {do: report_absence, done: {say: "Done: {receipt}.", go: over}, failed: {say: "Not done.", go: over}}
over: {end: yes}
"""


def test_an_action_gets_what_was_saved_and_its_outcome_is_remembered() -> None:
    talker = Talker(book(flow(DO)), {"report_absence": Acted(done=True, values={"receipt": "7"})})
    talker.starts()
    assert talker.texts("b") == "Done: 7."
    assert talker.asked == [Act("report_absence", {"choice": "b"})]


def test_an_action_that_fails_goes_its_own_way() -> None:
    talker = Talker(book(flow(DO)), {"report_absence": Acted(done=False)})
    talker.starts()
    assert talker.texts("a") == "Not done."


def test_an_action_that_fails_without_a_way_goes_on_with_the_step_or_to_a_person() -> None:
    goes_on = 'act: {do: rate_help, go: over}\nover: {say: "Over.", end: yes}'
    assert Talker(book(flow(goes_on)), {"rate_help": Acted(done=False)}).starts() == "Over."
    stuck = 'act: {do: rate_help, done: over}\nover: {say: "Over.", end: yes}'
    talker = Talker(book(flow(stuck)), {"rate_help": Acted(done=False)})
    assert talker.starts() == "I ask a person. A person will text you."
    assert talker.counts == ["broken/dead_end/talk/act"]


OUTER = """
one: {save: {name: outer}, go: inner}
inner: {run: inner, done: {say: "Back with {name} and {colour}.", go: over}}
over: {say: "Over.", end: yes}
"""
INNER = """
which: {ask: "Which, {name}?", choices: {red: "Red", blue: "Blue"}, save: colour, go: deeper}
deeper: {run: innermost, done: {say: "Deep.", go: over}}
over: {end: yes}
"""
INNERMOST = 'say_it: {say: "Innermost {colour}."}'


def test_a_flow_runs_another_and_comes_back_with_what_it_saved() -> None:
    innermost = flow(INNERMOST.replace('"}', '", end: yes}'), "innermost")
    talker = Talker(book(flow(OUTER), flow(INNER, "inner"), innermost))
    assert talker.starts() == "Which, outer? [Red, Blue]"
    assert [frame.flow for frame in talker.state.stack] == ["talk", "inner"]
    assert talker.texts("blue") == "Innermost blue. Deep. Back with outer and blue. Over."
    assert talker.step == ""


def test_a_branch_without_a_step_ends_the_flow() -> None:
    steps = 'find: {look_up: {in: a.b, save: x}, found: {say: "Yes."}, not_found: {say: "No."}}'
    talker = Talker(book(flow(steps)))
    assert talker.starts() == "No."
    assert talker.step == ""


ASKS = """
call: {escalate: {to: nurse, topic: "{topic}"}, say: "A nurse will text you.", closed: back}
back: {say: "I am back.", end: yes}
"""


def test_escalate_asks_a_person_and_the_bot_is_quiet_until_she_closes() -> None:
    talker = Talker(book(flow(ASKS)))
    assert talker.starts() == "A nurse will text you."
    assert talker.people == [Escalate("nurse", "")]
    assert talker.texts("Thank you!", small_talk="thanks") == ""
    assert talker.texts("menu", command="menu") == ""
    assert talker.texts("no school?", topic="dates") == ""
    assert talker.counts == ["heard/for_person"]
    assert talker.person_closes() == "I am back."
    assert talker.texts("menu", command="menu").startswith("What do you need?")


def test_a_person_may_close_without_a_word_or_by_the_steps_own_way() -> None:
    silent = Talker(book(flow("call: {escalate: {to: nurse}}")))
    silent.starts()
    assert silent.person_closes() == ""
    assert silent.step == ""
    onward = Talker(book(flow('call: {escalate: {to: nurse}, go: over}\nover: {say: "Over.", end: yes}')))
    onward.starts()
    assert onward.person_closes() == "Over."


def test_a_thread_inside_another_flow_comes_back_to_it() -> None:
    talker = Talker(
        book(flow('ask: {run: talk_to_person, done: on}\non: {ask: "Next?", choices: {a: A}, go: on}'))
    )
    assert talker.starts() == "A person will text you."
    assert talker.person_closes() == "I am back. Next? [A]"


def test_closing_what_is_not_open_is_counted_only() -> None:
    talker = Talker(book(flow(DO)))
    talker.starts()
    assert talker.person_closes() == ""
    assert talker.counts == ["late/closed"]
    assert talker.step == "talk/which"


def test_a_person_who_closes_a_flow_that_is_gone_leaves_nobody_unheard() -> None:
    talker = Talker(book(flow(ASKS)))
    talker.starts()
    talker.stored = (talker.stored or "").replace('"talk"', '"gone"')
    assert talker.meets(PersonClosed()) == ""
    assert talker.texts("hello?").startswith("Is it one of these?")


def test_starting_a_flow_leaves_what_was_before() -> None:
    talker = Talker(book(flow(DO), flow('hi: {say: "Hi.", end: yes}', "hi")))
    talker.starts()
    assert talker.starts("hi") == "Hi."
    assert talker.step == ""
