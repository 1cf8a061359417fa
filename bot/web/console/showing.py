"""How pages are shown: whole, or one part of one that htmx asked for; messages after a deed, with undo."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import LazyString
from jinja2_fragments.flask import render_block


def show(template: str, *, part: str | None = None, **values: Any) -> str:
    """A page; only its block `part` where htmx asks for it, so that one file holds both."""
    if part and request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        return render_block(template, part, **values)
    return render_template(template, **values)


def done(words: str | LazyString) -> None:
    """Say on the next page that something was done."""
    _say("success", words)


def done_with_undo(words: str | LazyString, endpoint: str, **path: Any) -> None:
    """The same, with a button that posts to `endpoint` and takes it back.

    No family's name or number in the words: they travel in the cookie, which is signed and not sealed.
    """
    _say("success", words, url_for(endpoint, **path))


def not_done(words: str | LazyString) -> None:
    """Say on the next page why something was not done."""
    _say("error", words)


def typed(word: str) -> bool:
    """Whether the caller typed the word that ui.confirm asked for."""
    return request.form.get("typed", "").strip().casefold() == word.casefold()


def _say(kind: str, words: str | LazyString, undo: str = "") -> None:
    # Flask keeps whatever JSON can hold
    flash({"words": str(words), "undo": undo}, kind)  # type: ignore[arg-type]
