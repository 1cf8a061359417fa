"""A talk is written as it is read, and what is wrong in a file is told with its line."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.written import WrittenTalk, period_said, read_talk, write_talk
from bot.words.yaml_tree import FilesBroken

TALK = """\
talk: A mother asks and is answered
family: es
language: es
now: 2026-10-13 10:00
turns:
  - they say: Hola
    we say: |
      ¡Hola!

      1 Fechas
    at: menu/what_do_you_need
  - time passes: 4 days
    we say: (no answer)
    at: the end
  - they say: "Sí: por favor"
    we say:
      - |
        One
      - |
        Two
    at: talk_to_person/hand_over
    thread: open
"""
_LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)
_TEXTS = st.lists(
    _LINES.map(str.strip).filter(lambda line: line and line[0] != "\ufeff"), min_size=1, max_size=4
).map("\n".join)
_HAPPENINGS = st.one_of(
    st.fixed_dictionaries({"they say": _TEXTS | st.just("")}),
    st.fixed_dictionaries({"they say": _LINES, "they tap": st.just("menu/what/dates")}),
    st.fixed_dictionaries({"they send": st.just("picture")}),
    st.fixed_dictionaries({"time passes": st.integers(1, 9999).map(lambda n: timedelta(minutes=n))}),
    st.fixed_dictionaries({"the person closes": st.just("yes")}),
)


def written(turns: list[dict[str, Any]]) -> WrittenTalk:
    head = {"talk": "It goes so", "family": "en", "language": "en", "now": datetime(2026, 10, 13, 10)}  # noqa: DTZ001
    return WrittenTalk.model_validate({**head, "turns": turns})


def test_a_talk_is_written_as_it_was_read() -> None:
    assert write_talk(read_talk(TALK, "x.yaml")) == TALK


@given(
    st.lists(
        st.tuples(_HAPPENINGS, st.lists(_TEXTS, max_size=3), st.sampled_from(["open", "closed"])),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_said_is_read_back_equal(turns: list[tuple[dict[str, Any], list[str], str]]) -> None:
    told: list[dict[str, Any]] = []
    for happening, said, thread in turns:
        if "the person closes" in happening and told:
            told[-1]["thread"] = "open"
        happens = happening if told or "the person closes" not in happening else {"they say": "Hi"}
        told.append({**happens, "we say": said, "at": "the end", "thread": thread})
    talk = written(told)
    assert read_talk(write_talk(talk), "x.yaml") == talk


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("    we say: (no answer)\n", "", "x.yaml:12:5: `we say` is missing here."),
        ("    at: the end\n", "", "x.yaml:12:5: `at` is missing here."),
        ("they say: Hola", "they sya: Hola", "Did you mean `they say`?"),
        ("  - time passes: 4 days\n", "  - thread: open\n", "x.yaml:12:5: nothing happens here."),
        ("4 days", "some days", "Write it like `20 minutes`, `3 hours`"),
        ("at: the end", "at: nowhere", "`nowhere` cannot stand as `at`."),
        (
            "2026-10-13 10:00",
            "yesterday",
            "x.yaml:4:1: `now: yesterday` does not fit. Write it like `2026-10-13 10:00`",
        ),
        ("  - time passes: 4 days", "  - time passes: 4 days\n    they say: Hi", "two things happen here."),
        ("time passes: 4 days", "the person closes: yes", "x.yaml:12:5: nobody has the conversation here"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place(before: str, after: str, fault: str) -> None:
    assert before in TALK
    with pytest.raises(FilesBroken) as refused:
        read_talk(TALK.replace(before, after, 1), "x.yaml")
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (timedelta(days=1), "1 day"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(minutes=90), "90 minutes"),
    ],
)
def test_a_period_is_said_in_its_largest_unit(period: timedelta, said: str) -> None:
    assert period_said(period) == said
