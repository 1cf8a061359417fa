"""The whole vocabulary of a flow file, closed: what a school employee may write, and nothing else.

The JSON Schema for editors is made from these models, so each description is what an author reads.
Every value arrives as text (see yaml_tree) and is converted here.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
StepName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="A step of this flow")]


class Part(BaseModel):
    """Base of every part: unknown words are refused and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Say(Part):
    """A text, in English; or one/other with the count that chooses between them."""

    one: str | None = Field(default=None, description="The text when the count is one")
    other: str = Field(description="The text; with `one`, the text for every other count")
    count: str | None = Field(default=None, description="The saved number or list that is counted")

    @property
    def is_plural(self) -> bool:
        """Whether a count chooses the wording."""
        return self.count is not None


def _text(value: Any) -> Any:
    return {"other": value} if isinstance(value, str) else value


def _go(value: Any) -> Any:
    return {"go": value} if isinstance(value, str) else value


def _label(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


def _topics(value: Any) -> Any:
    return dict.fromkeys(value, "") if isinstance(value, list) else value


def _saved(value: Any) -> Any:
    return {value: ""} if isinstance(value, str) else value


class Wait(Part):
    """A length of time: `2 hours`, `3 days` or `4 office hours`."""

    amount: float
    unit: Literal["minutes", "hours", "days", "office hours"]


_WAIT = re.compile(r"^\s*(\d{1,3}(?:\.5)?)\s+(minute|hour|day|office hour)s?\s*$")


def _wait(value: Any) -> Any:
    match = _WAIT.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a time like `2 hours`, `3 days` or `4 office hours`")
    return {"amount": float(match[1]), "unit": f"{match[2]}s"}


Text = Annotated[Say, BeforeValidator(_text)]
Duration = Annotated[Wait, BeforeValidator(_wait)]


class Branch(Part):
    """What happens next: perhaps a text, then a step."""

    say: Text | None = None
    go: StepName | None = None


Next = Annotated[Branch, BeforeValidator(_go)]


class Choice(Part):
    """One possible answer: what the person sees, and where it leads."""

    label: str = Field(description="What the person reads; 20 characters fit a WhatsApp button, 24 a list")
    go: StepName | None = None


class Answer(Part):
    """An open answer: what it must be and where it is kept."""

    save: Name
    type: str = Field(pattern=r"^(text|number|date|yes_no|phone|directory\.[a-z_]+)$")
    allow_typos: bool = False


class Unclear(Part):
    """What happens when an answer is not understood."""

    tries: int = Field(default=2, ge=1, le=5)
    say: Text | None = None
    go: StepName | None = None


class Later(Part):
    """What happens when time has passed without an answer."""

    after: Duration
    say: Text | None = None
    go: StepName | None = None


class Unanswered(Later):
    """What happens when the person at school has not answered in time."""

    to: Name | None = None


class LookUp(Part):
    """A question to the directory or the calendar; other keys are what to look for."""

    model_config = ConfigDict(extra="allow", frozen=True)

    in_: str = Field(alias="in", pattern=r"^[a-z_]+\.[a-z_]+$")
    save: Name
    limit: int = Field(default=5, ge=1, le=50)

    @property
    def where(self) -> dict[str, str]:
        """What to look for, by name."""
        return {key: str(value) for key, value in (self.model_extra or {}).items()}


class Each(Part):
    """Up to five results of a look-up, a line each."""

    of: Name = Field(description="The saved list")
    as_: Name = Field(alias="as", description="The name of one result inside `say`")
    say: Text
    more: str | None = Field(default=None, description="Label of the choice that shows the next five")
    none: Text | None = Field(default=None, description="What to say when the list is empty")


class Escalate(Part):
    """Hand the conversation to a person."""

    to: Name
    topic: str = ""


class Step(Part):
    """One step. It does one thing: say, ask, fact, look_up, each, if_known, do, run, escalate or end."""

    ask: Text | None = None
    choices: dict[str, Annotated[Choice, BeforeValidator(_label)]] | None = None
    also_understands: dict[Name, str] | None = Field(default=None, description="topic: choice value")
    answer: Answer | None = None
    unclear: Unclear | None = None
    silent: Later | None = None
    expires: Later | None = None
    say: Text | None = None
    fact: str | None = Field(default=None, pattern=r"^[a-z0-9-]+$")
    each: Each | None = None
    look_up: LookUp | None = None
    found: Next | None = None
    not_found: Next | None = None
    if_known: dict[str, StepName] | None = None
    otherwise: StepName | None = None
    do: Name | None = Field(default=None, description="An action of the registry")
    done: Next | None = None
    failed: Next | None = None
    run: Name | None = Field(default=None, description="Another flow; it comes back to `done`")
    escalate: Escalate | None = None
    unanswered: Unanswered | None = None
    closed: StepName | None = None
    save: Annotated[dict[str, str], BeforeValidator(_saved)] | None = Field(
        default=None, description="A name for the choice made, or name: value pairs to remember"
    )
    go: StepName | None = None
    end: bool = False


class StartsWith(Part):
    """What opens this flow when a parent says it in her own words."""

    topics: Annotated[dict[Name, str], BeforeValidator(_topics)] = Field(
        default_factory=dict, description="A list of topics, or topic: step where one opens elsewhere"
    )


class FlowFile(Part):
    """One conversation."""

    flow: Name
    about: str
    starts_with: StartsWith = StartsWith()
    first: StepName
    expires: Later | None = None
    moved: dict[StepName, StepName] = Field(default_factory=dict, description="old step: new step")
    steps: dict[StepName, Step] = Field(min_length=1)


class Interrupt(Part):
    """A word that works everywhere."""

    run: Name
    then: Literal["resume", "forget"] = "forget"


def _run(value: Any) -> Any:
    return {"run": value} if isinstance(value, str) else value


class AlwaysFile(Part):
    """What works everywhere, in every flow: always.yaml."""

    always: Literal["everywhere"]
    about: str
    interrupts: dict[Name, Annotated[Interrupt, BeforeValidator(_run)]]
    first_contact: Name = Field(description="The flow of a person's very first text")
    after_expiry: Name = Field(description="The flow offered when somebody comes back later")
    not_sure: Name = Field(description="The flow when nothing was understood")
    broken: Name = Field(description="The flow when something fails: it hands over to a person")
    unclear: Unclear
    expires: Later


class PhraseFile(Part):
    """Short texts of the program itself: phrases.yaml."""

    phrases: dict[Name, Text]
