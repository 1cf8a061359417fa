"""State is small JSON that survives storage, and anything stored is read: at worst as a fresh start."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flow.state import Frame, Paused, State, Timer, from_json, to_json

WORDS = st.text(max_size=8)
VALUES = st.dictionaries(
    WORDS,
    st.recursive(
        WORDS | st.integers(-(10**9), 10**9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
FRAMES = st.lists(st.builds(Frame, WORDS, WORDS, WORDS), max_size=3).map(tuple)
TOPICS = st.lists(WORDS, max_size=3).map(tuple)
MOMENTS = st.datetimes(timezones=st.just(UTC))
STATES = st.builds(
    State,
    stack=FRAMES,
    values=VALUES,
    waiting=st.sampled_from(["", "answer", "look_up", "action", "person"]),
    tries=st.integers(0, 5),
    hops=st.integers(0, 60),
    owed=st.booleans(),
    more=WORDS,
    resumes=st.booleans(),
    timers=st.lists(
        st.builds(Timer, st.sampled_from(["silent", "expires", "unanswered"]), MOMENTS), max_size=2
    ).map(tuple),
    paused=st.none()
    | st.builds(Paused, FRAMES, VALUES, st.sampled_from(["interrupted", "expired"]), WORDS, TOPICS),
    told=st.lists(WORDS, max_size=2).map(tuple),
    later=TOPICS,
    amiss=TOPICS,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "v",
    "stack",
    "values",
    "waiting",
    "tries",
    "hops",
    "owed",
    "more",
    "resumes",
    "timers",
    "paused",
    "told",
    "later",
    "amiss",
]


@given(STATES)
def test_a_state_survives_storage(state: State) -> None:
    assert from_json(to_json(state)) == state


def test_an_empty_state_is_small_and_a_usual_one_is_too() -> None:
    assert to_json(State()) == '{"v":1}'
    usual = State(
        stack=(Frame("menu", "41d8fb5bc985", "dates"), Frame("school_dates", "8f2e3de345a6", "which_school")),
        values={"topic": "no_school", "kind": "no_school"},
        waiting="answer",
        timers=(Timer("expires", datetime(2026, 11, 27, 16, tzinfo=UTC)),),
    )
    assert len(to_json(usual)) < 300


@given(STATES, st.data())
def test_a_state_cut_off_anywhere_is_read(state: State, data: st.DataObject) -> None:
    whole = to_json(state)
    part = whole[: data.draw(st.integers(0, len(whole)))]
    assert from_json(part) in (State(), state)


@given(STATES, st.sampled_from(KEYS), JSON)
def test_a_state_in_which_anything_was_altered_is_read_and_stable(
    state: State, key: str, odd: object
) -> None:
    text = json.dumps(json.loads(to_json(state)) | {key: odd})
    once = to_json(from_json(text))
    assert to_json(from_json(once)) == once


@given(STATES, st.sets(st.sampled_from(KEYS)))
def test_a_state_of_an_older_version_lacks_what_came_later(state: State, later: set[str]) -> None:
    data = {key: value for key, value in json.loads(to_json(state)).items() if key not in later}
    read = from_json(json.dumps(data))
    if "stack" not in later:
        assert read.stack == state.stack


@given(JSON | st.text())
def test_what_was_never_a_state_is_a_fresh_start(odd: object) -> None:
    assert isinstance(from_json(odd if isinstance(odd, str) else json.dumps(odd)), State)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "null",
        "[]",
        "7",
        '"v"',
        "{",
        "[" * 100_000,
        '{"stack":["ab"]}',
        '{"stack":[["a","b",7]]}',
        '{"waiting":"godot"}',
        '{"timers":[["expires","2026-11-27T16:00:00"]]}',
        '{"timers":[["ask","2026-11-27T16:00:00+00:00"]]}',
        '{"tries":1e999}',
        '{"tries":"many"}',
        '{"values":["a"]}',
        '{"paused":{"stack":[]}}',
        '{"told":[7]}',
        '{"more":{}}',
    ],
)
def test_an_unreadable_state_is_a_fresh_start(text: str | None) -> None:
    assert from_json(text) == State()


def test_a_version_that_does_not_exist_yet_is_read_as_far_as_it_goes() -> None:
    later = '{"v":9,"stack":[["menu","r","what"]],"waiting":"answer","new":[1]}'
    assert from_json(later) == State(stack=(Frame("menu", "r", "what"),), waiting="answer")


def test_times_keep_their_moment_whatever_zone_they_were_given_in() -> None:
    moment = datetime(2026, 11, 27, 10, tzinfo=UTC) + timedelta(microseconds=5)
    state = State(timers=(Timer("silent", moment),))
    assert from_json(to_json(state)).timers[0].at == moment
