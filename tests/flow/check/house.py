"""A small house in which one flow is checked: what always.yaml, phrases and heard files must hold."""

from pathlib import Path

from bot.cli.subject import read_subject
from bot.flow.check.known import PHRASES
from bot.flow.check.rules import check
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

FILES = {
    "flows/always.yaml": ALWAYS,
    "flows/menu.yaml": MENU,
    "flows/phrases.yaml": "phrases:\n"
    + "".join(f'  {name}: "{name.replace("_", " ")}"\n' for name in PHRASES),
    "messages/heard/en.yaml": HEARD,
    "facts/federal.yaml": FACTS,
}


def faults_of(folder: Path, files: dict[str, str], languages: tuple[str, ...] = ()) -> list[Fault]:
    """Write the house with these files instead of its own, and check it. Shape faults come alone."""
    for name, content in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    try:
        return check(read_subject(folder / "flows", folder / "messages", languages, folder / "facts"))
    except FilesBroken as broken:
        return broken.faults
