"""A flow as a Mermaid flowchart: its steps, the answers on the arrows, and where it waits."""

from bot.flow.check.ways import END
from bot.flow.load import Flow
from bot.flow.outline import Arrow, Box, outline

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
_LONGEST = 60
_FINISH = "finish_of_flow"


def mermaid(flow: Flow) -> str:
    """The flowchart, ready for any viewer of Mermaid; a step that waits for somebody has a thick edge."""
    boxes = outline(flow)
    lines = ["flowchart TD", f'  flow_begins(["{_safe(flow.name)}"]) --> {_id(flow.file.first)}']
    for topic, opened in flow.file.starts_with.topics.items():
        lines.append(f'  topic_{topic}>"they say: {_safe(topic)}"] -.-> {_id(opened or flow.file.first)}')
    lines += [f"  {_node(box)}" for box in boxes]
    lines += [f"  {_line(box, arrow)}" for box in boxes for arrow in box.arrows]
    if any(arrow.target == END for box in boxes for arrow in box.arrows):
        lines.append(f'  {_FINISH}(("end"))')
    waiting = [_id(box.name) for box in boxes if box.waits]
    if waiting:
        lines += ["  classDef waits stroke-width:3px", f"  class {','.join(waiting)} waits"]
    return "\n".join(lines) + "\n"


def _id(name: str) -> str:
    """A node's name; `end` and other words of Mermaid become harmless with a prefix."""
    return f"step_{name}"


def _node(box: Box) -> str:
    opened, closed = _SHAPES[box.kind]
    words = _short(box.words)
    return f'{_id(box.name)}{opened}"{_safe(box.name)}{f"<br/>{words}" if words else ""}"{closed}'


def _line(box: Box, arrow: Arrow) -> str:
    label = f'|"{_short(arrow.words)}"|' if arrow.words else ""
    target = _FINISH if arrow.target == END else _id(arrow.target)
    return f"{_id(box.name)} {'-.->' if arrow.is_by_time else '-->'}{label} {target}"


def _short(text: str) -> str:
    return _safe(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…")


def _safe(text: str) -> str:
    """Text inside Mermaid's double quotes."""
    for sign, instead in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(sign, instead)
    return text
