"""Flows change under running conversations: each goes on where it stood, or moves by a declared step."""

import random
from dataclasses import dataclass, replace

import pytest

from bot.flow.book import Book
from bot.flow.load import Flow
from bot.flow.state import Frame, Value, from_json
from bot.flow.turn import Acted, Say
from tests.flow import kit
from tests.flow.edits import File, as_flow, edited
from tests.flow.kit import Answer, Talker, flow

OUTER: File = {
    "flow": "absence",
    "about": "Report an absence",
    "first": "which_child",
    "steps": {
        "which_child": {
            "ask": "Who?",
            "choices": {"ana": {"label": "Ana", "go": "day"}, "ben": {"label": "Ben", "go": "day"}},
        },
        "day": {"ask": "Which day?", "answer": {"save": "day", "type": "date"}, "go": "school"},
        "school": {
            "ask": "Which school?",
            "answer": {"save": "school", "type": "directory.schools"},
            "go": "find",
        },
        "find": {
            "look_up": {"in": "school.dates", "save": "dates"},
            "found": "list",
            "not_found": {"go": "why"},
        },
        "list": {"each": {"of": "dates", "as": "one", "say": "{one.name}", "more": "More"}, "go": "why"},
        "why": {"run": "reason", "done": "sure"},
        "sure": {
            "ask": "Shall I report it?",
            "choices": {
                "yes": {"label": "Yes", "go": "report"},
                "person": {"label": "Ask a person", "go": "person"},
            },
            "silent": {"after": "2 hours", "say": "Still there?"},
        },
        "report": {
            "do": "report_absence",
            "done": {"say": "Reported.", "go": "over"},
            "failed": {"go": "person"},
        },
        "person": {"escalate": {"to": "nurse"}, "say": "A nurse will text you.", "closed": "over"},
        "over": {"say": "Goodbye.", "end": "yes"},
    },
}
INNER: File = {
    "flow": "reason",
    "about": "Ask why",
    "first": "why",
    "steps": {
        "why": {
            "ask": "Why?",
            "choices": {"ill": {"label": "Ill", "go": "since"}, "trip": {"label": "A trip", "go": "thanks"}},
        },
        "since": {"ask": "How many days?", "answer": {"save": "days", "type": "number"}, "go": "thanks"},
        "thanks": {"say": "I see.", "end": "yes"},
    },
}
SCHOOL: Value = {"value": "s1", "name": "Maple Grove"}
DATES: tuple[Value, ...] = tuple({"name": f"d{number}"} for number in range(7))
FINDS: dict[str, Answer] = {
    "directory.schools": (SCHOOL,),
    "school.dates": DATES,
    "report_absence": Acted(done=True),
}
PATHS = (
    (),
    ("1",),
    ("1", "11/26"),
    ("2", "11/26", "maple"),
    ("2", "11/26", "maple", "1"),
    ("2", "11/26", "maple", "2"),
    ("2", "11/26", "maple", "2", "2"),
)
ANSWERS = {"date": "11/26", "directory.schools": "maple", "number": "2"}
EDITED = 500


@dataclass(frozen=True)
class Parked:
    """A conversation that waits: its stored state, and what is said from there on when nothing changes."""

    stored: str
    goes_on: tuple[str, ...]

    @property
    def has_begun_inner(self) -> bool:
        """Whether the inner flow runs or has run; else it will be begun in its newest revision."""
        return from_json(self.stored).frame.step in {"why", "since", "sure", "person"}


def house(*flows: Flow, older: tuple[Flow, ...] = ()) -> Book:
    return kit.book(*flows, older=older)


BEFORE = (as_flow(OUTER), as_flow(INNER))


@pytest.fixture(scope="module")
def parked() -> list[Parked]:
    """A conversation at every step that waits."""
    book = house(*BEFORE)
    found = []
    for path in PATHS:
        talker = Talker(book, FINDS)
        talker.starts("absence")
        for text in path:
            talker.texts(text)
        stored = talker.stored or ""
        found.append(Parked(stored, tuple(finish(talker))))
    standing = {from_json(one.stored).frame.step for one in found}
    assert standing == {"which_child", "day", "school", "why", "since", "sure", "person"}
    return found


def finish(talker: Talker) -> list[str]:
    """Answer on and on until the conversation is over; what was said. Silence and faults fail."""
    said: list[str] = []
    for _ in range(24):
        if not talker.state.stack:
            return said
        if talker.state.waiting == "person":
            said.append(talker.person_closes())
        else:
            said.append(talker.texts(fitting(talker)))
            assert said[-1], "silent"
        broken = [name for name in talker.counts if name.startswith("broken/")]
        assert not broken, (broken, said)
    raise AssertionError(f"never ends: {said}")


def fitting(talker: Talker) -> str:
    """An answer to the question that waits."""
    stood = talker.book.stands(talker.state.frame)
    answer = stood[0].steps[stood[1]].answer if stood else None
    return ANSWERS[answer.type] if answer else "1"


def resumed(book: Book, one: Parked) -> Talker:
    return Talker(book, FINDS, stored=one.stored)


def test_every_conversation_finishes_on_the_revision_it_began_with(parked: list[Parked]) -> None:
    """After 500 edits without a declared move all is said to the letter as it would have been."""
    dice = random.Random(1)
    for _ in range(EDITED):
        outer, inner = (as_flow({**edited(file, dice), "moved": {}}) for file in (OUTER, INNER))
        is_deleted = dice.random() < 0.1
        book = house(*([] if is_deleted else [outer, BEFORE[1]]), older=BEFORE)
        for one in parked:
            assert tuple(finish(resumed(book, one))) == one.goes_on
        book = house(BEFORE[0], inner, older=BEFORE)
        for one in dice.sample(parked, 2):
            goes_on = finish(resumed(book, one))
            assert tuple(goes_on) == one.goes_on or not one.has_begun_inner


def test_a_conversation_moves_by_a_declared_step_and_by_nothing_else(parked: list[Parked]) -> None:
    dice = random.Random(2)
    for _ in range(EDITED):
        book = house(as_flow(edited(OUTER, dice)), as_flow(edited(INNER, dice)), older=BEFORE)
        for one in parked:
            for frame in from_json(one.stored).stack:
                stood = book.stands(frame)
                assert stood is not None
                moved = book.flows[frame.flow].file.moved
                if frame.step in moved and frame.revision != book.flows[frame.flow].revision:
                    assert stood == (book.flows[frame.flow], moved[frame.step])
                else:
                    assert (stood[0].revision, stood[1]) == (frame.revision, frame.step)


def test_after_any_edit_every_conversation_goes_on_to_an_end(parked: list[Parked]) -> None:
    """With declared moves, and now and then the old revision lost: no silence, nothing breaks."""
    dice = random.Random(3)
    for _ in range(EDITED):
        flows = [as_flow(edited(OUTER, dice)), as_flow(edited(INNER, dice))]
        book = house(*flows, older=BEFORE if dice.random() < 0.7 else ())
        finish(resumed(book, dice.choice(parked)))
        finish(resumed(book, dice.choice(parked)))


def test_a_deleted_flow_whose_revision_is_lost_starts_over_kindly(parked: list[Parked]) -> None:
    for one in parked:
        talker = resumed(house(), one)
        if talker.state.waiting == "person":
            talker.person_closes()
        assert talker.texts("hello?").startswith("Is it one of these?")


def test_a_number_is_never_read_against_choices_that_were_not_shown() -> None:
    told = 'told: {say: "{it}.", end: yes}'
    old = flow(f'q: {{ask: "Which?", choices: {{a: "Apple", b: "Bread"}}, save: it, go: told}}\n{told}')
    new = flow(
        f'r: {{ask: "Which?", choices: {{b: "Bread", a: "Apple"}}, save: it, go: told}}\n{told}',
        head="moved: {q: r}",
    )
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.texts("1") == "Which? [Bread, Apple]"
    assert talker.counts == ["moved/talk/r"]
    assert talker.texts("1") == "b."


def test_a_step_that_only_has_a_new_name_takes_the_answer() -> None:
    old = flow('q: {ask: "Which?", choices: {a: "Apple"}, go: told}\ntold: {say: "Told.", end: yes}')
    new = flow(
        'r: {ask: "Which one?", choices: {a: "Apple"}, go: say_so}\nsay_so: {say: "Said.", end: yes}',
        head="moved: {q: r}",
    )
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.texts("1") == "Said."


def test_a_topic_or_a_command_goes_before_a_moved_question() -> None:
    old = flow('q: {ask: "Which?", choices: {a: "Apple"}, go: q}')
    new = flow('r: {ask: "New?", choices: {b: "Bread"}, go: r}', head="moved: {q: r}")
    dates = flow('dates: {say: "Dates.", end: yes}', "dates", "starts_with: {topics: [dates]}")
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, dates, older=[old])
    stored = talker.stored
    assert talker.texts("no school?", topic="dates").startswith("Dates.")
    talker.stored = stored
    assert talker.texts("menu", command="menu").startswith("What do you need?")


def test_an_action_under_way_is_not_done_again_where_its_step_has_moved() -> None:
    over = 'over: {say: "Done.", end: yes}'
    old = flow(
        f'q: {{ask: "OK?", choices: {{y: "Yes"}}, go: act}}\nact: {{do: report_absence, done: over}}\n{over}'
    )
    new = flow(f"act_now: {{do: report_absence, done: over}}\n{over}", head="moved: {act: act_now}")
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.texts("1") == "Done."
    assert len(talker.asked) == 1


def test_a_moved_step_that_does_not_exist_moves_nobody() -> None:
    old = flow('q: {ask: "Sure?", choices: {y: "Yes"}, go: over}\nover: {say: "Done.", end: yes}')
    new = flow('r: {ask: "Really?", choices: {y: "Yes"}, go: r}', head="moved: {q: gone}")
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.texts("1") == "Done."


def test_timers_of_a_moved_question_are_those_of_its_new_step() -> None:
    old = flow('q: {ask: "Which?", choices: {a: "A"}, silent: {after: 1 hours, say: "Old."}, go: q}')
    new = flow(
        'r: {ask: "New?", choices: {a: "A"}, silent: {after: 1 hours, say: "New."}, go: r}',
        head="moved: {q: r}",
    )
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.waits(hours=1) == "New."


def test_the_same_text_has_the_same_revision_and_any_other_has_another() -> None:
    one, same = flow('a: {say: "A.", end: yes}'), flow('a: {say: "A.", end: yes}')
    assert one.revision == same.revision
    assert flow('a: {say: "A!", end: yes}').revision != one.revision
    assert len(one.revision) == 12


def test_a_step_that_vanished_with_its_revision_begins_the_flow_anew() -> None:
    new = flow('first: {ask: "First?", choices: {a: "A"}, go: first}')
    book = kit.book(new)
    assert book.stands(Frame("talk", "lost", "gone")) == (new, "first")
    assert book.stands(Frame("talk", "lost", "first")) == (new, "first")
    assert book.stands(Frame("gone", "lost", "gone")) is None


def test_what_is_said_after_an_edit_is_of_the_new_text_only_in_new_conversations() -> None:
    old = flow('q: {ask: "Which?", choices: {a: "A"}, go: told}\ntold: {say: "Old.", end: yes}')
    new = flow('q: {ask: "Which?", choices: {a: "A"}, go: told}\ntold: {say: "New.", end: yes}')
    talker = Talker(kit.book(old))
    talker.starts()
    talker.book = kit.book(new, older=[old])
    assert talker.texts("1") == "Old."
    assert [replace(one).language for one in talker.effects if isinstance(one, Say)] == ["en"]
    talker.starts()
    assert talker.texts("1") == "New."
