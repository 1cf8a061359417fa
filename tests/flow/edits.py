"""Random edits as staff make them: rename, delete, reword, reorder, add; `moved` declared or forgotten."""

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from bot.flow.load import Flow
from bot.flow.model import FlowFile
from bot.words.yaml_tree import Tree

File = dict[str, Any]
_TARGETS = ("go", "otherwise", "closed")
_BRANCHES = ("found", "not_found", "done", "failed", "unclear", "silent", "expires", "unanswered")


def as_flow(file: File) -> Flow:
    """A flow from plain data, named by its content as load_flow does; without YAML, which is slow to read."""
    source = json.dumps(file)
    revision = hashlib.sha256(source.encode()).hexdigest()[:12]
    return Flow(str(file["flow"]), revision, FlowFile.model_validate(file), source, Tree("edited", "", {}))


def edited(file: File, dice: random.Random) -> File:
    """The file after one to three edits; every target still exists, as `ally check` would have it."""
    new = deepcopy(file)
    for edit in dice.choices(EDITS, k=dice.randint(1, 3)):
        edit(new, dice)
    return new


def _rename(file: File, dice: random.Random, *, declared: bool = True) -> None:
    old = dice.choice(list(file["steps"]))
    new = f"{old}_{dice.randint(10, 99)}"
    file["steps"] = {new if name == old else name: step for name, step in file["steps"].items()}
    _point(file, old, new)
    if declared:
        moved = {name: new if target == old else target for name, target in file.get("moved", {}).items()}
        file["moved"] = moved | {old: new}


def _rename_silently(file: File, dice: random.Random) -> None:
    _rename(file, dice, declared=False)


def _delete(file: File, dice: random.Random) -> str:
    """Take a step out; what led to it leads to one that came after it, so that the flow still ends."""
    old: str = dice.choice(list(file["steps"]))
    after = sorted(_after(file, old))
    if not after:
        return ""
    del file["steps"][old]
    _point(file, old, dice.choice(after))
    return old


def _delete_and_move(file: File, dice: random.Random) -> None:
    if old := _delete(file, dice):
        file["moved"] = {**file.get("moved", {}), old: dice.choice(list(file["steps"]))}


def _after(file: File, name: str) -> set[str]:
    """All steps that can come after this one."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        step = file["steps"][waiting.pop()]
        fresh = {target for target in _targets(step) if target not in found}
        found |= fresh
        waiting += fresh
    return found


def _targets(step: File) -> Iterator[str]:
    branches = [*(step.get(key) for key in _BRANCHES), *step.get("choices", {}).values()]
    ends = [step.get(key) for key in _TARGETS] + [
        one.get("go") if isinstance(one, dict) else one for one in branches
    ]
    yield from (end for end in [*ends, *step.get("if_known", {}).values()] if end)


def _reword(file: File, dice: random.Random) -> None:
    for step in file["steps"].values():
        for slot in ("say", "ask"):
            if isinstance(step.get(slot), str) and dice.random() < 0.5:
                step[slot] = f"{step[slot]} (new)"


def _reorder(file: File, dice: random.Random) -> None:
    names = list(file["steps"])
    dice.shuffle(names)
    file["steps"] = {name: file["steps"][name] for name in names}


def _shuffle_choices(file: File, dice: random.Random) -> None:
    for step in file["steps"].values():
        if "choices" in step:
            values = list(step["choices"])
            dice.shuffle(values)
            step["choices"] = {
                value: step["choices"][value] for value in values[: dice.randint(1, len(values))]
            }


def _add_between(file: File, dice: random.Random) -> None:
    after = dice.choice(list(file["steps"]))
    step = file["steps"][after]
    if isinstance(step.get("go"), str):
        name = f"added_{dice.randint(100, 999)}"
        file["steps"][name] = {"say": "Something new.", "go": step["go"]}
        step["go"] = name


def _point(file: File, old: str, new: str) -> None:
    """Let all that led to one step lead to another."""
    file["first"] = new if file["first"] == old else file["first"]
    file["moved"] = {name: new if target == old else target for name, target in file.get("moved", {}).items()}
    for step in file["steps"].values():
        for key in _TARGETS:
            if step.get(key) == old:
                step[key] = new
        for branch in [*(step.get(key) for key in _BRANCHES), *step.get("choices", {}).values()]:
            if isinstance(branch, dict) and branch.get("go") == old:
                branch["go"] = new
        for key in ("found", "not_found", "done", "failed"):
            if step.get(key) == old:
                step[key] = new
        if "if_known" in step:
            known = step["if_known"].items()
            step["if_known"] = {name: new if target == old else target for name, target in known}


EDITS: list[Callable[[File, random.Random], object]] = [
    _rename,
    _rename_silently,
    _delete,
    _delete_and_move,
    _reword,
    _reorder,
    _shuffle_choices,
    _add_between,
]
