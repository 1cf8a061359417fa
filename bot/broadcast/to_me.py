"""A look at the texts on one's own phone: each language as it would go out, marked as a test.

These are texts to a colleague: they belong to no broadcast, and none of its counts knows of them.
"""

from datetime import timedelta
from typing import ClassVar, Final

from sqlmodel import Session

from bot.broadcast.audience import UNKNOWN
from bot.broadcast.drafts import own_draft
from bot.broadcast.parts import Broadcasting
from bot.broadcast.preview import of_row
from bot.broadcast.refused import NoText, Refused
from bot.outbox.put import put
from bot.people.access import Who
from bot.store import accounts, audit, contacts, own_phones
from bot.store.audit import Deed
from bot.words.locales import facts

DEED: Final = "broadcast_tried"
OFTEN: Final = 3
WITHIN: Final = timedelta(hours=1)
"""So often within this anybody may have all languages sent to the own phone"""
_STOP: Final = "Reply STOP to end these."


class NoPhone(Refused):
    """Nobody knows a number of this person, or it has texted STOP."""

    field: ClassVar[str] = "to_me"


class TooOften(Refused):
    """It was done a few times just now."""

    field: ClassVar[str] = "to_me"


def own_phone(session: Session, parts: Broadcasting, who: Who) -> str | None:
    """The phone enrolled with the account, else the number that the district's files give this person."""
    account = accounts.by_id(session, who.account_id)
    return own_phones.of_account(session, parts.vault, account) if account is not None else None


def send_to_me(session: Session, parts: Broadcasting, who: Who, draft_id: int) -> int:
    """Put one text for each language into the outbox, to the sender alone. Ring `replies` after.

    Returns how many languages. Raises NotYours, NotDraft, NoText, NoPhone, TooOften.
    """
    row, now = own_draft(session, who, draft_id), parts.clock()
    number = own_phone(session, parts, who)
    if number is None:
        raise NoPhone("no number is known")
    me = contacts.find_or_create(session, parts.vault, number, now)
    if me.consent == "stopped":
        raise NoPhone("this number texted STOP")
    if audit.times(session, DEED, who.account_id, now - WITHIN) >= OFTEN:
        raise TooOften(f"{OFTEN} times an hour")
    lines = [one for one in of_row(session, parts, who, row, now).lines if one.body]
    names = {one.body: row.language if one.language == UNKNOWN else one.language for one in reversed(lines)}
    if not names:
        raise NoText("there is nothing to say yet")
    for place, (body, language) in enumerate(reversed(names.items())):
        said = f"TEST, {facts(language).own}:\n\n{body}"
        if place == 0 and me.noticed_at is None:
            said += f"\n\n{_STOP}"
        kept = {"channel": "sms", "lane": "replies", "kind": "notice", "expires_at": now + WITHIN}
        put(session, parts.vault, contact_id=me.id or 0, body=said, now=now, **kept)  # type: ignore[arg-type]
    deed = Deed(DEED, who.account_id, f"broadcast:{row.id}", detail={"languages": len(names)})
    audit.append(session, parts.vault, now, deed)
    return len(names)
