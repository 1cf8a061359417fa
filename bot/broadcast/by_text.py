"""Broadcasts by text from a teacher's own phone: an order, what it would do with a code, and the code back.

A number can be forged, a phone cannot be read from afar: whoever writes in somebody's name never sees the
code, which goes to the phone itself. The code is bound to the one preview that was told with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.broadcast import order_codes
from bot.broadcast.audience import SENDERS
from bot.broadcast.order_offer import Writer, give_up, offer
from bot.broadcast.order_send import send_by_code, status, take_back
from bot.broadcast.order_taking import Taking
from bot.broadcast.parts import Broadcasting
from bot.broadcast.phone_words import EXAMPLE, Speaker, Translations
from bot.hear.danger import danger
from bot.people.desk import who_of
from bot.people.staff_texts import FromStaff, ToStaff
from bot.store import accounts, families, inbound, own_phones, text_orders, thread_marks
from bot.store.accounts import Account
from bot.store.text_orders import TextOrder
from bot.words.plain import plain

DROP: Final = frozenset({"drop", "drop it", "forget it", "descartar", "olvidalo"})
"""No carrier takes these for STOP, as CANCEL is"""
STATUS: Final = frozenset({"status", "estado"})
CHOICES: Final[Mapping[str, str]] = {
    "anyway": "english",
    "igual": "english",
    "wait": "wait",
    "esperar": "wait",
}
"""What happens for languages without a text, as drafts call it"""
MOST_AN_HOUR: Final = 40
"""Answers: each costs a text, and a forged number can ask for many"""


@dataclass(frozen=True, slots=True)
class ByText:
    """The lane of `Talk.staff_lanes` that takes orders."""

    parts: Broadcasting
    catalogs: Callable[[], Mapping[str, Translations]]
    """The words of staff by locale; English stands in the source"""
    english: Translations
    language_of: Callable[[str], str | None]
    """Which language a text is in, where that is sure"""

    def __call__(self, session: Session, came: FromStaff) -> ToStaff | None:
        """Answer an order, a code, or what belongs to one; None: it is none of these."""
        account = own_phones.account_of(session, came.contact.number_hash) if came.signs_in else None
        if account is None or came.contact.erased_at is not None or danger(came.body) is not None:
            return None
        writer = self._writer(session, account, came)
        if not writer.who.may(SENDERS):
            return None
        # A parent's text, or an answer to one family, is an order only where it cannot be anything else.
        contact_id = came.contact.id or 0
        mark = _waiting_mark(session, contact_id, came.now)
        is_strict = families.is_linked(session, contact_id) or writer.who.may(["liaison"]) or mark is not None
        row = text_orders.of(session, writer.who.account_id)
        answer = _answer(writer, row, came.body, is_strict=is_strict)
        if answer is None:
            return None
        if answer.is_secret:
            inbound.drop_body(session, came.inbound_id)
        said = answer.said
        if mark is not None and not answer.is_secret:
            said = f"{said}\n{writer.words.say('one_family', mark=f'#{mark}')}"
        if row is None and mark is None and came.contact.noticed_at is None:
            # The first text to a number also says how to end them (CTIA Principles 5.1).
            said = f"{said}\n{writer.words.say('stop')}"
        text_orders.count(session, writer.who.account_id, came.now)
        return ToStaff(answer.heard_as, (said,), rings=("chores",) if answer.has_sent else ())

    def _writer(self, session: Session, account: Account, came: FromStaff) -> Writer:
        account_id = account.id or 0
        grants = accounts.grants_of(session, [account_id])[account_id]
        words = Speaker(self.catalogs().get(account.language, self.english), account.language)
        who = who_of(self.parts.vault, account, grants)
        return Writer(session, self.parts, who, account, words, came.now, self.language_of)


def _waiting_mark(session: Session, contact_id: int, now: datetime) -> str | None:
    """The mark of a family that waits on this phone for an answer."""
    found = thread_marks.of_reader(session, contact_id, now)
    return next((one.mark for one in found if one.state == "open"), None)


@dataclass(frozen=True, slots=True)
class _Answer:
    said: str = field(repr=False)
    heard_as: str = "order"
    is_secret: bool = False
    """Whether the text held a code: it is not kept"""
    has_sent: bool = False


def _answer(writer: Writer, row: TextOrder | None, body: str, *, is_strict: bool) -> _Answer | None:
    """The first that a text can be: a code, a word about what waits, an answer to our question, an order."""
    said, code = plain(body), order_codes.code_in(body)
    if code is not None and row is not None and (told := send_by_code(writer, row, code)) is not None:
        return _Answer(told.said, "order_code", is_secret=True, has_sent=told.has_sent)
    if row is not None and text_orders.in_hour(row, writer.now) >= MOST_AN_HOUR:
        return None
    answer = _about(writer, row, said, body) if row is not None and writer.now < row.expires_at else ""
    if not answer and said in STATUS:
        return _Answer(answer, "order_status") if (answer := status(writer, always=not is_strict)) else None
    if not answer and said in DROP:
        answer = take_back(writer, row) if row is not None else None
        answer = answer or ("" if is_strict else writer.words.say("nothing", example=EXAMPLE))
    answer = answer or Taking(writer, row).order(body, is_strict=is_strict)
    if not answer and row is not None and row.state == "asking":
        give_up(writer, row)  # whoever goes on to something else is not asked any more
    return _Answer(answer) if answer else None


def _about(writer: Writer, row: TextOrder, said: str, body: str) -> str | None:
    """What belongs to the order that waits."""
    if row.state not in ("offered", "asking"):
        return None
    if said in DROP:
        give_up(writer, row)
        return writer.words.say("dropped")
    if row.state == "asking":
        return Taking(writer, row).asked_back(row, said, body)
    if said in CHOICES and row.broadcast_id is not None:
        label = writer.kept(row).get("label", "")
        return offer(writer, row, row.broadcast_id, label, instead=CHOICES[said])
    return None
