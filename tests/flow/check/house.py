"""A small house in which one flow is checked: what always.yaml, phrases and heard files must hold."""

from dataclasses import replace
from pathlib import Path

from bot.flow.check.rules import check
from bot.flow.check.subject import ActionWords, LookUpWords, Subject
from bot.talk.subject import read_subject
from bot.words.yaml_tree import Fault, FilesBroken

ALWAYS = """
always: everywhere
about: The least that every house has
interrupts: {menu: menu}
first_contact: menu
after_expiry: menu
not_sure: menu
broken: menu
unclear: {tries: 2}
expires: {after: 3 days}
"""

MENU = """
flow: menu
about: The least menu
first: hello
steps:
  hello: {say: "Hello! Text GARDEN for the garden day.", end: yes}
"""

HEARD = """
heard: en
commands:
  menu: ["menu", "0"]
topics:
  garden: ["garden day", "when is the garden day"]
"""

FACTS = """
jurisdiction: us
facts:
  meals:
    plain: "Every child can eat at school."
    source: "7 CFR 245"
    source_words: "a federal rule"
    status: in_force
    caveat: ""
    evidence: "seen"
    verified_on: 2026-06-20
    review_by: 2027-06-20
    reviewer: ""
    risk: low
    topics: [garden]
"""

PHRASES = {"sorry": frozenset[str](), "fact_source": frozenset({"source", "checked"})}

_PERSON = LookUpWords(
    frozenset({"school", "speaks", "role"}), frozenset({"value", "name", "school"}), frozenset({"phone"})
)
LOOK_UPS = {
    "directory.schools": LookUpWords(frozenset({"text"}), frozenset({"value", "name"})),
    "directory.liaisons": _PERSON,
    "directory.staff": _PERSON,
    "calendar.dates": LookUpWords(
        frozenset({"school", "kind"}),
        frozenset({"name", "days"}),
        frozenset({"starts_at", "ends_at"}),
        {"starts_at": frozenset({"ends_at"})},
    ),
}
ACTIONS = {
    "set_language": ActionWords(needs=frozenset({"new_language"})),
    "report_absence": ActionWords(needs=frozenset({"day"}), gives=frozenset({"is_changed"})),
}
RECIPIENTS = frozenset({"liaison", "office", "district_office"})

FILES = {
    "flows/always.yaml": ALWAYS,
    "flows/menu.yaml": MENU,
    "flows/phrases.yaml": "phrases:\n"
    + "".join(f'  {name}: "{name.replace("_", " ")}"\n' for name in PHRASES),
    "messages/heard/en.yaml": HEARD,
    "facts/federal.yaml": FACTS,
}


def furnished(subject: Subject) -> Subject:
    """The house with its own look-ups, actions ..., so that the program may grow without changing a case."""
    return replace(subject, look_ups=LOOK_UPS, actions=ACTIONS, recipients=RECIPIENTS, phrases=PHRASES)


def faults_of(folder: Path, files: dict[str, str]) -> list[Fault]:
    """Write the house with these files instead of its own, and check it. Shape faults come alone."""
    for name, content in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    try:
        return check(furnished(read_subject(folder / "flows", folder / "messages", facts=folder / "facts")))
    except FilesBroken as broken:
        return broken.faults
