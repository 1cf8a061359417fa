"""The JSON Schema of flow files, so that editors complete the words, explain them and mark mistakes.

Made from the models: their descriptions are what an author reads while typing. Editors with the YAML
language server find it by the first line of each flow, `# yaml-language-server: $schema=.schema.json`.
"""

from collections.abc import Iterable
from typing import Any

from bot.flow.check.known import RESUME
from bot.flow.model import AlwaysFile, FlowFile, PhraseFile

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML language server knows best"""

Schema = dict[str, Any]


def schema(look_ups: Iterable[str] = (), actions: Iterable[str] = (), facts: Iterable[str] = ()) -> Schema:
    """The schema of all files in a flows folder; names are offered where they are given."""
    actions = set(actions)
    found: dict[str, Schema] = {}
    for model in (FlowFile, AlwaysFile, PhraseFile):
        made = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
        found |= made.pop("$defs", {})
        found[model.__name__] = made
    definitions: dict[str, Schema] = {name: _tidied(one) for name, one in sorted(found.items())}
    _offer(definitions["Step"]["properties"]["do"], sorted({*actions, RESUME} if actions else ()))
    _offer(definitions["Step"]["properties"]["fact"], sorted(facts))
    _offer(definitions["LookUp"]["properties"]["in"], sorted(look_ups))
    return {
        "$schema": DRAFT,
        "title": "A flow of Ally",
        "if": {"required": ["phrases"]},
        "then": {"$ref": "#/definitions/PhraseFile"},
        "else": {
            "if": {"required": ["always"]},
            "then": {"$ref": "#/definitions/AlwaysFile"},
            "else": {"$ref": "#/definitions/FlowFile"},
        },
        "definitions": definitions,
    }


_NOISE = ("title", "default", "examples")
"""What pydantic adds and an author need not see"""
_NAMED = ("properties", "patternProperties")


def _tidied(part: Any) -> Any:
    """Without titles, defaults and `or null`: a word that is not needed is left out, not empty."""
    if isinstance(part, list):
        return [_tidied(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {key: value for key, value in part.items() if key not in _NOISE and key != "anyOf"}
    kept = {
        key: {name: _tidied(one) for name, one in value.items()} if key in _NAMED else _tidied(value)
        for key, value in kept.items()
    }
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    options = [_tidied(one) for one in part.get("anyOf", ()) if one != {"type": "null"}]
    if len(options) == 1 and "$ref" not in options[0]:
        return {**options[0], **kept}
    return kept | {"anyOf": options} if options else kept


def _offer(part: Schema, names: list[str]) -> None:
    """Let editors offer these names; where none are given, any name of the right form stands."""
    if names:
        part.pop("pattern", None)
        part["enum"] = names
