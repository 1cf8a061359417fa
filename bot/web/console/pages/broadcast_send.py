"""The preview of a broadcast, and sending it once, as it was shown; a second person's word where needed."""

from datetime import date, datetime, time
from typing import Any, Final, cast

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from bot.broadcast import approvals, drafts, polls, sending
from bot.broadcast import preview as previews
from bot.broadcast.drafts import Change, Choice, Draft
from bot.broadcast.machine_drafts import may_be_drafted
from bot.broadcast.preview import Preview
from bot.broadcast.refused import BadCanary, NoTime, NotYours, NoUntil, Refused
from bot.broadcast.sending import Order
from bot.broadcast.to_me import own_phone, send_to_me
from bot.broadcast.when import later_ones, next_opening
from bot.outbox.quiet import read_hours
from bot.web.bot_of import bot_of
from bot.web.console import broadcast_desk as desk
from bot.web.console import broadcast_words as words
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.broadcast_words import Fault
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.phone import mask

page = Blueprint("broadcast_send", __name__, url_prefix="/broadcasts")
DAYS: Final = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}
_CHOICES: Final = ("english", "wait", "machine")
_SAID: Final = {
    "running": _("It goes out now. This page shows how far it is."),
    "scheduled": _("It is planned, and goes out at its time."),
    "series": _("It is planned, and goes out again and again at its time."),
    "waiting_approval": _("It waits for a second person. Nothing goes out before."),
}


@page.get("/<int:draft_id>/preview")
@needs(*ROLES)
def preview(draft_id: int) -> str:
    """What would go out now, in every language."""
    return _preview(draft_id, [])


@page.post("/<int:draft_id>/choose")
@needs(*ROLES)
def choose(draft_id: int) -> ResponseReturnValue:
    """What happens for languages without a fit text."""
    told = {name.removeprefix("missing_"): value for name, value in request.form.items()}
    with parts().db.write() as session:
        found = desk.own_draft(session, draft_id)
        chosen = {one: value for one, value in told.items() if value in _CHOICES}
        missing = cast(dict[str, Choice], {**found.missing, **chosen})
        drafts.change(session, parts(), who(), draft_id, Change(missing=missing))
    return redirect(url_for(".preview", draft_id=draft_id), 303)


@page.post("/<int:draft_id>/to-me")
@needs(*ROLES)
def to_me(draft_id: int) -> ResponseReturnValue:
    """Each language to the own phone, as a test."""
    try:
        with parts().db.write() as session:
            number = send_to_me(session, parts(), who(), draft_id)
    except NotYours:
        abort(404)
    except Refused as error:
        return _again(draft_id, error)
    parts().queue.ring("replies")
    done(
        ngettext(
            "%(num)s text is on its way to your phone.",
            "%(num)s texts are on their way to your phone.",
            number,
        )
    )
    return redirect(url_for(".preview", draft_id=draft_id, _anchor="languages"), 303)


@page.post("/<int:draft_id>/send")
@needs(*ROLES)
def send(draft_id: int) -> ResponseReturnValue:
    """Send what the preview showed; the same preview twice is one broadcast."""
    token = request.form.get("token", "")[:64]
    if not token:
        abort(400)
    try:
        order = _order()
        with parts().db.write() as session:
            sent = sending.send(session, parts(), who(), draft_id, token, order)
    except NotYours:
        abort(404)
    except Refused as error:
        return _again(draft_id, error)
    parts().queue.ring("chores")
    done(_SAID.get(sent.state, _("It was sent.")))
    return redirect(url_for("console.broadcast_watch.show", broadcast_id=sent.broadcast_id), 303)


@page.post("/<int:broadcast_id>/approve")
@needs("administrator")
def approve(broadcast_id: int) -> ResponseReturnValue:
    """A second person lets it go out."""
    return _decided(broadcast_id, _("You let it go out."), None)


@page.post("/<int:broadcast_id>/refuse")
@needs("administrator")
def refuse(broadcast_id: int) -> ResponseReturnValue:
    """A second person does not; its sender reads why."""
    reason = request.form.get("reason", "")
    if reason not in words.REFUSALS:
        not_done(_("Choose why, so that its sender can mend it."))
        return redirect(url_for("console.broadcast_watch.show", broadcast_id=broadcast_id), 303)
    return _decided(broadcast_id, _("It does not go out. Its sender reads why."), reason)


def _decided(broadcast_id: int, said: Any, reason: str | None) -> ResponseReturnValue:
    try:
        with parts().db.write() as session:
            if reason is None:
                approvals.approve(session, parts(), who(), broadcast_id)
            else:
                approvals.refuse(session, parts(), who(), broadcast_id, reason)
        done(said)
    except NotYours:
        abort(404)
    except Refused as error:
        not_done(words.fault(error).says)
    parts().queue.ring("chores")
    return redirect(url_for("console.broadcast_watch.show", broadcast_id=broadcast_id), 303)


def _again(draft_id: int, error: Refused) -> ResponseReturnValue:
    """The preview as it is now, with what keeps it from going out."""
    with parts().db.read() as session:
        if desk.draft_of(session, draft_id).state != "draft":
            not_done(words.fault(error).says)
            return redirect(url_for("console.broadcast_watch.show", broadcast_id=draft_id), 303)
    return _preview(draft_id, [words.fault(error)]), 409


def _preview(draft_id: int, faults: list[Fault]) -> str:
    with parts().db.read() as session:
        draft = desk.own_draft(session, draft_id)
        seen = previews.preview(session, parts(), who(), draft_id)
        phone = own_phone(session, parts(), who())
        asked = polls.questions_of(session, parts(), draft_id)
    faults += [one for one in map(words.fault, seen.problems) if one not in faults]
    shown: dict[str, Any] = {
        "seen": seen,
        "machine": _for_machine(draft, seen) if asked is None else [],
        "draft": draft,
        "faults": faults,
        "days": DAYS,
        "told": request.form,
        "asked": asked,
        "phone": mask(phone) if phone else "",
    }
    return show_page("console/broadcast_preview.html", words=words, **shown, **_hours(draft, seen))


def _hours(draft: Draft, seen: Preview) -> dict[str, Any]:
    """At this hour: when it could go out at the earliest, and where families would get it later."""
    now = parts().clock()
    return {
        "morning": None if draft.emergency else next_opening(now, seen.place),
        "later": [] if draft.emergency else later_ones(now, seen.place),
        "opens": f"{read_hours(seen.place.hours)[0]:%H:%M}",
    }


def _for_machine(draft: Draft, seen: Preview) -> list[str]:
    """Languages that a machine could draft the text in, where there is one."""
    if bot_of(current_app).talk.translator is None:
        return []
    return [one.language for one in seen.lines if may_be_drafted(draft, one.language)]


def _order() -> Order:
    """When and to how many first. Raises NoTime."""
    told = request.form
    canary = told.get("canary", "").strip()
    if canary and not (canary.isdecimal() and 0 < int(canary) < 1_000_000):
        raise BadCanary("a canary is of one or more")
    first = int(canary) if canary else None
    when = told.get("when", "now")
    if when == "now":
        return Order(canary=first)
    at = _moment(told.get("day", ""), told.get("time", ""))
    return Order(at=at, rule=_rule(at) if when == "weekly" else None, canary=first)


def _moment(day: str, at: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(at))
    except ValueError:
        raise NoTime("this is no day and time") from None


def _rule(begins: datetime) -> str:
    """Each week on these days, until a day, as RFC 5545 writes it."""
    days = [one for one in DAYS if one in request.form.getlist("on")] or [list(DAYS)[begins.weekday()]]
    try:
        until = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise NoUntil("this is no day") from None
    return f"FREQ=WEEKLY;BYDAY={','.join(days)};UNTIL={until:%Y%m%d}T235900"
