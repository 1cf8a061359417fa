"""Broadcasts of programs: sent, previewed, watched, held, ended."""

from typing import Any, Final

from flask import Blueprint

from bot.broadcast import at_once, progress, sending
from bot.broadcast.progress import Recipient
from bot.broadcast.refused import NotYours
from bot.people.api_tokens import READ, SEND
from bot.store import audit, broadcasts
from bot.store.audit import Deed
from bot.web.api import letters
from bot.web.api.models import (
    BroadcastAsked,
    BroadcastTold,
    LetterAsked,
    PageAsked,
    PreviewTold,
    RecipientsTold,
    RecipientTold,
    SentTold,
)
from bot.web.api.operations import Call, Operation
from bot.web.api.problems import Problem
from bot.web.api.routes import ID, add

_SENDING: Final = Operation(
    "Send a text to many",
    SentTold,
    SEND,
    takes=BroadcastAsked,
    status=201,
    is_keyed=True,
    rings=("chores",),
    refusals=(409,),
)
_MOVED: Final = ("chores", "broadcasts")


def send_broadcast(call: Call, asked: BroadcastAsked) -> SentTold:
    """A text to many goes out."""
    letter, found = letters.read_letter(call, asked)
    shown, sent = at_once.go(
        call.session, call.parts, call.caller.who, letter, letters.read_when(asked), asked.preview
    )
    write_down(call, sent.broadcast_id)
    return letters.told_sent(shown, sent, found.unknown_students)


def preview_broadcast(call: Call, asked: LetterAsked) -> PreviewTold:
    """What would go out now."""
    letter, found = letters.read_letter(call, asked)
    return letters.told_preview(at_once.look(call.session, call.parts, call.caller.who, letter), found)


def show_broadcast(call: Call, broadcast_id: int) -> BroadcastTold:
    """How far it is."""
    _check_seen(call, broadcast_id)
    return _told(call, broadcast_id)


def list_recipients(call: Call, asked: PageAsked, broadcast_id: int) -> RecipientsTold:
    """What became of each text: no name, no number. That it was read is written down."""
    _check_seen(call, broadcast_id)
    _write(call, "broadcast_families_read", broadcast_id)
    found = progress.recipients(
        call.session, call.parts, call.caller.who, broadcast_id, after=asked.after, limit=asked.limit + 1
    )
    rows = [_recipient(one) for one in found[: asked.limit]]
    return RecipientsTold(recipients=rows, next=rows[-1].recipient if len(found) > asked.limit else None)


def pause_broadcast(call: Call, broadcast_id: int) -> BroadcastTold:
    """Nothing more of it is handed over until it goes on."""
    return _moved(call, broadcast_id, sending.pause, ("paused",))


def resume_broadcast(call: Call, broadcast_id: int) -> BroadcastTold:
    """It goes on."""
    return _moved(call, broadcast_id, sending.resume, ("running",))


def cancel_broadcast(call: Call, broadcast_id: int) -> BroadcastTold:
    """It ends for good."""
    return _moved(call, broadcast_id, sending.cancel, ("cancelled",))


def _moved(call: Call, broadcast_id: int, move: Any, over: tuple[str, ...]) -> BroadcastTold:
    """Asked twice it is done once, and answered alike."""
    _check_seen(call, broadcast_id)
    done = move(call.session, call.parts, call.caller.who, broadcast_id)
    call.session.expire_all()
    told = _told(call, broadcast_id)
    if not done and told.state not in over:
        raise Problem(409, "state", f"It is {told.state}.", state=told.state)
    return told


def _check_seen(call: Call, broadcast_id: int) -> None:
    """Raises NotYours also for a draft, and for what was for other schools than the token's."""
    row = broadcasts.by_id(call.session, broadcast_id)
    at = set((row.options or {}).get("schools", []) if row is not None else [])
    within = call.caller.schools
    if row is None or row.state == "draft" or (within is not None and not (at and at <= within)):
        raise NotYours


def _told(call: Call, broadcast_id: int) -> BroadcastTold:
    found = progress.progress(call.session, call.parts, call.caller.who, broadcast_id)
    return BroadcastTold.model_validate(found, from_attributes=True)


def write_down(call: Call, broadcast_id: int) -> None:
    """Which token sent it; that it was sent stands beside it."""
    _write(call, "sent_by_token", broadcast_id)


def _write(call: Call, action: str, broadcast_id: int) -> None:
    detail = {"token": call.caller.token_id}
    deed = Deed(action, call.caller.who.account_id, f"broadcast:{broadcast_id}", None, detail)
    audit.append(call.session, call.parts.vault, call.parts.clock(), deed)


def _recipient(one: Recipient) -> RecipientTold:
    return RecipientTold(
        recipient=one.contact_id,
        language=one.language,
        state=one.state,
        reason=one.reason,
        error_code=one.error_code,
        handed_over_at=one.handed_over_at,
    )


def add_to(api: Blueprint) -> None:
    """Every route, with what it says of itself."""
    add(api, "POST", "/broadcasts", _SENDING, send_broadcast)
    looking = Operation("See what would go out now", PreviewTold, SEND, takes=LetterAsked, writes=False)
    add(api, "POST", "/broadcasts/preview", looking, preview_broadcast)
    watching = Operation("How far a broadcast is", BroadcastTold, READ, writes=False, refusals=(404,))
    add(api, "GET", f"/broadcasts/{ID}", watching, show_broadcast)
    listing = Operation("What became of each text", RecipientsTold, READ, query=PageAsked, refusals=(404,))
    add(api, "GET", f"/broadcasts/{ID}/recipients", listing, list_recipients)
    moved: dict[str, Any] = {"scope": SEND, "gives": BroadcastTold, "rings": _MOVED, "refusals": (404, 409)}
    add(api, "POST", f"/broadcasts/{ID}/pause", Operation("Pause it", **moved), pause_broadcast)
    add(api, "POST", f"/broadcasts/{ID}/resume", Operation("Let it go on", **moved), resume_broadcast)
    add(api, "POST", f"/broadcasts/{ID}/cancel", Operation("End it for good", **moved), cancel_broadcast)
