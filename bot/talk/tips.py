"""Learning tips: one a week to whoever asked for them, in the afternoon of the school's zone.

The tips are phrases `tip_<band>_<number>` of flows/phrases.yaml, so that translators find them where
all other texts are; a band ends at the first number that is not there and then begins again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import count, takewhile

from bot.flow.book import Book
from bot.flow.phrases import phrase
from bot.outbox import quiet
from bot.outbox.put import put
from bot.store import consents, contacts, subscriptions
from bot.talk.parts import Action, Doing, Done, Talk
from bot.talk.surroundings import here as here_of
from bot.talk.surroundings import school_of

TIPS = "tips"
BANDS = ("k2", "g35", "g68", "g912")
AFTERNOON = time(16, 0)
"""When a tip goes out, in the school's zone: school is over and the day is not"""
AT_ONCE = 100


def tip_actions() -> Mapping[str, Action]:
    """The actions of the flows about tips."""
    return {"subscribe_tips": subscribe_tips, "unsubscribe_tips": unsubscribe_tips}


def subscribe_tips(doing: Doing) -> Done:
    """Begin weekly tips for `band`. Gives `tip`, the first one. Not done for a band that does not exist."""
    band, contact_id = str(doing.values.get("band", "")), doing.contact.id or 0
    if band not in BANDS:
        return Done(done=False)
    now = doing.now.astimezone(UTC)
    if subscriptions.subscribe(
        doing.session, contact_id, TIPS, band, next_due_at=_next_week(doing.now), now=now
    ):
        _prove(doing, "tips_on", now, doing.asked("learning_tips", "confirm"))
    return Done(done=True, values={"tip": {"phrase": f"tip_{band}_1"}})


def unsubscribe_tips(doing: Doing) -> Done:
    """End all tips. Not done where there were none."""
    ended = subscriptions.end(doing.session, doing.contact.id or 0, TIPS)
    if ended:
        _prove(doing, "tips_off", doing.now.astimezone(UTC))
    return Done(done=ended > 0)


def _prove(doing: Doing, kind: str, now: datetime, wording: str = "") -> None:
    language = doing.contact.language or "en"
    contact_id = doing.contact.id or 0
    consents.record(
        doing.session, contact_id, kind, language=language, wording=wording, source="text", at=now
    )


def send_due_tips(talk: Talk) -> int:
    """Send the tips whose afternoon has come; how many subscriptions were looked at."""
    with talk.db.read() as session:
        due = subscriptions.due(session, TIPS, talk.clock(), AT_ONCE)
    sent = [row_id for row_id, contact_id in due if _send(talk, row_id, contact_id)]
    if sent:
        talk.queue.ring("broadcasts")
    return len(due)


def _send(talk: Talk, subscription_id: int, contact_id: int) -> bool:
    now = talk.clock()
    with talk.db.write() as session:
        contact = contacts.by_id_locked(session, contact_id)
        subscription = subscriptions.by_id(session, subscription_id)
        if contact is None or subscription is None or subscription.next_due_at > now:
            return False
        if contact.consent == "stopped":
            subscriptions.end(session, contact_id, TIPS)
            return False
        here = here_of(talk, session, contact, now)
        zone = str(here.now.tzinfo)
        school = school_of(session, here.known)
        hours = school.text_hours if school else None
        if here.now.time() < AFTERNOON or quiet.is_quiet(now, zone, hours):
            subscriptions.put_off(session, subscription_id, _next_afternoon(here.now), was_sent=False)
            return False
        book = talk.library.book
        tip = _tip(book, subscription.band, subscription.sent)
        if tip is None:
            subscriptions.end(session, contact_id, TIPS)
            return False
        said = [phrase(book, name, here.language, {}) for name in (tip, "tip_footer")]
        put(
            session,
            talk.vault,
            contact_id=contact_id,
            body="\n".join(said),
            channel="sms",
            lane="broadcasts",
            kind="tip",
            now=now,
            zone=zone,
            hours=hours,
        )
        subscriptions.put_off(session, subscription_id, _next_week(here.now), was_sent=True)
        return True


def _tip(book: Book, band: str, sent: int) -> str | None:
    """The phrase of the tip after so many; None where an installation has none for this band."""
    numbers = takewhile(lambda number: f"tip_{band}_{number}" in book.phrases, count(1))
    names = [f"tip_{band}_{number}" for number in numbers]
    return names[sent % len(names)] if names else None


def _next_week(now: datetime) -> datetime:
    """The same weekday of the next week, in the afternoon; `now` in the school's zone."""
    return _at(now + timedelta(days=7))


def _next_afternoon(now: datetime) -> datetime:
    """Today's afternoon, or tomorrow's where it is over."""
    return _at(now if now.time() < AFTERNOON else now + timedelta(days=1))


def _at(day: datetime) -> datetime:
    afternoon = day.replace(hour=AFTERNOON.hour, minute=AFTERNOON.minute, second=0, microsecond=0)
    return afternoon.astimezone(UTC)
