"""Every text of a flow reaches the translators, under the context by which the engine asks for it."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract

from bot.words.extract import extract_flows, template, texts_of
from bot.words.yaml_tree import FilesBroken, read_tree

FLOW = """
flow: garden_day
about: not for families
first: ask_day
expires: {after: 2 days, say: "Text me again any time."}
steps:
  ask_day:
    ask: "Which day suits you?"
    choices:
      monday: "Monday"
      none: {label: "No day", go: bye}
    unclear: {tries: 2, say: "Please answer with a number.", go: bye}
    silent: {after: 2 hours, say: "Still there?"}
  look:
    look_up: {in: calendar.days, save: days}
    found: {say: {one: "One day is left.", other: "{days} days are left.", count: days}, go: bye}
    not_found: bye
  each_day:
    each: {of: days, as: day, say: "{day.date}", more: "More days", none: "No days."}
  bye: {say: "Text STOP to end.", end: yes}
"""


def contexts(source: str) -> dict[str, str | tuple[str, str]]:
    return {found.context: found.msgid for found in texts_of(read_tree(source, "x.yaml"))}


def test_every_slot_of_a_flow_is_found_with_its_context() -> None:
    assert contexts(FLOW) == {
        "garden_day/expires.say": "Text me again any time.",
        "garden_day/ask_day/ask": "Which day suits you?",
        "garden_day/ask_day/choices.monday": "Monday",
        "garden_day/ask_day/choices.none": "No day",
        "garden_day/ask_day/unclear.say": "Please answer with a number.",
        "garden_day/ask_day/silent.say": "Still there?",
        "garden_day/look/found.say": ("One day is left.", "{days} days are left."),
        "garden_day/each_day/each.say": "{day.date}",
        "garden_day/each_day/each.more": "More days",
        "garden_day/each_day/each.none": "No days.",
        "garden_day/bye/say": "Text STOP to end.",
    }


def test_phrases_facts_and_what_works_everywhere_are_found() -> None:
    assert contexts('phrases: {hello: "Hello", days: {one: "a day", other: "{n} days", count: n}}') == {
        "phrase/hello": "Hello",
        "phrase/days": ("a day", "{n} days"),
    }
    assert contexts("facts: {no-ssn: {plain: You need no number., source_words: a law, risk: legal}}") == {
        "fact/no-ssn/plain": "You need no number.",
        "fact/no-ssn/source_words": "a law",
    }
    assert contexts('always: everywhere\nunclear: {tries: 2, say: "Again?"}') == {
        "always/unclear.say": "Again?"
    }


def test_a_file_of_another_kind_has_no_texts() -> None:
    assert contexts("- a\n- b") == {}
    assert contexts("heard: es") == {}
    assert contexts("steps: word\nflow: x") == {}


def test_babel_itself_finds_the_same_texts_with_their_contexts() -> None:
    # Babel's own annotation of a method's results is not what it reads
    found = list(extract(extract_flows, io.BytesIO(FLOW.encode())))  # type: ignore[arg-type]
    assert {str(context): message for _, message, _, context in found} == contexts(FLOW)
    assert {str(context): line for line, _, _, context in found}["garden_day/bye/say"] == 20


def test_translators_are_told_what_a_text_is_for() -> None:
    notes = {found.context: " ".join(found.notes) for found in texts_of(read_tree(FLOW, "x.yaml"))}
    assert "20 letters" in notes["garden_day/ask_day/choices.none"]
    assert "keep STOP" in notes["garden_day/bye/say"]
    assert notes["garden_day/ask_day/ask"] == ""


def test_all_broken_files_are_named_at_once() -> None:
    with pytest.raises(FilesBroken) as broken:
        template([("flows/a.yaml", "a: [b"), ("flows/b.yaml", "x: 1\nx: 2"), ("flows/c.yaml", FLOW)])
    assert [fault.file for fault in broken.value.faults] == ["flows/a.yaml", "flows/b.yaml"]


def test_two_flows_of_one_name_are_refused() -> None:
    with pytest.raises(FilesBroken, match="already"):
        template([("flows/a.yaml", FLOW), ("flows/b.yaml", FLOW)])


def test_every_text_of_the_shipped_flows_is_in_the_template() -> None:
    shipped = sorted(Path("flows").glob("*.yaml"))
    assert len(template([(str(path), path.read_text("utf-8")) for path in shipped])) > 50
