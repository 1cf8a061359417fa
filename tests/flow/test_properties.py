"""Whatever happens, a conversation neither raises, loops, falls silent nor tells a secret."""

import json
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.flow.book import Book
from bot.flow.load import Flow
from bot.flow.model import FlowFile
from bot.flow.state import Value, from_json, to_json
from bot.flow.turn import Started
from bot.hear.understand import Hearing
from bot.words.yaml_tree import Tree
from tests.flow import kit
from tests.flow.happenings import KNOWN, LOCALES, RESULTS, Happening, Sends, happenings, life

QUICK = (Phase.explicit, Phase.reuse, Phase.generate, Phase.target)
"""Without shrinking, which takes minutes on conversations that are short anyhow"""
KNOWNS = st.sets(st.sampled_from(sorted(KNOWN))).map(lambda names: {name: KNOWN[name] for name in names})
KNOWNS = KNOWNS | st.just(KNOWN)
UNREVIEWED = st.sampled_from(["notice", "withhold"])


@given(st.data(), st.sampled_from(LOCALES), KNOWNS, st.lists(RESULTS, max_size=3), UNREVIEWED)
@settings(max_examples=120, phases=QUICK)
def test_whatever_happens_the_shipped_flows_answer(
    shipped: Book,
    hearing: Hearing,
    data: st.DataObject,
    language: str,
    known: dict[str, Value],
    results: list[tuple[Value, ...]],
    unreviewed: str,
) -> None:
    lived = life(shipped, hearing, language, known, results)
    lived.talker.withhold = unreviewed == "withhold"
    lived.lives(data.draw(happenings(shipped)))


@given(st.data(), st.sampled_from(LOCALES), st.lists(RESULTS, max_size=3))
@settings(max_examples=60, phases=QUICK)
def test_a_shipped_flow_goes_on_from_any_state_that_was_altered(
    shipped: Book, hearing: Hearing, data: st.DataObject, language: str, results: list[tuple[Value, ...]]
) -> None:
    """A state is altered in storage, or belongs to flows that are no more; the talk goes on all the same."""
    lived = life(shipped, hearing, language, KNOWN, results)
    lived.lives(data.draw(happenings(shipped)))
    stored = json.loads(lived.talker.stored or "{}")
    key = data.draw(
        st.sampled_from(["stack", "values", "waiting", "tries", "more", "resumes", "paused", "told"])
    )
    other = data.draw(
        st.sampled_from([*stored.values(), 1, "menu", [["menu", "gone", "gone"]], {"_near": ["rights"]}])
    )
    lived.talker.stored = json.dumps(stored | {key: other})
    lived.talker.stored = to_json(from_json(lived.talker.stored))
    lived.lives(data.draw(happenings(shipped)))


NAMES = ["a", "b", "c", "d"]
_to = st.sampled_from([*NAMES, *NAMES, *NAMES, "gone"])
_words = st.sampled_from(["Word.", "{x}", "{x.name}", "{school.name}", "{_near}", "{x.raw}", "{count} {x}"])
_plural = st.just({"one": "One {x}", "other": "{count} words", "count": "x"})
_branch = st.fixed_dictionaries({}, optional={"say": _words, "go": _to}) | _to
_later = st.fixed_dictionaries(
    {"after": st.sampled_from(["1 hours", "2 days", "4 office hours"])}, optional={"say": _words, "go": _to}
)
_choice = st.fixed_dictionaries({"label": _words | st.sampled_from(["Yes", "No"])}, optional={"go": _to})
_choices = st.dictionaries(st.sampled_from(["y", "n", "m"]), _choice, min_size=1)
_answers = st.sampled_from(["text", "number", "date", "yes_no", "phone", "directory.schools", "one_of"])
_answer = st.builds(lambda kind: {"save": "x", "type": kind, "of": "x"}, _answers)
_unclear = st.fixed_dictionaries({}, optional={"say": _words, "go": _to})
_understands = st.dictionaries(st.sampled_from(["rights", "person", "menu"]), st.sampled_from(["y", "q"]))
_each = st.builds(lambda say: {"of": "x", "as": "one", "say": say, "more": "More", "none": "None."}, _words)
_look_up = st.builds(lambda where: {"in": "school.things", "save": "x", "where": where}, _words)
_escalate = st.builds(lambda topic: {"to": "liaison", "topic": topic}, _words)
_save = st.sampled_from([{"x": "{x}", "y": "{school.name}"}, {"x": ""}, {"near": "{x}"}])
_asking = {
    "also_understands": _understands,
    "unclear": _unclear,
    "silent": _later,
    "expires": _later,
    "save": _save,
}
_any = {"go": _to, "end": st.just("yes"), "say": _words | _plural}
KINDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"ask": _words, "choices": _choices, "go": _to}, _asking),
    ({"ask": _words, "answer": _answer, "go": _to}, _asking | {"choices": _choices}),
    ({"say": _words | _plural, "go": _to}, {"save": _save}),
    ({"go": _to}, {"save": _save}),
    ({"each": _each, "go": _to}, {}),
    ({"look_up": _look_up}, {"found": _branch, "not_found": _branch}),
    ({"if_known": st.dictionaries(st.sampled_from(["x", "y"]), _to, min_size=1)}, {"otherwise": _to}),
    ({"do": st.sampled_from(["resume", "set_language", "gone"])}, {"done": _branch, "failed": _branch}),
    ({"run": st.sampled_from(["odd", "menu", "talk_to_person", "gone"])}, {"done": _branch}),
    ({"escalate": _escalate}, {"unanswered": _later, "closed": _to}),
    ({"fact": st.sampled_from(["enroll-any-status", "gone"])}, {}),
    ({"end": st.just("yes")}, {}),
]
_step = st.sampled_from(KINDS).flatmap(
    lambda kind: st.fixed_dictionaries(kind[0], optional={**kind[1], **_without(_any, kind[0])})
)


def _without(words: dict[str, Any], taken: dict[str, Any]) -> dict[str, Any]:
    return {word: values for word, values in words.items() if word not in taken}


@st.composite
def odd_flows(draw: st.DrawFn) -> Flow:
    """A flow that no checker would pass, but whose words are the language's own; it asks first."""
    steps = {name: draw(_step) for name in NAMES}
    first = draw(st.sampled_from(["a", "a", "b"]))
    steps["a"] = {
        "ask": "First?",
        "choices": {"y": {"label": "Yes", "go": "b"}, "n": {"label": "No", "go": "c"}},
    }
    file = {
        "flow": "odd",
        "about": "Odd",
        "first": first,
        "steps": steps,
        "starts_with": {"topics": ["rights"]},
    }
    source = json.dumps(file, sort_keys=True)
    return Flow("odd", "revision", FlowFile.model_validate(file), source, Tree("odd", "", {}))


@given(st.data(), odd_flows(), st.lists(RESULTS, max_size=2))
@settings(max_examples=150, phases=QUICK)
def test_whatever_a_flow_says_the_engine_answers(
    hearing: Hearing, data: st.DataObject, odd: Flow, results: list[tuple[Value, ...]]
) -> None:
    """Flows with wrong targets, loops, unset names and contradictions, which `ally check` would refuse."""
    book = kit.book(odd, facts={"enroll-any-status": kit.fact()})
    lived = life(book, hearing, "en", KNOWN, results)
    for _ in range(3):
        opening: list[Happening] = [Started("odd"), Sends(data.draw(st.sampled_from("12")))]
        lived.lives(opening + data.draw(happenings(book, most=6)))
