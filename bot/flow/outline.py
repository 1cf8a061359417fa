"""A flow in plain words: its steps, what each says or does, and where the answers lead. For any drawing."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.flow import model
from bot.flow.check.ways import END, Way, ways
from bot.flow.load import Flow

KINDS = ("ask", "if_known", "look_up", "run", "do", "escalate", "fact", "each", "say")
_WAITS = ("ask", "escalate")


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way on from a step."""

    words: str
    """What leads there: the label of a choice, found, not found ...; "" where nothing needs saying"""
    target: str
    """A step, or END"""
    is_by_time: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One step."""

    name: str
    kind: str
    words: str
    """What it says, asks or does, whole and in English"""
    arrows: tuple[Arrow, ...]

    @property
    def waits(self) -> bool:
        """Whether the conversation waits here for somebody."""
        return self.kind in _WAITS


def outline(flow: Flow) -> tuple[Box, ...]:
    """The steps in the order they were written."""
    return tuple(_box(flow, name, step) for name, step in flow.steps.items())


def _box(flow: Flow, name: str, step: model.Step) -> Box:
    kind = next((kind for kind in KINDS if getattr(step, kind) is not None), "say")
    return Box(name, kind, _words(step, kind), tuple(_arrows(flow, name, step)))


def _words(step: model.Step, kind: str) -> str:
    if step.ask is not None or kind == "say":
        text = step.ask or step.say
        return text.other if text is not None else _saved(step)
    if kind == "if_known":
        return "known?"
    parts = {
        "look_up": step.look_up and f"look up {step.look_up.in_}",
        "each": step.each and f"each of {step.each.of}",
        "escalate": step.escalate and f"ask {step.escalate.to}",
    }
    return parts.get(kind) or f"{kind} {getattr(step, kind)}"


def _saved(step: model.Step) -> str:
    return f"remember {', '.join(step.save)}" if step.save else ""


def _arrows(flow: Flow, name: str, step: model.Step) -> Iterator[Arrow]:
    for way in ways(name, step, flow.file.expires):
        if way.target is not None and (way.target in flow.steps or way.target == END):
            yield Arrow(_on_arrow(step, way), way.target, way.waits == "time")


def _on_arrow(step: model.Step, way: Way) -> str:
    kind, _, rest = way.branch.partition(".")
    if kind == "choices":
        return (step.choices or {})[rest].label
    if kind == "if_known":
        return rest
    return "" if kind in ("go", "answer") else kind.replace("_", " ")
