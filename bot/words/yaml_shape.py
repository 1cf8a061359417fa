"""Holds a YAML tree against a model; every fault says where it is and how to mend it."""

import difflib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.words.yaml_tree import Fault, FilesBroken, Trail, Tree

FileModel = TypeVar("FileModel", bound=BaseModel)


def shaped(tree: Tree, model: type[FileModel]) -> FileModel:
    """Check a tree against a model. Raises FilesBroken with a fault for everything that does not fit."""
    try:
        return model.model_validate(tree.plain)
    except ValidationError as error:
        faults = [_fault(tree, model, dict(item)) for item in error.errors(include_url=False)]
        raise FilesBroken(sorted(set(faults))) from None


def _fault(tree: Tree, model: type[BaseModel], item: dict[str, Any]) -> Fault:
    path: Trail = tuple(item["loc"])
    kind, word = item["type"], str(path[-1]) if path else tree.file
    if kind == "extra_forbidden":
        return tree.fault(
            path, f"`{word}` is not a word of the flow language here.", _did_you_mean(model, path)
        )
    if path and path[-1] == "[key]":
        return tree.fault(path[:-1], f"`{path[-2]}` cannot be a name.", _NAME_FIX)
    if kind == "missing":
        return tree.fault(path[:-1], f"`{word}` is missing here.", f"Add `{word}: ...`.")
    if kind == "string_pattern_mismatch":
        pattern = item.get("ctx", {}).get("pattern", "")
        fix = _NAME_FIX if pattern.startswith("^[a-z][a-z0-9_]*") else f"It must fit {pattern}."
        return tree.fault(path, f"`{item['input']}` cannot stand as `{word}`.", fix)
    said = str(item["msg"]).removeprefix("Value error, ")
    return tree.fault(path, f"`{word}` does not fit: {said[:1].lower()}{said[1:]}.", _kind_fix(kind))


_NAME_FIX = "Use small letters, digits and _ only, starting with a letter."


def _kind_fix(kind: str) -> str:
    fixes = {
        "model_type": "Write it as `key: value` lines, indented under it.",
        "model_attributes_type": "Write it as `key: value` lines, indented under it.",
        "dict_type": "Write it as `key: value` lines, indented under it.",
        "string_type": "Write one text here.",
        "bool_parsing": "Write yes or no.",
        "int_parsing": "Write a whole number.",
        "list_type": "Write a list: [one, two].",
    }
    return fixes.get(kind, "")


def words_at(model: type[BaseModel], path: Trail) -> list[str]:
    """The words of the language that may stand where `path` ends."""
    here: Any = model
    for part in path[:-1]:
        here = _inside(here, str(part))
        if here is None:
            return []
    return [info.alias or name for name, info in here.model_fields.items()]


def _inside(model: Any, part: str) -> Any:
    for name, info in getattr(model, "model_fields", {}).items():
        if part == (info.alias or name):
            return _part_model(info.annotation)
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _part_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _part_model(inner)
        if found is not None and found.model_config.get("extra") != "allow":
            return found
    return None


def _did_you_mean(model: type[BaseModel], path: Trail) -> str:
    words = words_at(model, path)
    close = difflib.get_close_matches(str(path[-1]), words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    return f"Words that may stand here: {', '.join(words)}." if words else ""
