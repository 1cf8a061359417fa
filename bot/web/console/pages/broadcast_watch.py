"""A broadcast on its way: how far it is, pause, go on, cancel, every family's state, also as a file."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.broadcast import audience as audiences
from bot.broadcast import progress as progresses
from bot.broadcast import sending
from bot.broadcast.drafts import Draft, administers
from bot.broadcast.parts import Broadcasting
from bot.broadcast.progress import Progress
from bot.broadcast.refused import NotYours, Refused
from bot.people.access import Who
from bot.store import accounts, audit, broadcasts, polls, schools
from bot.store.audit import Deed
from bot.store.broadcast_translations import PLANNED
from bot.store.broadcasts import Broadcast
from bot.web.console import broadcast_desk as desk
from bot.web.console import broadcast_words as words
from bot.web.console import told_of_bulk
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done, typed
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("broadcast_watch", __name__, url_prefix="/broadcasts")
CANCEL: Final = "cancel"
_ON_A_PAGE: Final = 50
_MOVES: Final = ("running", "paused", "stopped")
"""States in which something may still change by itself or by hand"""


@page.get("/<int:broadcast_id>")
@needs(*ROLES)
def show(broadcast_id: int) -> ResponseReturnValue:
    """All of one broadcast."""
    with parts().db.read() as session:
        draft = desk.draft_of(session, broadcast_id)
        row = broadcasts.by_id(session, broadcast_id)
        if draft.state == "draft" or row is None:
            return redirect(url_for("console.broadcasts.edit", draft_id=broadcast_id), 303)
        shown = {**_now(session, broadcast_id), **_around(session, row, draft)}
    return show_page("console/broadcast_watch.html", draft=draft, row=row, **shown)


def _around(session: Session, row: Broadcast, draft: Draft) -> dict[str, Any]:
    """What does not change: whether it asks something, whose it is, whether the reader decides about it."""
    sender = accounts.by_id(session, row.account_id) if row.account_id else None
    is_others = row.state == "waiting_approval" and row.account_id != who().account_id
    return {
        "is_poll": polls.by_id(session, row.id or 0) is not None,
        "sender": parts().vault.open(sender.name, accounts.NAME) if sender else "",
        "may_decide": is_others and administers(who(), row),
        "at": [one.name for one in schools.every_school(session) if one.id in draft.audience.schools],
        "phones": _phones(session, row, draft) if is_others else 0,
    }


def _phones(session: Session, row: Broadcast, draft: Draft) -> int:
    """How many it goes to; what the calendar made is not counted before its time, so as of now."""
    if row.counts:
        return int(row.counts.get("contacts", 0))
    reach, terms = audiences.reach_of(session, who()), audiences.terms_of(row)
    return audiences.counted(session, draft.audience, reach, terms).contacts


@page.get("/<int:broadcast_id>/now")
@needs(*ROLES, by_itself=True)
def now(broadcast_id: int) -> ResponseReturnValue:
    """What changes; the page asks again and again, ever more seldom."""
    if not request.headers.get("HX-Request"):
        return show(broadcast_id)
    with parts().db.read() as session:
        shown = _now(session, broadcast_id)
    return show_page("console/broadcast_now.html", **shown)


@page.post("/<int:broadcast_id>/pause")
@needs(*ROLES)
def pause(broadcast_id: int) -> ResponseReturnValue:
    """Nothing more of it is handed over."""
    return _moved(broadcast_id, sending.pause, _("Paused. What was handed over already still arrives."))


@page.post("/<int:broadcast_id>/resume")
@needs(*ROLES)
def resume(broadcast_id: int) -> ResponseReturnValue:
    """It goes on."""
    return _moved(broadcast_id, sending.resume, _("It goes on."))


@page.post("/<int:broadcast_id>/cancel")
@needs(*ROLES)
def cancel(broadcast_id: int) -> ResponseReturnValue:
    """It ends for good."""
    if not typed(CANCEL):
        not_done(_("Nothing was cancelled: the word was not typed."))
        return redirect(url_for(".show", broadcast_id=broadcast_id), 303)
    return _moved(broadcast_id, sending.cancel, _("Cancelled. Nothing more of it goes out."))


@page.get("/<int:broadcast_id>/families")
@needs(*ROLES)
def families(broadcast_id: int) -> str:
    """Every family's state, page by page."""
    after = request.args.get("after", 0, type=int)
    with parts().db.write() as session:
        _progress(session, broadcast_id)
        deed = Deed("broadcast_families_read", who().account_id, f"broadcast:{broadcast_id}")
        audit.append(session, parts().vault, parts().clock(), deed)
        rows = progresses.recipients(session, parts(), who(), broadcast_id, after=after, limit=_ON_A_PAGE + 1)
    onward = rows[_ON_A_PAGE - 1].contact_id if len(rows) > _ON_A_PAGE else None
    shown: dict[str, Any] = {
        "rows": rows[:_ON_A_PAGE],
        "onward": onward,
        "after": after,
        "broadcast_id": broadcast_id,
    }
    return show_page("console/broadcast_families.html", words=words, **shown)


@page.get("/<int:broadcast_id>/families.csv")
@needs(*ROLES, fresh=True)
def export(broadcast_id: int) -> Response:
    """The same as a file; numbers in full for administrators alone. Who took it is written down."""
    with parts().db.write() as session:
        _progress(session, broadcast_id)
        row = broadcasts.by_id(session, broadcast_id)
        may = row is not None and administers(who(), row)
        full = may and request.args.get("numbers") == "y"
        progresses.export(session, parts(), who(), broadcast_id, numbers=full)
        if full and row is not None:
            told_of_bulk.file_taken(session, row.school_id)
    answer = Response(_csv(parts(), who(), broadcast_id, full=full), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="broadcast-{broadcast_id}.csv"'
    return answer


def _csv(work: Broadcasting, reader: Who, broadcast_id: int, *, full: bool) -> Iterator[str]:
    """The file, line by line: however many families, none of it is held, and nobody waits to write."""
    with work.db.read() as session:
        for cells in progresses.lines(session, work, reader, broadcast_id, numbers=full):
            line = io.StringIO()
            csv.writer(line).writerow(cells)
            yield line.getvalue()


def _moved(broadcast_id: int, move: Any, said: Any) -> ResponseReturnValue:
    try:
        with parts().db.write() as session:
            moved = move(session, parts(), who(), broadcast_id)
    except NotYours:
        abort(404)
    except Refused as error:
        moved, said = False, words.fault(error).says
    if moved:
        done(said)
    else:
        not_done(_("That was not possible: look at it as it is now."))
    for queue in ("chores", "broadcasts"):
        parts().queue.ring(queue)
    return redirect(url_for(".show", broadcast_id=broadcast_id), 303)


def _progress(session: Session, broadcast_id: int) -> Progress:
    try:
        found = progresses.progress(session, parts(), who(), broadcast_id)
    except NotYours:
        abort(404)
    if found.state == "draft":
        abort(404)
    return found


def _is_to_come(found: Progress) -> bool:
    """Whether it begins at a time that is still to come, if nobody takes it back or refuses it."""
    return found.state in PLANNED and found.starts_at is not None and found.starts_at > parts().clock()


def _mark(found: Progress) -> str:
    """Says whether anything changed since the last look."""
    mark = f"{found.state}.{sum(found.by_state.values())}.{found.handed_over}.{found.replies}"
    return f"{mark}.{found.by_state.get('delivered', 0)}.{found.by_state.get('pending', 0)}"


def _now(session: Session, broadcast_id: int) -> dict[str, Any]:
    """How far it is, and when to look again."""
    found = _progress(session, broadcast_id)
    mark = _mark(found)
    looks = request.args.get("looks", 0, type=int) + 1
    same = request.args.get("mark") == mark
    before = request.args.get("after", desk.FIRST_LOOK, type=int)
    columns = [one for one in words.BECAME if found.by_state.get(one)]
    return {
        "far": found,
        "begins": _is_to_come(found),
        "columns": columns,
        "heads": [words.BECAME[one] for one in columns],
        "words": words,
        "cancel_word": CANCEL,
        "mark": mark,
        "looks": looks if same else 1,
        "after": min(desk.LAST_LOOK, before * 2) if same else desk.FIRST_LOOK,
        "looks_on": looks < desk.LOOKS and found.state not in ("cancelled", "refused", "expired"),
    }
