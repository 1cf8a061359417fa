"""What the address of the inbox asks for, and how a search becomes one: no name and no number stands in it.

Addresses stay in histories and in the logs of what stands before us; a keyed hash and an id may.
"""

from typing import Any

from flask import current_app, request
from sqlmodel import Session

from bot.store import audit, inbox, name_words
from bot.store.audit import Deed
from bot.store.inbox import SHOWN, Filters, Show
from bot.web.bot_of import bot_of
from bot.web.console import thread_pages
from bot.web.console.visits import who
from bot.words.phone import to_e164

_MOST_WORDS = 6
_HASH = 64


def filters() -> Filters:
    """What the address asks for."""
    told = request.args
    show: Show = next((one for one in SHOWN if one == told.get("show")), "open")
    words = [one for one in told.get("words", "").split(".") if len(one) == _HASH]
    return Filters(
        show,
        told.get("school", type=int),
        told.get("language") or None,
        told.get("topic") or None,
        told.get("mine") == "y",
        told.get("unread") == "y",
        told.get("number") or None,
        tuple(words[:_MOST_WORDS]),
        told.get("thread", type=int),
        told.get("broadcast", type=int),
    )


def address_of(said: str) -> dict[str, Any]:
    """A number, the id of a thread or the words of a name, as the address says it; empty for nothing.

    It says nothing of whether there is such a one: who may not see a family learns nothing by searching.
    """
    vault = bot_of(current_app).vault
    number = to_e164(said)
    if number is not None:
        return {"number": vault.fingerprint(number)}
    plain = said.removeprefix("#").strip()
    if plain.isdecimal() and len(plain) < 10:
        return {"thread": int(plain)}
    hashes = name_words.hashes_of(vault, said)[:_MOST_WORDS]
    return {"words": ".".join(hashes)} if hashes else {"thread": 0} if said else {}


def leads_to(session: Session, address: dict[str, Any]) -> int | None:
    """The thread that was asked for by its id, where the caller may see it."""
    thread_id: int | None = address.get("thread")
    found = thread_id and inbox.may_see(session, thread_pages.scope(session), thread_id)
    return thread_id if found else None


def note(session: Session, address: dict[str, Any]) -> None:
    """Write down that somebody looked, and by what; never for whom."""
    bot = bot_of(current_app)
    line = Deed("families_listed", who().account_id, detail={"by": next(iter(address), "nothing")})
    audit.append(session, bot.vault, bot.clock(), line)
