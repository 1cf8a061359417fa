"""A flow as a Mermaid flowchart: its steps, the answers on the arrows, and where it waits."""

from collections.abc import Iterator

from bot.flow import model
from bot.flow.check.ways import END, Way, ways
from bot.flow.load import Flow

_SHAPES = {
    "ask": ("{{", "}}"),
    "if_known": ("{", "}"),
    "look_up": ("[(", ")]"),
    "run": ("[[", "]]"),
    "do": ("[/", "/]"),
    "escalate": ("[\\", "\\]"),
    "fact": (">", "]"),
    "each": ("[", "]"),
    "say": ("[", "]"),
}
"""Mermaid's shapes: a question is a hexagon, a look-up a drum, a decision a rhombus, a flow a double box"""
_WAITS = ("ask", "escalate")
_LONGEST = 60
_FINISH = "finish_of_flow"


def mermaid(flow: Flow) -> str:
    """The flowchart, ready for any viewer of Mermaid; a step that waits for somebody has a thick edge."""
    lines = ["flowchart TD", f'  flow_begins(["{_safe(flow.name)}"]) --> {_id(flow.file.first)}']
    for topic, opened in flow.file.starts_with.topics.items():
        lines.append(f'  topic_{topic}>"they say: {_safe(topic)}"] -.-> {_id(opened or flow.file.first)}')
    every: list[Way] = []
    for name, step in flow.steps.items():
        lines.append(f"  {_node(name, step)}")
        every += ways(name, step, flow.file.expires)
    lines += [f"  {line}" for line in _arrows(flow, every)]
    if any(way.target == END for way in every):
        lines.append(f'  {_FINISH}(("end"))')
    waiting = [_id(name) for name, step in flow.steps.items() if _kind(step) in _WAITS]
    if waiting:
        lines += ["  classDef waits stroke-width:3px", f"  class {','.join(waiting)} waits"]
    return "\n".join(lines) + "\n"


def _id(name: str) -> str:
    """A node's name; `end` and other words of Mermaid become harmless with a prefix."""
    return f"step_{name}"


def _kind(step: model.Step) -> str:
    return next((kind for kind in _SHAPES if getattr(step, kind) is not None), "say")


def _node(name: str, step: model.Step) -> str:
    kind = _kind(step)
    opened, closed = _SHAPES[kind]
    words = _words(step, kind)
    return f'{_id(name)}{opened}"{_safe(name)}{f"<br/>{words}" if words else ""}"{closed}'


def _words(step: model.Step, kind: str) -> str:
    """What a step says or does, short."""
    if step.ask is not None or kind == "say":
        text = step.ask or step.say
        return _short(text.other) if text is not None else _saved(step)
    if kind == "look_up" and step.look_up is not None:
        return f"look up {_safe(step.look_up.in_)}"
    if kind == "each" and step.each is not None:
        return f"each of {_safe(step.each.of)}"
    if kind == "escalate" and step.escalate is not None:
        return f"ask {_safe(step.escalate.to)}"
    if kind == "if_known":
        return "known?"
    return f"{kind} {_safe(str(getattr(step, kind)))}"


def _saved(step: model.Step) -> str:
    return f"remember {_safe(', '.join(step.save))}" if step.save else ""


def _arrows(flow: Flow, every: list[Way]) -> Iterator[str]:
    for way in every:
        if way.target is None or (way.target not in flow.steps and way.target != END):
            continue
        words = _on_arrow(flow.steps[way.source], way)
        arrow = "-.->" if way.waits == "time" else "-->"
        label = f'|"{words}"|' if words else ""
        yield f"{_id(way.source)} {arrow}{label} {_FINISH if way.target == END else _id(way.target)}"


def _on_arrow(step: model.Step, way: Way) -> str:
    kind, _, rest = way.branch.partition(".")
    if kind == "choices":
        return _short((step.choices or {})[rest].label)
    if kind == "if_known":
        return _safe(rest)
    return "" if kind in ("go", "answer") else kind.replace("_", " ")


def _short(text: str) -> str:
    return _safe(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…")


def _safe(text: str) -> str:
    """Text inside Mermaid's double quotes."""
    for sign, instead in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(sign, instead)
    return text
