"""Holds a YAML tree against a model; every fault says where it is and how to mend it."""

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.words.nearest import did_you_mean, nearest
from bot.words.remark import Remark, joined, remark
from bot.words.yaml_tree import Fault, FilesBroken, Trail, Tree

FileModel = TypeVar("FileModel", bound=BaseModel)


def shaped(tree: Tree, model: type[FileModel]) -> FileModel:
    """Check a tree against a model. Raises FilesBroken with a fault for everything that does not fit."""
    try:
        return model.model_validate(tree.plain)
    except ValidationError as error:
        items: list[dict[str, Any]] = [dict(item) for item in error.errors(include_url=False)]
        misspelled = {_meant(model, item["loc"]) for item in items if item["type"] == "extra_forbidden"}
        faults = {
            _fault(tree, model, item)
            for item in items
            if item["type"] != "missing" or tuple(item["loc"]) not in misspelled
        }
        raise FilesBroken(sorted(faults)) from None


def _meant(model: type[BaseModel], path: Trail) -> Trail:
    """Where the word stands that an unknown one was meant to be."""
    return (*path[:-1], nearest(str(path[-1]), words_at(model, path)) or "")


def _fault(tree: Tree, model: type[BaseModel], item: dict[str, Any]) -> Fault:
    path: Trail = tuple(item["loc"])
    kind, word = item["type"], _word(path, tree)
    if kind == "extra_forbidden":
        words = words_at(model, path)
        fix = did_you_mean(
            word, words, remark("Words that may stand here: %(words)s.", words=", ".join(words))
        )
        return tree.fault(path, remark("`%(word)s` is not a word of the flow language here.", word=word), fix)
    if path and path[-1] == "[key]":
        return tree.fault(path[:-1], remark("`%(it)s` cannot be a name.", it=path[-2]), _NAME_FIX)
    if kind == "missing":
        return tree.fault(
            path[:-1],
            remark("`%(word)s` is missing here.", word=word),
            remark("Add `%(word)s: ...`.", word=word),
        )
    return _value_fault(tree, model, path, item)


def _value_fault(tree: Tree, model: type[BaseModel], path: Trail, item: dict[str, Any]) -> Fault:
    """The word may stand here, but not with this value."""
    kind, given, word = item["type"], item["input"], _word(path, tree)
    if isinstance(given, str) and not given.strip():
        return tree.fault(
            path,
            remark("`%(word)s` is empty.", word=word),
            remark("Write something after the colon, or remove the line."),
        )
    if kind == "string_pattern_mismatch":
        return tree.fault(
            path,
            remark("`%(given)s` cannot stand as `%(word)s`.", given=given, word=word),
            _pattern_fix(model, path, item),
        )
    wrong = (
        remark("`%(word)s: %(given)s` does not fit.", word=word, given=given)
        if isinstance(given, str)
        else remark("`%(word)s` holds %(given)s.", word=word, given=_form(given))
    )
    return tree.fault(path, wrong, _form_fix(model, path, kind) or _limit_fix(kind, item))


def _form_fix(model: type[BaseModel], path: Trail, kind: str) -> Remark | None:
    """What form the value must have."""
    if kind == "dict_type":
        info = _field_at(model, path)
        examples = info.examples if info else None
        if examples:
            return remark("Write it like `%(example)s`.", example=examples[0])
    inner = _model_at(model, path)
    if (
        kind in ("model_type", "model_attributes_type")
        and inner is not None
        and "other" in inner.model_fields
    ):
        return _FIXES["string_type"]
    return _FIXES.get(kind)


def _word(path: Trail, tree: Tree) -> str:
    """The last word of a path that a person wrote."""
    words = [part for part in path if isinstance(part, str)]
    return words[-1] if words else tree.file


def _form(given: Any) -> str:
    if isinstance(given, list):
        return remark("a list")
    if isinstance(given, dict):
        return remark("`key: value` lines") if given else remark("nothing")
    return f"`{given}`"


_NAME_FIX = remark("Use small letters, digits and _ only, starting with a letter.")
_LINES = remark("Write it as `key: value` lines, indented under it.")
_YES_OR_NO = remark("Write yes or no.")
_WHOLE_NUMBER = remark("Write a whole number.")
_FIXES = {
    "model_type": _LINES,
    "model_attributes_type": _LINES,
    "dict_type": _LINES,
    "string_type": remark("Write one text here; a text with a colon stands in double quotes."),
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "int_parsing": _WHOLE_NUMBER,
    "int_type": _WHOLE_NUMBER,
    "list_type": remark("Write a list: [one, two]."),
    "too_short": remark("Write at least one line under it."),
}


def _limit_fix(kind: str, item: dict[str, Any]) -> Remark:
    limits = item.get("ctx", {})
    if kind == "less_than_equal":
        return remark("The most is %(most)s.", most=limits["le"])
    if kind == "greater_than_equal":
        return remark("The least is %(least)s.", least=limits["ge"])
    if kind == "literal_error":
        return remark("Write %(names)s.", names=limits["expected"].replace("'", "`"))
    refusal = limits.get("error")
    if refusal is not None and refusal.args and isinstance(refusal.args[0], Remark):
        return refusal.args[0]
    said = str(item["msg"]).removeprefix("Value error, ")
    return remark("%(said)s.", said=f"{said[:1].upper()}{said[1:]}")


def _pattern_fix(model: type[BaseModel], path: Trail, item: dict[str, Any]) -> Remark:
    if item["ctx"]["pattern"].startswith("^[a-z][a-z0-9_]*"):
        return _NAME_FIX
    info = _field_at(model, path)
    examples = [str(example) for example in (info.examples if info else None) or []]
    if examples:
        like = remark("Write it like %(one)s.", one=joined([f"`{example}`" for example in examples]))
    else:
        like = remark("It must fit %(pattern)s.", pattern=item["ctx"]["pattern"])
    return did_you_mean(str(item["input"]), examples, like)


# --- which words may stand where ----------------------------------------------------------------


def words_at(model: type[BaseModel], path: Trail) -> list[str]:
    """The words of the language that may stand where `path` ends."""
    here = _model_at(model, path[:-1])
    return [info.alias or name for name, info in here.model_fields.items()] if here else []


def _model_at(model: type[BaseModel], path: Trail) -> type[BaseModel] | None:
    here: Any = model
    for part in path:
        here = _inside(here, part)
    found = _plain_type(here)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _field_at(model: type[BaseModel], path: Trail) -> FieldInfo | None:
    here = _model_at(model, path[:-1])
    fields = here.model_fields.items() if here else ()
    return next((info for name, info in fields if (info.alias or name) == path[-1]), None)


def _inside(annotation: Any, part: str | int) -> Any:
    """The type of one part: a field of a model, a value of a mapping, an item of a list."""
    found = _plain_type(annotation)
    if isinstance(found, type) and issubclass(found, BaseModel):
        fields = found.model_fields.items()
        return next((info.annotation for name, info in fields if (info.alias or name) == part), None)
    if get_origin(found) is dict:
        return get_args(found)[1]
    return get_args(found)[0] if get_origin(found) is list else None


def _plain_type(annotation: Any) -> Any:
    """A type without what Annotated adds to it and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        return _plain_type(inner[0]) if inner else None
    return annotation
