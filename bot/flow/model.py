"""The whole vocabulary of a flow file, closed: what a school employee may write, and nothing else.

The JSON Schema for editors is made from these models, so each description is what an author reads.
Every value arrives as text (see yaml_tree) and is converted here.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from bot.words.remark import remark

_NAME = r"^[a-z][a-z0-9_]*$"
_WAIT = r"^\s*(\d{1,3}(?:\.5)?)\s+(minute|hour|day|office hour)s?\s*$"

Name = Annotated[str, Field(pattern=_NAME)]
StepName = Annotated[str, Field(pattern=_NAME)]
Flag = Annotated[bool, WithJsonSchema({"enum": ["yes", "no", True, False]})]
Loose = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""A short value: an editor takes 10 for a number and yes for a truth, the program takes both as text"""


class Part(BaseModel):
    """Base of every part: unknown words are refused and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Say(Part):
    """A text, in English; or one and other, with the count that chooses between them."""

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


def _run(value: Any) -> Any:
    return {"run": value} if isinstance(value, str) else value


class Wait(Part):
    """A length of time: `2 hours`, `3 days` or `4 office hours`."""

    amount: float
    unit: Literal["minutes", "hours", "days", "office hours"]


def _wait(value: Any) -> Any:
    match = re.match(_WAIT, value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(remark("Write a time like `2 hours`, `3 days` or `4 office hours`."))
    return {"amount": float(match[1]), "unit": f"{match[2]}s"}


Text = Annotated[Say, BeforeValidator(_text, json_schema_input_type=str | Say)]
Duration = Annotated[Wait, BeforeValidator(_wait), WithJsonSchema({"type": "string", "pattern": _WAIT})]


class Branch(Part):
    """What happens next: perhaps a text, then a step."""

    say: Text | None = Field(default=None, description="A text before going on")
    go: StepName | None = Field(default=None, description="The step that follows")


Next = Annotated[Branch, BeforeValidator(_go, json_schema_input_type=StepName | Branch)]


class Choice(Part):
    """One possible answer: what the person sees, and where it leads."""

    label: str = Field(description="What the person reads; 20 characters fit a WhatsApp button, 24 a list")
    go: StepName | None = Field(default=None, description="The step that this choice leads to")


Labelled = Annotated[Choice, BeforeValidator(_label, json_schema_input_type=str | Choice)]


class Answer(Part):
    """An open answer: what it must be and where it is kept."""

    save: Name = Field(description="The name under which the answer is remembered")
    type: str = Field(
        pattern=r"^(text|number|date|yes_no|phone|one_of|directory\.[a-z_]+)$",
        examples=["text", "number", "date", "yes_no", "phone", "one_of", "directory.schools"],
        description="What the answer must be: text, number, date, yes_no, phone, one of a saved list, "
        "or one of the directory",
    )
    of: Name | None = Field(default=None, description="With type one_of: the saved list to choose from")
    allow_typos: Flag = Field(default=False, description="yes: a misspelled name is still found")


class UnclearAnywhere(Part):
    """What happens in every flow when an answer is not understood; after the last try a person is asked."""

    tries: int = Field(default=2, ge=1, le=5, description="How often it is asked again, 1 to 5")
    say: Text | None = Field(default=None, description="What to say instead of `I did not understand`")


class Unclear(UnclearAnywhere):
    """What happens when an answer is not understood."""

    go: StepName | None = Field(default=None, description="The step after the last try; else a person")


class ExpiresAnywhere(Part):
    """When a question of any flow is given up; no step can follow, as it would be a step of no flow."""

    after: Duration = Field(description="`2 hours`, `3 days` or `4 office hours`")
    say: Text | None = Field(default=None, description="A text when the time has passed")


class Later(ExpiresAnywhere):
    """What happens when time has passed without an answer."""

    go: StepName | None = Field(default=None, description="The step when the time has passed")


class Unanswered(Later):
    """What happens when the person at school has not answered in time."""

    to: Name | None = Field(default=None, description="Who is asked next, such as district_office")


class LookUp(Part):
    """A question to the directory or the calendar; other keys are what to look for."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Loose] = Field(init=False)

    in_: str = Field(
        alias="in",
        pattern=r"^[a-z_]+\.[a-z_]+$",
        examples=["calendar.dates", "directory.liaisons"],
        description="Where to look, such as calendar.dates",
    )
    save: Name = Field(description="The name under which the results are remembered")
    limit: int = Field(default=5, ge=1, le=50, description="How many results at most, 1 to 50")

    @property
    def where(self) -> dict[str, str]:
        """What to look for, by name."""
        return {key: str(value) for key, value in (self.model_extra or {}).items()}


class Each(Part):
    """Results of a look-up, a line each, so many at a time."""

    of: Name = Field(description="The saved list")
    as_: Name = Field(alias="as", description="The name of one result inside `say`")
    say: Text = Field(description="The line for one result")
    at_once: int = Field(default=5, ge=1, le=9, description="How many are shown at a time, 1 to 9")
    more: str | None = Field(default=None, description="Label of the choice that shows the next ones")
    none: Text | None = Field(default=None, description="What to say when the list is empty")


class Escalate(Part):
    """Hand the conversation to a person."""

    to: Name = Field(description="Who is asked, such as liaison")
    topic: str = Field(default="", description="What it is about, for the person at school")


class Step(Part):
    """One step. It does one thing: say, ask, fact, each, look_up, if_known, do, run, escalate or end."""

    ask: Text | None = Field(default=None, description="A question; the conversation waits for the answer")
    choices: dict[str, Labelled] | None = Field(
        default=None, description="value: label. Numbers on SMS, buttons or a list on WhatsApp; at most 10"
    )
    also_understands: dict[Name, str] | None = Field(
        default=None, description="topic: choice value. Own words that mean one of the choices"
    )
    answer: Answer | None = Field(default=None, description="An open answer, instead of choices")
    unclear: Unclear | None = Field(default=None, description="When the answer is not understood")
    silent: Later | None = Field(default=None, description="A reminder when no answer comes")
    expires: Later | None = Field(default=None, description="When the question is given up")
    say: Text | None = Field(default=None, description="A text; the conversation goes on at once")
    fact: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9-]+$",
        examples=["enroll-any-status"],
        description="A reviewed fact of the rights library, told with its source; nothing else stands here",
    )
    each: Each | None = Field(default=None, description="The results of a look-up, a line each")
    look_up: LookUp | None = Field(default=None, description="A question to the directory or the calendar")
    found: Next | None = Field(default=None, description="After a look-up that found something")
    not_found: Next | None = Field(default=None, description="After a look-up that found nothing")
    if_known: dict[str, StepName] | None = Field(
        default=None, description="name: step. Goes to the first step whose name has a value"
    )
    otherwise: StepName | None = Field(default=None, description="The step when none is known")
    do: Name | None = Field(default=None, description="An action, such as set_language")
    done: Next | None = Field(default=None, description="After an action that worked, or a flow that ended")
    failed: Next | None = Field(default=None, description="After an action that did not work")
    run: Name | None = Field(default=None, description="Another flow; it comes back to `done`")
    escalate: Escalate | None = Field(default=None, description="Hands over to a person; the bot is quiet")
    unanswered: Unanswered | None = Field(default=None, description="When that person does not answer")
    closed: StepName | None = Field(default=None, description="The step when that person has finished")
    save: (
        Annotated[dict[str, str], BeforeValidator(_saved, json_schema_input_type=Name | dict[str, Loose])]
        | None
    ) = Field(default=None, description="A name for the choice made, or name: value pairs to remember")
    go: StepName | None = Field(default=None, description="The step that follows")
    end: Flag = Field(default=False, description="yes: the conversation ends here")


class StartsWith(Part):
    """What opens this flow when a parent says it in her own words."""

    topics: Annotated[
        dict[Name, str], BeforeValidator(_topics, json_schema_input_type=list[Name] | dict[Name, StepName])
    ] = Field(
        default_factory=dict,
        examples=["[rights, interpreter]"],
        description="A list of topics, or topic: step where one opens elsewhere",
    )


class FlowFile(Part):
    """One conversation."""

    flow: Name = Field(description="The name of this flow; the file is named the same")
    about: str = Field(description="What it is for, in a sentence, for colleagues")
    starts_with: StartsWith = Field(default=StartsWith(), description="What opens it")
    first: StepName = Field(description="The step it begins with")
    expires: Later | None = Field(default=None, description="When its questions are given up")
    moved: dict[StepName, StepName] = Field(
        default_factory=dict,
        description="old step: new step. Where people go on who stand in a step that is gone",
    )
    steps: dict[StepName, Step] = Field(min_length=1, description="The steps by name")


class Interrupt(Part):
    """A word that works everywhere."""

    run: Name = Field(description="The flow that it opens")
    then: Literal["resume", "forget"] = Field(
        default="forget", description="resume: afterwards the interrupted question is asked again"
    )


Opened = Annotated[Interrupt, BeforeValidator(_run, json_schema_input_type=Name | Interrupt)]


class AlwaysFile(Part):
    """What works everywhere, in every flow: always.yaml."""

    always: Literal["everywhere"] = Field(description="everywhere")
    about: str = Field(description="What it is for, in a sentence, for colleagues")
    interrupts: dict[Name, Opened] = Field(
        description="command: flow. Words that work in the middle of anything"
    )
    first_contact: Name = Field(description="The flow of a person's very first text")
    after_expiry: Name = Field(description="The flow offered when somebody comes back later")
    not_sure: Name = Field(description="The flow when nothing was understood")
    broken: Name = Field(description="The flow when something fails: it hands over to a person")
    unclear: UnclearAnywhere = Field(
        description="When an answer is not understood and the question says nothing"
    )
    expires: ExpiresAnywhere = Field(description="When any question is given up")


class PhraseFile(Part):
    """Short texts of the program itself: phrases.yaml."""

    phrases: dict[Name, Text] = Field(description="name: text")
