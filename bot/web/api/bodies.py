"""Reads what a program sent: JSON and nothing else, exactly as the operation takes it."""

from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.web.api.problems import Problem

_MOST = 20
"""Faults that are told of one body"""


def read_body(model: type[BaseModel]) -> BaseModel:
    """The body of this request. Raises Problem 400, 413, 415 or 422."""
    if (
        request.mimetype != "application/json"
        or request.headers.get("Content-Encoding", "identity") != "identity"
    ):
        raise Problem(415, "media-type", headers={"Accept-Post": "application/json"})
    try:
        return model.model_validate_json(request.get_data(cache=False))
    except ValidationError as error:
        raise _problem(error) from None


def read_query(model: type[BaseModel]) -> BaseModel:
    """The query of this request. Raises Problem 422."""
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _problem(error) from None


def _problem(error: ValidationError) -> Problem:
    """What is wrong where; never what was sent."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Problem(400, "json", "The body is no JSON.")
    told = [{"field": _pointer(fault), "detail": fault["msg"]} for fault in faults[:_MOST]]
    return Problem(422, "invalid", errors=told)


def _pointer(fault: ErrorDetails) -> str:
    """RFC 6901."""
    parts: list[Any] = [part for part in fault["loc"] if part != "[key]"]
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1")[:64] for part in parts)
