"""The OpenAPI document, made from the routes and their models: it tells what they do."""

import re
from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from bot.people.api_tokens import SCOPES
from bot.web.api import keyed
from bot.web.api.guard import NAME
from bot.web.api.models import BIGGEST
from bot.web.api.operations import Operation, operation_of
from bot.web.api.problems import MEDIA_TYPE, ProblemDetails
from bot.web.api.routes import ROOT
from bot.web.bot_of import bot_of

_JSON: Final = "application/json"
_REF: Final = "#/components/schemas/{model}"
_EVERY: Final = (401, 403, 429, 500, 503)
_SAID: Final = {
    400: "This could not be read, or the idempotency key is missing",
    401: "There is no token, or it opens nothing any more",
    403: "The token does not allow it, or its account may not write to these families",
    404: "There is no such broadcast, or the token does not reach it",
    409: "It does not go together with how things stand: quiet hours, an old preview, a state",
    413: "The body is larger than 256 kB",
    415: "The body is not JSON",
    422: "It cannot be done as it was asked; `errors` names the places",
    429: "Too many requests; Retry-After says how many seconds to wait",
    500: "Something went wrong here; nothing was changed",
    503: "The service is not ready; nothing was changed",
}
_ABOUT: Final = """Other programs of a school text families in the name of whoever made their token.

Each request carries `Authorization: Bearer ally_...`. A token reaches what its account reaches, narrowed to
its scopes (`broadcasts:read`, `broadcasts:send`) and schools; what it does not reach is not there.
Quiet hours, STOP, approval by a second person and budgets hold as on the staff pages. No answer names a
family or a number.
"""


def add_to(api: Blueprint) -> None:
    """The document, open to everybody."""
    api.add_url_rule("/openapi.json", "document", document, methods=["GET"])


def document() -> ResponseReturnValue:
    """What programs may ask for."""
    return jsonify(described(current_app))


def described(app: Flask) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an application."""
    paths: dict[str, dict[str, Any]] = {"/openapi.json": {"get": _itself()}}
    for rule, method, operation in _operations(app):
        paths.setdefault(_path(rule), {})[method.lower()] = _operation(rule, operation)
    scheme = {"type": "http", "scheme": "bearer", "description": f"Scopes: {', '.join(SCOPES)}"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Ally", "version": "1", "description": _ABOUT},
        "servers": [{"url": bot_of(app).settings.public_url.rstrip("/") + ROOT}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": _schemas(app), "securitySchemes": {"token": scheme}},
    }


def _schemas(app: Flask) -> dict[str, Any]:
    """Of every body and answer, and all that they are made of."""
    models = {
        one
        for _, _, operation in _operations(app)
        for one in (operation.takes, operation.gives)
        if one is not None
    }
    wanted = [(one, "serialization" if one.__name__.endswith("Told") else "validation") for one in models]
    ordered: Any = sorted([*wanted, (ProblemDetails, "serialization")], key=lambda pair: pair[0].__name__)
    _, schemas = models_json_schema(ordered, ref_template=_REF)
    defined: dict[str, Any] = schemas["$defs"]
    return defined


def _operations(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    for rule in app.url_map.iter_rules():
        operation = operation_of(app, rule.endpoint) if rule.endpoint.startswith(f"{NAME}.") else None
        if operation is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, operation


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT))


def _operation(rule: Rule, operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": rule.endpoint.partition(".")[2],
        "summary": operation.summary,
        "description": f"Scope: `{operation.scope}`",
        "parameters": [*_path_parameters(rule), *_query(operation.query), *_key(operation)],
        "responses": {str(operation.status): _success(operation)},
    }
    if operation.takes is not None:
        told["requestBody"] = {"required": True, "content": {_JSON: {"schema": _ref(operation.takes)}}}
    body = (400, 413, 415, 422) if operation.takes is not None else ()
    query = (422,) if operation.query is not None else ()
    for status in sorted({*_EVERY, *operation.refusals, *body, *query}):
        told["responses"][str(status)] = _refusal(status)
    return told


def _path_parameters(rule: Rule) -> list[dict[str, Any]]:
    schema = {"type": "integer", "minimum": 0, "maximum": BIGGEST}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema} for name in sorted(rule.arguments)
    ]


def _query(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    properties = model.model_json_schema()["properties"] if model is not None else {}
    return [
        {"name": name, "in": "query", "schema": schema, "description": schema.pop("description", "")}
        for name, schema in properties.items()
    ]


def _key(operation: Operation) -> list[dict[str, Any]]:
    if not operation.is_keyed:
        return []
    about = (
        "A new one, e.g. a UUID, for each new request; the same one when it is sent again. For a week the"
        " same key with the same request does nothing again and is answered as before, with"
        f" `{keyed.REPLAYED}: true`."
    )
    schema = {"type": "string", "pattern": keyed.PATTERN}
    return [{"name": keyed.HEADER, "in": "header", "required": True, "schema": schema, "description": about}]


def _success(operation: Operation) -> dict[str, Any]:
    return {"description": operation.summary, "content": {_JSON: {"schema": _ref(operation.gives)}}}


def _refusal(status: int) -> dict[str, Any]:
    return {"description": _SAID[status], "content": {MEDIA_TYPE: {"schema": _ref(ProblemDetails)}}}


def _itself() -> dict[str, Any]:
    told = {"description": "OpenAPI 3.1", "content": {_JSON: {"schema": {"type": "object"}}}}
    about = {"operationId": "document", "summary": "This document", "security": []}
    return {**about, "responses": {"200": told}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}
