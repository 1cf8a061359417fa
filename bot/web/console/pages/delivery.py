"""Delivery: whether texts go out in time, what holds them, what became of them, and numbers to mend."""

from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.carrier.twilio.errors import verdict
from bot.outbox import heartbeats
from bot.outbox.go_on import go_on as go_on_after_a_fault
from bot.store import audit, broadcasts, contacts, failing, outbox, troubles
from bot.store.audit import Deed
from bot.store.contacts import NUMBER
from bot.store.outbox import OutboxRow
from bot.web import health
from bot.web.bot_of import bot_of
from bot.web.console import delivery_facts as facts
from bot.web.console import told_of_bulk
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.phone import mask

page = Blueprint("delivery", __name__, url_prefix="/delivery")
_ROLES: Final = ("administrator",)
_FIRST_LOOK, _LAST_LOOK, _LOOKS = 5, 60, 40
"""Seconds until the page looks again: twice as long each time nothing changed; then no more"""
_LABELS: Final = {"lanes": facts.LANES, "beats": facts.BEATS}
_KINDS: Final = {
    "reply": _("Answer"),
    "timer": _("Reminder"),
    "danger": _("Emergency answer"),
    "tip": _("Learning tip"),
    "broadcast": _("Broadcast"),
    "opt_out_confirmation": _("Confirmation of STOP"),
    "opt_in_confirmation": _("Confirmation of START"),
    "help": _("Answer to HELP"),
    "erasure_receipt": _("Receipt of an erasure"),
    "person": _("Text of a person at school"),
    "notice": _("Notice to staff"),
    "number": _("Code for a new number"),
}


@page.get("/")
@needs(*_ROLES)
def show() -> str:
    """All of it."""
    return show_page("console/delivery.html", **_now(), **_held(), **_became(), numbers=_numbers())


@page.get("/now")
@needs(*_ROLES, by_itself=True)
def now() -> str:
    """What changes from minute to minute; the page asks for it again and again, ever more seldom."""
    if not request.headers.get("HX-Request"):
        return show()
    return show_page("console/delivery.html", part="now", **_now())


@page.post("/go-on")
@needs(*_ROLES)
def go_on() -> ResponseReturnValue:
    """A person says that Twilio and the settings are mended."""
    if not _is_district():
        return _back_without()
    bot, moment = bot_of(current_app), bot_of(current_app).clock()
    with bot.db.write() as session:
        went_on = go_on_after_a_fault(session, moment)
        deed = Deed("delivery_goes_on", who().account_id, detail=asdict(went_on))
        audit.append(session, bot.vault, moment, deed)
    bot.bell.ring("broadcasts")
    done(_("Broadcasts go on. If the fault is still there, they stop again and it shows here."))
    return redirect(url_for(".show"), 303)


@page.post("/broadcasts/<int:broadcast_id>/go-on")
@needs(*_ROLES)
def resume(broadcast_id: int) -> ResponseReturnValue:
    """Let one broadcast that is held go on."""
    if not _is_district():
        return _back_without()
    bot = bot_of(current_app)
    with bot.db.write() as session:
        if broadcasts.resume(session, broadcast_id):
            deed = Deed("broadcast_resumed", who().account_id, f"broadcast:{broadcast_id}")
            audit.append(session, bot.vault, bot.clock(), deed)
            done(_("This broadcast goes on."))
        else:
            not_done(_("This broadcast is not held any more."))
    bot.bell.ring("broadcasts")
    return redirect(url_for(".show"), 303)


@page.get("/numbers/<int:contact_id>")
@needs(*_ROLES, fresh=True)
def number(contact_id: int) -> str:
    """A whole number, for the office that mends it; who looked is written down."""
    bot = bot_of(current_app)
    found = next((one for one in _to_mend() if one.contact_id == contact_id), None)
    if found is None:
        abort(404)
    with bot.db.write() as session:
        deed = Deed("unmasked", who().account_id, f"contact:{contact_id}", detail={"why": "number_to_mend"})
        audit.append(session, bot.vault, bot.clock(), deed)
        told_of_bulk.number_seen(session)
    name = bot.vault.open(found.name, contacts.NAME) if found.name else ""
    whole = bot.vault.open(found.number, NUMBER)
    return show_page("console/number.html", one=found, name=name, number=whole, told=_told(found.code))


@page.post("/numbers/<int:contact_id>/mended")
@needs(*_ROLES)
def mended(contact_id: int) -> ResponseReturnValue:
    """The office says that a number works after all."""
    bot = bot_of(current_app)
    if contact_id not in {one.contact_id for one in _to_mend()}:
        not_done(_("Nothing is wrong with this number any more, or it is not of your schools."))
        return redirect(url_for(".show"), 303)
    with bot.db.write() as session:
        if failing.mend(session, contact_id):
            deed = Deed("number_mended", who().account_id, f"contact:{contact_id}")
            audit.append(session, bot.vault, bot.clock(), deed)
    done(_("It gets texts again. If they still do not arrive, it comes back to this list."))
    return redirect(url_for(".show"), 303)


def _is_district() -> bool:
    """What holds every school's texts is for who administers all of them."""
    return who().everywhere(_ROLES)


def _back_without() -> ResponseReturnValue:
    not_done(_("Only an administrator of the whole district can do this."))
    return redirect(url_for(".show"), 303)


def _now() -> dict[str, Any]:
    """Lanes, signs of life, and when to look again."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        vitals = health.take_vitals(session, bot.clock(), bot.outbox.budget)
        held = bool(troubles.open_ones(session))
    ages = facts.ago(heartbeats.ages(vitals.beats, vitals.now))
    silent = {name for name, at in vitals.beats.items() if heartbeats.is_silent(name, at, vitals.now)}
    return {
        "vitals": vitals,
        "problems": health.problems_of(vitals) + ["broadcasts_held"] * held,
        "oldest": facts.ago(vitals.oldest),
        "late": {lane for lane, seconds in vitals.oldest.items() if seconds > health.LATE},
        "ages": ages,
        "silent": silent,
        **_LABELS,
        "is_district": _is_district(),
        **_next_look(_mark(vitals, len(silent), held=held)),
    }


def _mark(vitals: health.Vitals, silent: int, *, held: bool) -> str:
    """What is compared at the next look; how many texts wait in the district is not everybody's to read."""
    waiting = sum(one.rows for one in vitals.waiting.values())
    return f"{vitals.unknown}.{waiting}.{silent}.{held:d}" if _is_district() else f"{silent}.{held:d}"


def _next_look(mark: str) -> dict[str, Any]:
    looks = request.args.get("looks", 0, type=int) + 1
    before = request.args.get("after", _FIRST_LOOK, type=int)
    same = request.args.get("mark") == mark
    after = min(_LAST_LOOK, before * 2) if same else _FIRST_LOOK
    return {"mark": mark, "looks": looks if same else 1, "after": after, "looks_on": looks < _LOOKS}


def _held() -> dict[str, Any]:
    """Faults of our own, what they hold, and texts of which nobody knows."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        faults = [(fault, _told(fault.code)) for fault in troubles.open_ones(session)]
        every = broadcasts.held(session) if _is_district() else []
        held = [(one, facts.held_words(one)) for one in every]
        unknown, aside = _to_decide(session)
    return {
        "faults": faults,
        "held": held,
        "unknown": unknown,
        "aside": aside,
        "kinds": _KINDS,
        "reasons": facts.REASONS,
    }


def _to_decide(session: Session) -> list[list[tuple[OutboxRow, str]]]:
    """Of which nobody knows, and what was set aside, each with the number it was for."""
    if not _is_district():
        return [[], []]
    return [
        [(row, _masked(contacts.by_id(session, row.contact_id))) for row in rows]
        for rows in (outbox.unknown_rows(session), outbox.set_aside_rows(session))
    ]


def _masked(contact: contacts.Contact | None) -> str:
    return mask(bot_of(current_app).vault.open(contact.number, NUMBER)) if contact else ""


def _became() -> dict[str, Any]:
    """What became of the texts of today and of seven days, to families of the own schools."""
    bot, here = bot_of(current_app), who().schools(_ROLES)
    with bot.db.read() as session:
        moment = bot.clock()
        begun = facts.today(session, moment)
        return {
            "today": facts.counted(session, begun, here),
            "week": facts.counted(session, moment - facts.WEEK, here),
            "lost": facts.lost(session, moment - facts.WEEK, here),
        }


def _to_mend() -> list[failing.Failing]:
    bot = bot_of(current_app)
    with bot.db.read() as session:
        return failing.to_mend(session, bot.clock(), school_ids=who().schools(_ROLES))


def _numbers() -> list[tuple[failing.Failing, str, tuple[str, str]]]:
    vault = bot_of(current_app).vault
    return [(one, mask(vault.open(one.number, NUMBER)), _told(one.code)) for one in _to_mend()]


def _told(code: int) -> tuple[str, str]:
    """What a code means, and what to do."""
    told = verdict(code)
    return facts.carrier_words(told.staff_words), facts.carrier_words(told.to_do)
