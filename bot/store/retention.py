"""Forgets what texts said when their time is over; that they came and went stays a school year longer."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, delete, select, update

from bot.store.api_answers import ApiAnswer
from bot.store.contacts import Contact
from bot.store.inbound import Inbound, TurnedAway
from bot.store.media import Media
from bot.store.outbox import OutboxRow
from bot.store.pictures import Picture
from bot.store.states import OPEN
from bot.store.text_orders import TextOrder
from bot.store.thread_texts import ThreadNote, ThreadReply, Translation
from bot.store.threads import Thread

MAY_STILL_GO = (*OPEN, "unknown")
"""Their words are needed yet"""


def forget_bodies(session: Session, before: datetime) -> int:
    """Drop the words, pictures' addresses and conversations older than `before`; how many rows changed.

    What belongs to a thread stays until the thread has been closed for as long.
    """
    came = update(Inbound).where(
        or_(col(Inbound.body).is_not(None), col(Inbound.media).is_not(None)),
        col(Inbound.received_at) < before,
        _is_over(col(Inbound.thread_id), before),
    )
    went = update(OutboxRow).where(
        col(OutboxRow.body).is_not(None),
        col(OutboxRow.created_at) < before,
        col(OutboxRow.state).not_in(MAY_STILL_GO),
        _is_over(col(OutboxRow.thread_id), before),
    )
    stood = update(Contact).where(
        col(Contact.conversation).is_not(None),
        col(Contact.last_inbound_at) < before,
        col(Contact.wake_at).is_(None),
        col(Contact.id).not_in(select(Thread.contact_id).where(col(Thread.state) == "open")),
    )
    changed = session.exec(came.values(body=None, media=None)).rowcount
    _forget_media(session, before)
    _forget_work(session, before)
    session.exec(delete(TextOrder).where(col(TextOrder.expires_at) < before))
    session.exec(delete(ApiAnswer).where(col(ApiAnswer.taken_at) < before))
    session.exec(delete(TurnedAway).where(col(TurnedAway.received_at) < before))
    changed += session.exec(went.values(body=None, tappable=None)).rowcount
    return changed + session.exec(stood.values(conversation=None)).rowcount


def _forget_media(session: Session, before: datetime) -> None:
    """What came with a text goes when its words go."""
    old = select(Inbound.id).where(
        col(Inbound.received_at) < before, _is_over(col(Inbound.thread_id), before)
    )
    held = update(Media).where(col(Media.content).is_not(None), col(Media.inbound_id).in_(old))
    session.exec(held.values(content=None, state="forgotten"))


def _forget_work(session: Session, before: datetime) -> None:
    """What people wrote in a thread, and what texts mean in other languages, goes with the thread's texts."""
    wrote = update(ThreadReply).where(
        col(ThreadReply.wrote).is_not(None), _is_over(col(ThreadReply.thread_id), before)
    )
    seen = update(Picture).where(col(Picture.content).is_not(None), _is_over(col(Picture.thread_id), before))
    noted = update(ThreadNote).where(
        col(ThreadNote.body).is_not(None), _is_over(col(ThreadNote.thread_id), before)
    )
    session.exec(wrote.values(wrote=None))
    session.exec(noted.values(body=None))
    session.exec(seen.values(content=None))
    wordless = select(Inbound.id).where(col(Inbound.body).is_(None))
    meant = update(Translation).where(
        col(Translation.body).is_not(None), col(Translation.inbound_id).in_(wordless)
    )
    session.exec(meant.values(body=None))


def _is_over(thread_id: Mapped[Any], before: datetime) -> ColumnElement[bool]:
    closed = select(Thread.id).where(col(Thread.closed_at) < before)
    return or_(thread_id.is_(None), thread_id.in_(closed))
