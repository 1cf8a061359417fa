"""A family that stands here twice: the two side by side, put together, and taken apart again for 30 days."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.people import family_view
from bot.people.family_merging import Merging
from bot.store import family_changes, family_merges, family_sight
from bot.store.family_sight import Sought
from bot.web.bot_of import bot_of
from bot.web.console import family_words
from bot.web.console.declared import needs
from bot.web.console.family_pages import deed, opened, scope
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("families_merge", __name__, url_prefix="/families/<int:family_id>")
_UNDONE: Final = {
    "too_late": _("Not undone: it was taken back already, or it is too long ago."),
    "later_first": _("Not undone: this family went into another one later. Take that back first."),
}


@page.get("/merge")
@needs("administrator", fresh=True)
def show(family_id: int) -> str:
    """The other family is asked for; then both side by side."""
    other = request.args.get("with", "").strip().removeprefix("#")
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        gone = _other(session, family_id, other)
        preview = _merging(session).preview(family_id, gone) if gone else None
        if gone:
            deed(session, "families_compared", family_id, other=gone)
        doubles = [] if gone else _doubles(session, family_id)
    shown: dict[str, Any] = {"asked": other, "preview": preview, "doubles": doubles, "family_id": family_id}
    return show_page("console/family_merge.html", words=family_words, **shown)


@page.post("/merge")
@needs("administrator", fresh=True)
def submit(family_id: int) -> ResponseReturnValue:
    """Put them together."""
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        gone = _other(session, family_id, request.form.get("other", ""))
        change = _merging(session).merge(family_id, gone) if gone else None
        if change is None:
            abort(404)
        deed(session, "families_merged", family_id, other=gone, change=change)
    words = _("The two families are one now.")
    done_with_undo(words, "console.families_merge.undo", family_id=family_id, change_id=change)
    return redirect(url_for("console.families.one", family_id=family_id), 303)


@page.post("/merges/<int:change_id>/undo")
@needs("administrator")
def undo(family_id: int, change_id: int) -> ResponseReturnValue:
    """Take them apart again."""
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        change = family_changes.locked(session, change_id)
        if change is None or (change.family_id, change.kind) != (family_id, "merged"):
            abort(404)
        outcome = _merging(session).undo(change)
        if outcome == "undone":
            deed(session, "families_parted", family_id, other=change.other_id, change=change_id)
    if outcome == "undone":
        done(_("They are two families again."))
    else:
        not_done(_UNDONE[outcome])
    return redirect(url_for("console.families.one", family_id=family_id), 303)


def _other(session: Session, family_id: int, said: str) -> int | None:
    """The other family, if it is the caller's to see."""
    other = int(said) if said.isdecimal() and len(said) < 10 else 0
    sight = family_sight.sight_of(session, scope(session), other) if other != family_id else None
    return other if sight == "whole" else None


def _doubles(session: Session, family_id: int) -> list[family_view.Listed]:
    """Families within reach that share a number with this one."""
    mine = scope(session)
    found = {
        one: sight
        for one in family_merges.sharing(session, family_id)[:20]
        for sight in family_sight.found(session, mine, Sought(family_id=one)).values()
        if sight == "whole"
    }
    return family_view.listed(session, bot_of(current_app).vault, found, mine)


def _merging(session: Session) -> Merging:
    bot = bot_of(current_app)
    return Merging(session, bot.vault, who().account_id, bot.clock())
