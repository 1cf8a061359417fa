"""What each route of the API takes, gives and asks for, written on the route itself.

The guard, the reading of bodies, the idempotency keys and the published document all read it from there; a
route without one is closed to everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import Flask
from pydantic import BaseModel
from sqlmodel import Session

from bot.broadcast.parts import Broadcasting
from bot.people.api_tokens import Caller
from bot.ports import Lane

View = TypeVar("View", bound=Callable[..., object])
_MARK: Final = "ally_operation"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that programs may ask for."""

    summary: str
    gives: type[BaseModel]
    scope: str
    takes: type[BaseModel] | None = None
    """The body"""
    query: type[BaseModel] | None = None
    status: int = 200
    writes: bool = True
    is_keyed: bool = False
    """Whether it wants an idempotency key"""
    rings: tuple[Lane, ...] = ()
    """Lanes that have work after it"""
    refusals: tuple[int, ...] = ()
    """Statuses beside those that every operation may answer"""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that was let in, in its transaction."""

    session: Session
    parts: Broadcasting
    caller: Caller


def operation_of(app: Flask, endpoint: str | None) -> Operation | None:
    """What the route of this endpoint is; None where it says nothing."""
    found: Operation | None = getattr(app.view_functions.get(endpoint or ""), _MARK, None)
    return found


def mark(view: Any, operation: Operation) -> None:
    """Write it on a view."""
    setattr(view, _MARK, operation)
