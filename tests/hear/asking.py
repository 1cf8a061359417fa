"""Judges how asking for a person is heard (asks_person/*.yaml), for its test and its bench."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.hear.danger import danger
from bot.hear.heard import read_heard
from bot.hear.topics import LEAD_TO_A_PERSON, PERSON
from bot.hear.understand import Hearing
from bot.words.plain import plain

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = Path(__file__).parent / "asks_person"


@dataclass
class Judged:
    """The sentences of one language that are not among the examples, and those that went wrong."""

    counts: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)


@cache
def hearing() -> Hearing:
    """What parents say, as shipped."""
    return Hearing(read_heard(ROOT / "messages" / "heard"))


def heard_as(said: str, locale: str) -> frozenset[str]:
    """Every command and topic that one text is taken for, danger before them."""
    if (alarm := danger(said)) is not None:
        return frozenset({alarm})
    understood = hearing().understand(said, locale)
    return frozenset(filter(None, (understood.command, understood.topic, *understood.also)))


def judged(locale: str, first: int = 0, step: int = 1) -> Judged:
    """The sentences of one language, from the `first` on, every `step`th."""
    language = hearing().heard.languages[locale]
    known = {said for listed in language.topics.values() for said in listed} | set(language.commands)
    told = YAML(typ="safe").load(SENTENCES / f"{locale}.yaml")
    found = Judged()
    for kind, listed in told.items():
        held_out = [said for said in listed[first::step] if plain(said) not in known]
        found.counts[kind] = len(held_out)
        found.wrong[kind] = [said for said in held_out if not _is_right(kind, heard_as(said, locale))]
    return found


def _is_right(kind: str, names: frozenset[str]) -> bool:
    if kind == "person":
        return PERSON in names
    if kind == "speaker":
        return bool(names & LEAD_TO_A_PERSON)
    return PERSON not in names if kind == "other" else names <= {"danger", "self_harm"} and bool(names)
