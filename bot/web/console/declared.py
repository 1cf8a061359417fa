"""What a route asks of whoever calls it, written on the route itself; the guard reads it before each request.

    @page.get("/<int:school_id>")
    @needs("administrator", school="school_id")
    def show(school_id: int) -> str:

A route of the console without one of these is refused to everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from flask import Flask

from bot.people.access import ROLES, Role

View = TypeVar("View", bound=Callable[..., object])
MAX_FORM: Final = 256 * 1024
_MARK: Final = "ally_needs"

Stage = Literal["nothing", "second", "enrolling", "whole"]


@dataclass(frozen=True, slots=True)
class Needs:
    """What one route asks."""

    stage: Stage
    """How far its caller must have signed in"""
    roles: tuple[Role, ...] = ()
    """One of these; empty: whoever is so far"""
    school: str | None = None
    """The part of the path that names the school where the role must hold; None: anywhere"""
    district: bool = False
    """Whether the role must hold in the whole district"""
    fresh: bool = False
    """Whether its caller must have proved who they are within the last minutes"""
    max_bytes: int = MAX_FORM
    """What may be sent to it at most"""
    by_itself: bool = False
    """Whether open pages ask it by themselves: that is nobody who works, and keeps no sign-in alive"""
    may_wait: bool = False
    """Whether a page that is told "not now" asks again, as one that looks every so often does"""


def needs(
    *roles: Role,
    school: str | None = None,
    district: bool = False,
    fresh: bool = False,
    max_bytes: int = MAX_FORM,
    by_itself: bool = False,
    may_wait: bool = False,
) -> Callable[[View], View]:
    """Signed in, with one of these roles; `school`: held at the school of this path argument;
    `district`: held in the whole district.

    Without `school` the page itself shows only what belongs to the caller's schools (`Who.schools`).
    """
    if not roles or set(roles) - set(ROLES):
        raise ValueError(f"roles are {', '.join(ROLES)}")
    return _marked(Needs("whole", roles, school, district, fresh, max_bytes, by_itself, may_wait))


def signed_in(*, fresh: bool = False) -> Callable[[View], View]:
    """Signed in, whatever the role: for what concerns oneself."""
    return _marked(Needs("whole", fresh=fresh))


def half_way(stage: Literal["second", "enrolling"]) -> Callable[[View], View]:
    """The password is told and the second factor is due."""
    return _marked(Needs(stage))


def anybody() -> Callable[[View], View]:
    """Everybody, signed in or not."""
    return _marked(Needs("nothing"))


def needs_of(app: Flask, endpoint: str) -> Needs | None:
    """What the route of this endpoint asks; None where it says nothing."""
    found: Needs | None = getattr(app.view_functions.get(endpoint), _MARK, None)
    return found


def _marked(needed: Needs) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _MARK, needed)
        return view

    return mark
