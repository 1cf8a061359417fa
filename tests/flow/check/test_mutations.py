"""However a flow is spoiled, the checker answers with faults and never falls over."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.flow.check.rules import check
from bot.flow.check.subject import Subject
from bot.flow.load import load_flow
from bot.flow.model import AlwaysFile, PhraseFile
from bot.flow.shelf import Shelf
from bot.words.catalogs import Catalogs
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, read_tree
from tests.flow.check.house import FACTS, FILES, HEARD, MENU, furnished

GOOD = """
flow: garden
about: Nearly every word of the language
starts_with: {topics: {garden: which}}
first: which
expires: {after: 2 days, say: "Text GARDEN to begin again."}
moved: {old: which}
steps:
  which:
    ask: "What would you like?"
    choices:
      dates: {label: "Dates", go: known}
      rights: {label: "Rights", go: right}
      person: {label: "A person", go: person}
    also_understands: {garden: dates}
    unclear: {tries: 3, say: "Answer with a number.", go: person}
    silent: {after: 2 hours, say: "Are you there?"}
    expires: {after: 1 day, go: bye}
  known: {if_known: {family.school: ours}, otherwise: ask_school}
  ours: {save: {school: "{family.school}"}, go: find}
  ask_school:
    ask: "Which school?"
    answer: {save: school, type: directory.schools, allow_typos: yes}
    go: find
  find:
    look_up: {in: calendar.dates, school: "{school}", limit: 9, save: dates}
    found: {say: {one: "One date.", other: "{count} dates.", count: dates}, go: show}
    not_found: {say: "None.", go: bye}
  show:
    say: "The dates:"
    each: {of: dates, as: date, say: "{date.name}: {date.days}", more: "More", none: "None."}
    go: which
  right: {fact: meals, go: menu}
  menu: {run: menu, done: language}
  language: {save: {new_language: es}, do: set_language, done: {say: "Done."}, failed: person, go: bye}
  person:
    escalate: {to: liaison, topic: "{topic}"}
    say: "I asked {school.name}."
    unanswered: {after: 4 office hours, to: district_office, say: "I asked again."}
    closed: bye
  bye: {say: "Goodbye.", end: yes}
"""
POOL: list[Any] = [
    *("", " ", "bye", "nowhere", "{school}", "{", "menu", "2 hours", "yes", "9", "STOP", "é" * 30),
    *([], {}, ["bye"], {"go": "bye"}, {"say": "{x.y.z}"}, {"one": "1"}, {"bye": "bye"}),
]
WORDS = (
    *("go", "ask", "say", "run", "end", "save", "choices", "answer", "fact", "each", "look_up", "found"),
    *("moved", "first", "steps", "if_known", "do", "escalate", "silent", "bye", "topic"),
)


def faults_of(source: str) -> list[Fault]:
    """Check one flow in the small house, in memory."""
    try:
        garden, menu = load_flow(source, "garden.yaml"), load_flow(MENU, "menu.yaml")
        always = read_tree(FILES["flows/always.yaml"], "always.yaml")
        phrases = read_tree(FILES["flows/phrases.yaml"], "phrases.yaml")
        shelf = Shelf(
            {garden.name: garden, menu.name: menu},
            shaped(always, AlwaysFile),
            shaped(phrases, PhraseFile).phrases,
            {"always.yaml": always, "phrases.yaml": phrases},
        )
    except FilesBroken as broken:
        return broken.faults
    heard, facts = read_tree(HEARD, "en.yaml"), read_tree(FACTS, "facts.yaml")
    return check(
        furnished(Subject(shelf, Catalogs(), locales=("es", "ru"), heard={"en": heard}, facts=(facts,)))
    )


def places(part: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a tree."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part))) if isinstance(part, list) else []
    return [(part, key) for key in keys] + [place for key in keys for place in places(part[key])]


def spoil(root: Any, draw: Any) -> None:
    """Remove, replace, rename, add or copy one part."""
    found = places(root)
    if not found:
        return
    within, key = found[draw(st.integers(0, len(found) - 1))]
    kind = draw(st.sampled_from(("remove", "replace", "rename", "add", "copy")))
    if kind == "remove":
        del within[key]
    elif kind == "replace":
        within[key] = copy.deepcopy(draw(st.sampled_from(POOL)))
    elif kind == "rename" and isinstance(within, dict):
        within[draw(st.sampled_from(WORDS))] = within.pop(key)
    elif kind == "add" and isinstance(within[key], dict):
        within[key][draw(st.sampled_from(WORDS))] = copy.deepcopy(draw(st.sampled_from(POOL)))
    else:
        other, name = found[draw(st.integers(0, len(found) - 1))]
        within[key] = copy.deepcopy(other[name])


def test_the_good_flow_is_good() -> None:
    """A mutation of something broken would prove nothing."""
    assert [str(fault) for fault in faults_of(GOOD) if fault.severity == "error"] == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_mutation_makes_the_checker_fall_over(data: st.DataObject) -> None:
    root = YAML(typ="rt", pure=True).load(GOOD)
    root = json.loads(json.dumps(root))
    for _ in range(data.draw(st.integers(1, 4))):
        spoil(root, data.draw)
    for fault in faults_of(json.dumps(root, ensure_ascii=False, indent=1)):
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.wrong.endswith((".", "?", ":"))
