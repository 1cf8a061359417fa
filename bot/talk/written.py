"""A talk as a file (tests/talks/<flow>/<case>.yaml): what they say, what we say; read and written."""

import json
import re
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.ports import Channel
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, Tree, read_tree

STRANGER = "stranger"
"""Somebody whose number the school does not know"""
NO_ANSWER = "(no answer)"
THE_END = "the end"
"""Where a conversation stands that asks nothing"""

_STEP = rf"^([a-z][a-z0-9_]*/[a-z][a-z0-9_]*|{THE_END})$"
_TAP = r"^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*/[a-z0-9_:]+$"
_TIME = re.compile(r"^(\d{1,4}) (minute|hour|day)s?$")
_MOMENT = "%Y-%m-%d %H:%M"


def _period(said: Any) -> Any:
    if not isinstance(said, str):
        return said
    found = _TIME.match(said.strip())
    if found is None:
        raise ValueError("Write it like `20 minutes`, `3 hours` or `1 day`")
    return timedelta(**{f"{found[2]}s": int(found[1])})


def _moment(said: Any) -> Any:
    try:
        return datetime.strptime(said, _MOMENT) if isinstance(said, str) else said  # noqa: DTZ007
    except ValueError:
        raise ValueError("Write it like `2026-10-13 10:00`, as clocks at the school show it") from None


def _texts(said: Any) -> Any:
    """One text or a list; a block ends with a line end that nobody sends."""
    many = [said] if isinstance(said, str) else said
    if many == [NO_ANSWER] or not isinstance(many, list):
        return [] if many == [NO_ANSWER] else many
    return [one.strip("\n") if isinstance(one, str) else one for one in many]


class Part(BaseModel):
    """Base of both: unknown words are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Exchange(Part):
    """One thing that happens, and all that follows from it before the next."""

    they_say: str | None = Field(default=None, alias="they say")
    they_tap: str | None = Field(
        default=None, alias="they tap", pattern=_TAP, examples=["menu/what_do_you_need/dates"]
    )
    they_send: Literal["picture"] | None = Field(default=None, alias="they send")
    time_passes: Annotated[timedelta | None, BeforeValidator(_period)] = Field(
        default=None, alias="time passes", examples=["3 hours"]
    )
    the_person_closes: Literal["yes"] | None = Field(default=None, alias="the person closes")
    we_say: Annotated[list[str], BeforeValidator(_texts)] = Field(alias="we say")
    at: str = Field(pattern=_STEP, examples=["menu/what_do_you_need", THE_END])
    """The step whose question waits for an answer"""
    thread: Literal["open", "closed"] = "closed"
    """Whether a person has the conversation; the bot is quiet meanwhile"""

    @property
    def happenings(self) -> int:
        """How many things happen; a text may come with a tap (the button's label) or a picture."""
        others = (self.time_passes, self.the_person_closes)
        texted = any(one is not None for one in (self.they_say, self.they_tap, self.they_send))
        return texted + sum(one is not None for one in others)


class WrittenTalk(Part):
    """One talk: who, when, and every exchange in its order."""

    talk: str
    """What it shows, in a sentence"""
    family: str
    """A language (the first invented parent who speaks it), a sourcedId of the roster, or stranger"""
    language: str
    """The language of all that we say at the beginning"""
    now: Annotated[datetime, BeforeValidator(_moment)] = Field(examples=["2026-10-13 10:00"])
    """When it begins, in the school's time"""
    texted_before: Literal["yes", "no"] = Field(default="no", alias="texted before")
    """Whether the person knows us already: then the first answer carries no notice"""
    channel: Channel = "sms"
    fails: list[str] = Field(default_factory=list)
    """Actions of ours that do not work throughout this talk, e.g. set_language"""
    state: str = Field(default="us", pattern=r"^us(-[a-z]{2})?$")
    """The state whose facts hold beside the nation's, as us-ca"""
    turns: list[Exchange] = Field(min_length=1)


def read_talk(source: str, file: str) -> WrittenTalk:
    """Read one file. Raises FilesBroken with every fault: what happens without an answer is one of them."""
    tree = read_tree(source, file)
    talk = shaped(tree, WrittenTalk)
    faults = [fault for index in range(len(talk.turns)) if (fault := _misfit(tree, talk.turns, index))]
    if faults:
        raise FilesBroken(faults)
    return talk


def _misfit(tree: Tree, turns: list[Exchange], index: int) -> Fault | None:
    turn = turns[index]
    if turn.happenings != 1:
        wrong = "two things happen here." if turn.happenings else "nothing happens here."
        return tree.fault(("turns", index), wrong, "Write one of they say, time passes or the person closes.")
    if turn.the_person_closes and (index == 0 or turns[index - 1].thread == "closed"):
        wrong = "nobody has the conversation here, so nobody can close it."
        return tree.fault(("turns", index), wrong, "The turn before must end with `thread: open`.")
    return None


def write_talk(talk: WrittenTalk) -> str:
    """The file of a talk, as a person would write it; `read_talk` reads it back equal."""
    lines = [
        f"talk: {_scalar(talk.talk)}",
        f"family: {talk.family}",
        f"language: {talk.language}",
        f"now: {talk.now:{_MOMENT}}",
    ]
    lines += ["texted before: yes"] if talk.texted_before == "yes" else []
    lines += [f"channel: {talk.channel}"] if talk.channel != "sms" else []
    lines += [f"fails: [{', '.join(talk.fails)}]"] if talk.fails else []
    lines += [f"state: {talk.state}"] if talk.state != "us" else []
    lines.append("turns:")
    for turn in talk.turns:
        lines += _turn_lines(turn)
    return "\n".join(lines) + "\n"


def _turn_lines(turn: Exchange) -> list[str]:
    words = [
        f"{name}: {_scalar(said)}"
        for name, said in (
            ("they say", turn.they_say),
            ("they tap", turn.they_tap),
            ("they send", turn.they_send),
            ("time passes", None if turn.time_passes is None else period_said(turn.time_passes)),
            ("the person closes", turn.the_person_closes),
        )
        if said is not None
    ]
    words += _said_lines(turn.we_say)
    words.append(f"at: {turn.at}")
    words += ["thread: open"] if turn.thread == "open" else []
    return [f"  - {words[0]}", *(f"    {word}".rstrip() for word in words[1:])]


def _said_lines(said: list[str]) -> list[str]:
    if not said:
        return [f"we say: {NO_ANSWER}"]
    if len(said) == 1:
        return ["we say: |", *(f"  {line}" for line in said[0].split("\n"))]
    return ["we say:"] + [
        line for one in said for line in ("  - |", *(f"    {inner}" for inner in one.split("\n")))
    ]


def period_said(period: timedelta) -> str:
    """A period as the file writes it, in the largest unit that fits."""
    minutes = int(period.total_seconds() // 60)
    for unit, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes % size == 0:
            amount = minutes // size
            return f"{amount} {unit}{'' if amount == 1 else 's'}"
    raise AssertionError("a period is whole minutes")


def _scalar(said: str) -> str:
    """Plain where nobody could take it for anything else, quoted otherwise."""
    if re.fullmatch(r"[\w¿¡][\w ,.'/¿¡?!-]*", said) and said == said.strip():
        return said
    return json.dumps(said, ensure_ascii=False)
