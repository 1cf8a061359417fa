"""docs/flow-language.md: its table names every word of the language, and each example works."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.flow import model
from bot.flow.check.targets import step_targets
from bot.flow.load import load_flow
from tests.flow.check.house import ALWAYS, FACTS, HEARD, faults_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "flow-language.md"
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| `([^|]+)` \|$", re.MULTILINE)
ROWS = [
    (word, place.strip("`"), example) for word, place, _, example in _ROW.findall(PAGE.read_text("utf-8"))
]

PLACES: dict[str, type[model.Part]] = {
    "a file": model.FlowFile,
    "starts_with": model.StartsWith,
    "a step": model.Step,
    "a choice": model.Choice,
    "answer": model.Answer,
    "unclear": model.Unclear,
    "a time": model.Later,
    "a text": model.Say,
    "each": model.Each,
    "look_up": model.LookUp,
    "what follows": model.Branch,
    "escalate": model.Escalate,
    "unanswered": model.Unanswered,
    "always.yaml": model.AlwaysFile,
    "an interrupt": model.Interrupt,
    "phrases.yaml": model.PhraseFile,
}
FOLLOWS = (model.Unclear, model.Later, model.Unanswered)
"""Their say and go are those of `what follows`, their after is that of `a time`"""

STEPS = """
  before_guests: {{ask: "How many?", answer: {{save: guests, type: number}}, go: before_dates}}
  before_dates: {{look_up: {{in: calendar.dates, save: dates}}, found: before_school, not_found: finish}}
  before_school: {{save: {{school: "x"}}, go: {first}}}
  {example}
"""
FRAME = {"flow": "flow: example", "about": "about: An example", "first": "first: before_guests"}
FRAME |= {"starts_with": "starts_with: {topics: [garden]}"}


def vocabulary() -> set[tuple[str, str]]:
    """(word, place) of every word that a file may hold."""
    words: set[tuple[str, str]] = set()
    for place, part in PLACES.items():
        for name, info in part.model_fields.items():
            word = info.alias or name
            shared = part in FOLLOWS and word in {"say", "go"}
            if not shared and not (part is model.Unanswered and word == "after"):
                words.add((word, place))
    return words


def keys(part: Any) -> set[str]:
    """Every key of an example."""
    if isinstance(part, dict):
        return set(part) | {key for value in part.values() for key in keys(value)}
    return {key for value in part for key in keys(value)} if isinstance(part, list) else set()


def in_a_flow(example: str, *, is_step: bool) -> str:
    """The example in a whole flow, with the steps that it leads to."""
    head = dict(FRAME)
    first = example.partition(":")[0] if is_step else "begin"
    steps = STEPS.format(first=first, example=example if is_step else "begin: {say: Hello., go: finish}")
    if not is_step:
        head[first := example.partition(":")[0]] = example
        if first in {"steps", "first"}:
            head["first"] = "first: begin"
            steps = "" if first == "steps" else "\n  begin: {say: Hello., end: yes}\n"
    source = "\n".join(head.values()) + ("\nsteps:" + steps if steps else "\n")
    flow = load_flow(source, "example.yaml")
    missing = dict.fromkeys(name for _, name in step_targets(flow) if name not in flow.steps)
    return source + "".join(f"  {name}: {{say: Goodbye., end: yes}}\n" for name in missing)


def test_the_table_holds_every_word_once() -> None:
    listed = [(word, place) for word, place, _ in ROWS]
    assert len(listed) == len(set(listed))
    assert set(listed) == vocabulary()


@pytest.mark.parametrize(("word", "place", "example"), ROWS, ids=lambda one: str(one)[:30])
def test_each_example_holds_its_word_and_is_in_order(
    word: str, place: str, example: str, tmp_path: Path
) -> None:
    parsed = YAML(typ="safe", pure=True).load(example)
    assert word in keys(parsed)
    files = {"flows/example.yaml": in_a_flow("hello: {say: Hello., go: finish}", is_step=True)}
    if place in {"always.yaml", "an interrupt"}:
        line = re.compile(rf"^{example.partition(':')[0]}: .*$", re.MULTILINE)
        assert line.search(ALWAYS)
        files["flows/always.yaml"] = line.sub(lambda _: example, ALWAYS)
    elif place == "phrases.yaml":
        files["flows/phrases.yaml"] = example + "\n"
    else:
        is_step = place not in {"a file", "starts_with"}
        files["flows/example.yaml"] = in_a_flow(example, is_step=is_step)
    faults = faults_of(tmp_path, files)
    assert [str(fault) for fault in faults if fault.severity == "error"] == []


def test_the_flow_at_its_head_is_in_order(tmp_path: Path) -> None:
    """With the flow that it runs beside it, nothing is even worth a warning."""
    [source] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    person = 'flow: talk_to_person\nabout: x\nfirst: a\nsteps:\n  a: {say: "I asked a person.", end: yes}\n'
    files = {"flows/garden_day.yaml": source, "flows/talk_to_person.yaml": person}
    assert faults_of(tmp_path, files | {"facts/federal.yaml": FACTS, "messages/heard/en.yaml": HEARD}) == []
