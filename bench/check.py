"""How long `ally check` takes: 1,000 steps in 15 languages, read from files and proved.

`python -m bench.check [--steps N]`

Floor: reading the same flows as YAML alone, without a model, a catalog or a rule. Every text is translated
in every language of the program; the fifteenth has no catalog, so that all of its texts are missing.
"""

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from babel.messages.catalog import Catalog

from bench.machine import facts
from bot.flow.check.rules import RULES, check
from bot.flow.check.study import Study
from bot.flow.check.subject import SOURCE
from bot.talk.subject import FACTS, read_subject
from bot.words.extract import template
from bot.words.locales import LOCALES
from bot.words.plurals import rule_of
from bot.words.po_write import new_catalog, po_bytes
from bot.words.yaml_tree import read_tree

STEPS_A_FLOW = 20
FLOW = """flow: flow_{n}
about: One of many
starts_with: {{topics: [topic_{n}]}}
first: which_0
steps:
"""
PART = """  which_{i}:
    ask: "What would you like to know about garden day number {i}?"
    choices:
      dates: {{label: "Dates of day {w}", go: find_{i}}}
      many: {{label: "How many come {w}", go: many_{i}}}
      nothing: {{label: "Nothing more {w}", go: many_{i}}}
    unclear: {{tries: 2, say: "Please answer with a number.", go: many_{i}}}
  find_{i}:
    look_up: {{in: calendar.dates, kind: conference, save: dates_{i}}}
    found:
      say: {{one: "One date: {{dates_{i}}}.", other: "{{count}} dates: {{dates_{i}}}.", count: dates_{i}}}
      go: many_{i}
    not_found: {{say: "There are no dates in the calendar of {{school.name}}.", go: many_{i}}}
  many_{i}:
    ask: "How many of you will come?"
    answer: {{save: guests_{i}, type: number}}
    go: thanks_{i}
  thanks_{i}: {{say: "We look forward to all {{guests_{i}}} of you, {{school.name}}.", go: {next}}}
"""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def write_house(folder: Path, steps: int) -> list[Path]:
    """Write flows of so many steps, with a topic and a catalog for each language."""
    flows, heard = folder / "flows", folder / "messages" / "heard"
    for place in (flows, heard):
        place.mkdir(parents=True)
    for name in ("always", "phrases"):
        source = Path("flows", f"{name}.yaml").read_text("utf-8")
        (flows / f"{name}.yaml").write_text(source, encoding="utf-8")
    count = max(1, steps // STEPS_A_FLOW)
    for n in range(count):
        (flows / f"flow_{n}.yaml").write_text(_flow(n), encoding="utf-8")
    topics = "".join(f'  topic_{n}: ["garden day {n}"]\n' for n in range(count))
    for locale in LOCALES:
        text = f"heard: {locale}\ncommands: {{}}\ntopics:\n{topics}"
        (heard / f"{locale}.yaml").write_text(text, encoding="utf-8")
    paths = sorted(flows.glob("*.yaml"))
    _translate(folder / "messages", template((path.name, path.read_text("utf-8")) for path in paths))
    return paths


def _translate(folder: Path, english: Catalog) -> None:
    """A catalog for each language in which every text says the English again."""
    for locale in LOCALES:
        if locale == SOURCE:
            continue
        catalog = new_catalog(locale)
        forms = len(rule_of(locale).forms)
        for one in english:
            if one.id:
                said = one.id if isinstance(one.id, str) else (one.id[-1],) * forms
                catalog.add(one.id, said, context=one.context)
        path = folder / locale / "LC_MESSAGES" / "ally.po"
        path.parent.mkdir(parents=True)
        path.write_bytes(po_bytes(catalog))


def _flow(n: int) -> str:
    parts = STEPS_A_FLOW // 4
    body = "".join(
        PART.format(i=i, w=LETTERS[i], next=f"which_{i + 1}" if i + 1 < parts else "bye")
        for i in range(parts)
    )
    return FLOW.format(n=n) + body + '  bye: {say: "Goodbye.", end: yes}\n'


def main() -> None:
    """Print the times of one run, in seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1000)
    steps = parser.parse_args().steps
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_house(folder, steps)
        began = time.perf_counter()
        for path in paths:
            read_tree(path.read_text("utf-8"), path.name)
        floor = time.perf_counter() - began
        began = time.perf_counter()
        subject = read_subject(folder / "flows", folder / "messages", facts=FACTS)
        read = time.perf_counter() - began
    # Every language beside English, and one more that has no catalog: fifteen in all
    subject = replace(subject, locales=(*(one for one in LOCALES if one != SOURCE), "hmn"))
    began = time.perf_counter()
    faults = check(subject)
    proved = time.perf_counter() - began
    print(facts())
    total = sum(len(flow.steps) for flow in subject.shelf.flows.values())
    print(f"{total} steps, {len(subject.locales) + 1} languages, {len(faults)} faults")
    print(f"YAML alone {floor:.2f} s, read and shaped {read:.2f} s, proved {proved:.2f} s")
    print(
        f"whole check {read + proved:.2f} s, {(read + proved) / floor:.1f} times the YAML alone (limit 5 s)"
    )
    study = Study(subject)
    slow = sorted(((_seconds(rule, study), rule.__name__) for rule in RULES), reverse=True)[:5]
    print("slowest rules:", ", ".join(f"{name} {seconds:.2f} s" for seconds, name in slow))


def _seconds(rule: object, study: Study) -> float:
    began = time.perf_counter()
    list(rule(study))  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
