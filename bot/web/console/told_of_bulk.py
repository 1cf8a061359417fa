"""A second administrator is told by e-mail and by text of numbers taken in bulk: who did it, where to look.

It names no family and no number. Called in the transaction of the deed, once that is written down.
"""

from datetime import datetime, timedelta
from typing import Final

from flask import Response, after_this_request, current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from bot.people.desk import who_of
from bot.school.reach import SECOND_PERSON, Reach
from bot.store import accounts, audit, marks, own_phones, schools
from bot.store.accounts import EMAIL, Account
from bot.talk.notice_words import Words
from bot.talk.telling import Subject, Teller, opening
from bot.web.bot_of import bot_of
from bot.web.console.seen_in_bulk import ADVICE, LOOKED_BACK, MANY
from bot.web.console.visits import who

FILE: Final = "broadcast_exported"
SEEN: Final = "unmasked"
_AGAIN: Final = timedelta(days=1)
"""So long nobody is told of the same colleague's files again"""


def file_taken(session: Session, school_id: int | None) -> None:
    """Numbers went out as a file; `school_id`: of the broadcast."""
    now = bot_of(current_app).clock()
    for reader in _others(session, school_id):
        last = marks.get(session, _mark(FILE, reader))
        if last is None or now - last >= _AGAIN:
            _tell(session, reader, FILE, school_id)


def number_seen(session: Session, school_id: int | None = None) -> None:
    """One more number was seen in full: told of when it makes many, and again when it makes many more."""
    bot, me = bot_of(current_app), who()
    for reader in _others(session, school_id):
        grants = accounts.grants_of(session, [reader.id or 0])[reader.id or 0]
        theirs = who_of(bot.vault, reader, grants).schools(("administrator",))
        since = _since(session, reader, bot.clock())
        if audit.times(session, SEEN, me.account_id, since, school_ids=theirs) >= MANY:
            _tell(session, reader, SEEN, school_id)


def _others(session: Session, school_id: int | None) -> list[Account]:
    found = accounts.active_at(session, "administrator", school_id)
    return [one for one in found if one.id != who().account_id]


def _since(session: Session, reader: Account, now: datetime) -> datetime:
    last = marks.get(session, _mark(SEEN, reader))
    return max(now - LOOKED_BACK, last) if last else now - LOOKED_BACK


def _mark(action: str, reader: Account) -> str:
    return f"{action}:{who().account_id}:{reader.id}"


def _tell(session: Session, reader: Account, action: str, school_id: int | None) -> None:
    bot = bot_of(current_app)
    now, mails = bot.clock(), bot.talk.notifier is not None
    with force_locale(reader.language):
        subject = Subject(_words(action))
    teller = Teller(session, bot.vault, now, mails)
    number = own_phones.of_account(session, bot.vault, reader)
    email = bot.vault.open(reader.email, EMAIL)
    place = (
        schools.by_id(session, school_id) if school_id else next(iter(schools.every_school(session)), None)
    )
    told = teller.tell(Reach(SECOND_PERSON, reader.staff_id, None, email), subject, now)
    told |= teller.tell(Reach(SECOND_PERSON, reader.staff_id, number), subject, opening(session, place, now))
    if told:
        marks.put(session, _mark(action, reader), now)
        after_this_request(_ring)


def _words(action: str) -> Words:
    bot, name = bot_of(current_app), who().name
    if action == FILE:
        lead = _("%(name)s took families' numbers as a file.", name=name)
    else:
        lead = _("%(name)s saw %(number)s numbers in full in the last 7 days.", name=name, number=MANY)
    url = bot.settings.public_url.rstrip("/") + url_for("console.log.show", action=action)
    subject = _("%(program)s: families' numbers were taken", program=bot.settings.program)
    return Words(f"{bot.settings.program}: {lead} {url}", subject, f"{lead}\n\n{ADVICE}\n\n{url}\n")


def _ring(answer: Response) -> Response:
    for queue in ("chores", "replies"):
        bot_of(current_app).bell.ring(queue)
    return answer
