"""What time brings about for notices: e-mails go out, texts that did not arrive become e-mails.

At least once: a try is announced before it is made, and one whose worker died is made again.
"""

from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlmodel import Session

from bot.ports import Mail, Notifier, NotMailed
from bot.school import reach
from bot.school.reach import Reach
from bot.store import absences, notices, threads
from bot.store.notices import Notice
from bot.store.threads import Thread
from bot.store.vault import SealBroken, opened
from bot.talk.notice_words import Words
from bot.talk.parts import Talk
from bot.talk.tell_approvals import tell_approvals
from bot.talk.tell_budget import tell_budget
from bot.talk.telling import Subject, Teller

AT_ONCE: Final = 20
TRIES: Final = 20
"""About a day; a notice on which workers die is set aside the same way"""
_FIRST: Final = 30.0
_LONGEST: Final = 7200.0

_log = structlog.get_logger(__name__)


def tell_due(talk: Talk) -> int:
    """Follow the texts and send the e-mails that are due; returns how many e-mails were taken."""
    tell_budget(talk)
    tell_approvals(talk)
    _follow_texts(talk)
    with talk.db.read() as session:
        due = notices.due_mails(session, talk.clock(), AT_ONCE)
    sent = 0
    for notice_id in due:
        try:
            sent += _mail(talk, notice_id)
        except NotMailed as refusal:
            _log.warning("not_mailed", notice=notice_id, reason=refusal.reason)
            if refusal.everybody:
                break
    return sent


def wait_after(tries: int) -> timedelta:
    """How long after the `tries`-th try (from 1) the next one comes: 30 s, doubling to 2 h."""
    return timedelta(seconds=min(_LONGEST, _FIRST * 2.0 ** min(tries - 1, 16)))


def _follow_texts(talk: Talk) -> None:
    """What became of texts: one that is lost is told by e-mail, or else to whoever is on call."""
    now = talk.clock()
    with talk.db.read() as session:
        arrived = notices.arrived_texts(session, now, AT_ONCE)
        lost = notices.lost_texts(session, now, AT_ONCE)
    if arrived:
        with talk.db.write() as session:
            for notice_id in arrived:
                notices.end(session, notice_id, "told", now)
    for notice_id, reason in lost:
        with talk.db.write() as session:
            if talk.notifier is None or not notices.mail_instead(session, notice_id, reason, now):
                _give_up(talk, session, notice_id, reason, now)


def _mail(talk: Talk, notice_id: int) -> int:
    """One try of one e-mail, in three steps: announced, made, written down. Raises NotMailed."""
    notice = _begun(talk, notice_id)
    if notice is None:
        return 0
    try:
        _send(talk, notice)
    except NotMailed as refusal:
        with talk.db.write() as session:
            if refusal.for_good:
                _give_up(talk, session, notice_id, refusal.reason, talk.clock())
            else:
                notices.note(session, notice_id, refusal.reason)
        raise
    with talk.db.write() as session:
        notices.end(session, notice_id, "told", talk.clock())
    _log.info("mailed", notice=notice_id)
    return 1


def _begun(talk: Talk, notice_id: int) -> Notice | None:
    """The notice, its try announced; None where another worker is on it or it was tried too often."""
    now = talk.clock()
    with talk.db.write() as session:
        notice = notices.by_id(session, notice_id)
        if notice is None or notice.state != "mailing" or notice.due_at > now:
            return None
        if notice.tries >= TRIES:
            _give_up(talk, session, notice_id, notice.reason or "poison", now)
            return None
        session.expunge(notice)
        return notice if notices.take(session, notice, again_at=now + wait_after(notice.tries + 1)) else None


def _send(talk: Talk, notice: Notice) -> None:
    notifier: Notifier | None = talk.notifier
    if notifier is None:
        raise NotMailed("no_mail_server", everybody=True)
    try:
        mail = Mail(
            key=f"notice-{notice.id}-{notice.created_at:%Y%m%d%H%M%S}",
            to=talk.vault.open(notice.address or b"", notices.ADDRESS),
            subject=talk.vault.open(notice.subject or b"", notices.SUBJECT),
            body=talk.vault.open(notice.body or b"", notices.BODY),
        )
    except SealBroken:
        raise NotMailed("sealed_with_another_key") from None
    notifier.send(mail)


def _give_up(talk: Talk, session: Session, notice_id: int, reason: str, now: datetime) -> None:
    """This reader cannot be told: whoever is on call is, unless that is who could not."""
    notice = notices.by_id(session, notice_id)
    if notice is None:
        return
    session.expunge(notice)
    notices.note(session, notice_id, reason)
    if notices.end(session, notice_id, "failed", now):
        _log.error("notice_failed", notice=notice_id, reason=reason)
        if notice.to not in (reach.ON_CALL, reach.ACCOUNT, reach.SECOND_PERSON):
            _tell_on_call(talk, session, notice, now)


def _tell_on_call(talk: Talk, session: Session, notice: Notice, now: datetime) -> None:
    told = notices.about(
        session,
        threads=[notice.thread_id] if notice.thread_id else [],
        absences=[notice.absence_id] if notice.absence_id else [],
    )
    if any(one.to == reach.ON_CALL and one.created_at >= notice.created_at for one in told):
        return
    subject = opened(talk.vault, notice.subject, notices.SUBJECT)
    body = opened(talk.vault, notice.body, notices.BODY)
    if subject is None or body is None:
        return
    words = Words(body.partition("\n")[0], subject, body)
    teller = Teller(session, talk.vault, now, talk.notifier is not None)
    thread = threads.by_id(session, notice.thread_id) if notice.thread_id else None
    is_urgent = thread is not None and thread.topic == threads.URGENT
    about = Subject(words, notice.thread_id, notice.absence_id, is_urgent)
    if not teller.tell(_on_call(talk, session, notice, thread), about, now):
        _log.error("nobody_on_call", notice=notice.id)


def _on_call(talk: Talk, session: Session, notice: Notice, thread: Thread | None) -> Reach:
    """Of this school or of the district where it names a child."""
    if notice.absence_id is None:
        return reach.on_call(session, talk.vault, thread.school_id if thread is not None else None)
    school_id = absences.school_of(session, notice.absence_id)
    return reach.on_call_for_child(session, talk.vault, school_id) if school_id else Reach(reach.ON_CALL)
