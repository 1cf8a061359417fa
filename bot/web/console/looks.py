"""How often an open page looks for news: soon after a change, then ever more seldom, and at last no more."""

from math import inf
from typing import Any, Final

from flask import Flask, request

from bot.web.console.declared import Needs, needs_of

_PAUSES: Final = ((120, 8), (600, 30), (3600, 120), (inf, 0))
"""(seconds since the last change, seconds between two looks); 0: no more looks"""


def look_of(app: Flask) -> Needs | None:
    """What its route asks where an open page looks for news, and nobody sits before it perhaps."""
    needed = needs_of(app, request.endpoint or "")
    return needed if needed is not None and needed.by_itself and "HX-Request" in request.headers else None


def next_look(now: float, mark: str) -> dict[str, Any]:
    """What the page asks with next time. `mark`: of what it shows now; it brings that of last time along.

    `same`: nothing changed, and the page may stay as it is.
    """
    is_same = request.args.get("mark") == mark
    since = request.args.get("since", now, type=float) if is_same else now
    every = next(pause for until, pause in _PAUSES if now - since < until)
    before = request.args.get("every", every, type=int)
    return {
        "mark": mark,
        "since": since,
        "every": every,
        "looks_on": every > 0,
        "same": is_same and before == every,
    }
