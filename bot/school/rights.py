"""The rights library: facts in plain words with their source, told only while somebody stands for them.

A fact past its review date, or one that was never confirmed, is withheld; a person is offered.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, read_tree

NATION = "us"


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("write a day as 2026-06-20") from None


Day = Annotated[date, BeforeValidator(_day)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenFact(_Part):
    """One fact as its file has it."""

    plain: str = Field(min_length=1, description="What the parent reads, at most grade 6")
    source: str = Field(min_length=1, description="The citation")
    source_words: str = Field(min_length=1, description="The source as a parent can read it")
    status: Literal["in_force", "volatile", "unconfirmed"]
    caveat: str = Field(description="What must never be promised; for staff")
    evidence: str = Field(min_length=1, description="What was seen, and of which date")
    verified_on: Day = Field(description="The day of the check against the sources")
    review_by: Day = Field(description="The last day on which it is told")
    reviewer: str = Field(description="The person who read and approved it; empty until then")
    risk: Literal["low", "legal"]
    topics: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _days_in_order(self) -> "WrittenFact":
        if self.review_by <= self.verified_on:
            raise ValueError("review_by must come after verified_on")
        return self


class FactsFile(_Part):
    """One file of facts: of the nation, or of a state that adds to it or says more."""

    jurisdiction: str = Field(pattern=r"^us(-[a-z]{2})?$")
    facts: dict[Annotated[str, Field(pattern=r"^[a-z0-9-]+$")], WrittenFact]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its name and where it holds."""

    id: str
    jurisdiction: str
    written: WrittenFact

    @property
    def plain(self) -> str:
        """What the parent reads, in English; msgctxt fact/<id>/plain."""
        return self.written.plain

    @property
    def source_words(self) -> str:
        """The source as a parent can read it, in English; msgctxt fact/<id>/source_words."""
        return self.written.source_words

    @property
    def verified_on(self) -> date:
        """The day of the check, which the parent is told."""
        return self.written.verified_on


@dataclass(frozen=True, slots=True)
class Withheld:
    """A fact that must not be told today: unknown, unconfirmed or past its review date."""

    reason: Literal["unknown", "unconfirmed", "review_is_due"]


class RightsLibrary:
    """The facts that hold in one place."""

    def __init__(self, facts: dict[str, Fact]) -> None:
        self._facts = facts

    def fact(self, id: str, today: date) -> Fact | Withheld:
        """A fact if it may be told today."""
        found = self._facts.get(id)
        if found is None:
            return Withheld("unknown")
        if found.written.status == "unconfirmed":
            return Withheld("unconfirmed")
        return found if today <= found.written.review_by else Withheld("review_is_due")

    def every(self) -> list[Fact]:
        """All facts, told or not, by name; for extraction, `ally check` and `ally rights`."""
        return [self._facts[id] for id in sorted(self._facts)]

    def due(self, today: date) -> list[Fact]:
        """The facts that somebody must look at: withheld today, most urgent first."""
        held = [one for one in self.every() if isinstance(self.fact(one.id, today), Withheld)]
        return sorted(held, key=lambda one: one.written.review_by)


def read_rights(folder: Path, jurisdiction: str = NATION) -> RightsLibrary:
    """Read every file of a folder; those of the nation hold, and those of `jurisdiction` (us-ca) over them.

    Raises FilesBroken with every fault of every file, also of states that are not chosen.
    """
    faults: list[Fault] = []
    files: list[FactsFile] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            tree = read_tree(path.read_text(encoding="utf-8"), path.name)
            files.append(shaped(tree, FactsFile))
        except FilesBroken as broken:
            faults += broken.faults
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(path.name, 1, 1, f"cannot be read: {error}.", "Save it as UTF-8."))
    if not faults and not any(file.jurisdiction == NATION for file in files):
        faults.append(Fault(str(folder), 1, 1, "no file of the nation is here.", "Add federal.yaml."))
    if faults:
        raise FilesBroken(faults)
    facts: dict[str, Fact] = {}
    for place in dict.fromkeys((NATION, jurisdiction)):
        for file in files:
            if file.jurisdiction == place:
                facts |= {id: Fact(id, place, written) for id, written in file.facts.items()}
    return RightsLibrary(facts)
