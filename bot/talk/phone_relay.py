"""What happens in a thread goes on to the phone of who answers it there: texts, translations, reminders."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.hear.reactions import is_reaction
from bot.school import reach
from bot.school.reach import Reach
from bot.store import contacts, own_phones, schools, thread_marks, threads
from bot.store.contacts import Contact
from bot.store.inbound import BODY, Inbound
from bot.store.thread_marks import ThreadMark, ThreadTold
from bot.store.threads import URGENT, Thread
from bot.store.vault import opened
from bot.talk.notice_words import Waiting, wrote_words
from bot.talk.parts import Talk
from bot.talk.phone_notice import Kind, PhoneNotice, reader_of, shown_to, unanswered
from bot.talk.telling import Subject, Teller, opening

UNDER_WAY: Final = timedelta(hours=1)
"""So soon after an answer a text goes on at any hour: whoever answers is there"""
AT_ONCE: Final = 100


def family_wrote(talk: Talk, session: Session, thread_id: int, inbound_id: int, now: datetime) -> bool:
    """Pass a text in an open thread on to the phones on which it is answered. True where there is one."""
    came, thread = session.get(Inbound, inbound_id), threads.by_id(session, thread_id)
    if came is None or thread is None:
        return False
    words = opened(talk.vault, came.body, BODY)
    if (words is None or is_reaction(words)) and came.media is None:
        return False
    told = [_tell(talk, session, thread, one, "again", [came], now) for one in followers(session, thread)]
    return any(told)


def followers(session: Session, thread: Thread) -> list[ThreadMark]:
    """Whose phones get what is new: of whoever answers it, else of all who were told.

    Whoever answers on the pages of staff reads it there.
    """
    all_of_them = thread_marks.of_thread(session, thread.id or 0)
    if thread_marks.last_by_phone(session, thread.id or 0) is False:
        return []
    if thread.staff_id is None and thread.account_id is None:
        return all_of_them
    mine = [one for one in all_of_them if one.staff_id is not None and one.staff_id == thread.staff_id]
    mine = mine or [one for one in all_of_them if _has_account(session, one, thread.account_id)]
    # Whoever it was given to has no phone here: it is on those of the others
    return mine or (all_of_them if thread.answered_at is None else [])


def tell_again(talk: Talk) -> int:
    """What time brings about: what was put off comes back, and what was translated goes on. How many."""
    now = talk.clock()
    with talk.db.read() as session:
        due = thread_marks.due_reminders(session, now, AT_ONCE)
        meant = thread_marks.translated(session, AT_ONCE)
    done = [_remind(talk, mark_id, now) for mark_id in due] + [_translated(talk, one, now) for one in meant]
    if any(done):
        talk.queue.ring("replies")
    return sum(done)


def whom(session: Session, talk: Talk, mark: ThreadMark, school_id: int | None) -> Reach | None:
    """Who reads a mark; None where its phone is nobody's of the school any more."""
    reader = session.get(Contact, mark.reader_id)
    if reader is None:
        return None
    if mark.staff_id is not None:
        found = reach.person(session, talk.vault, mark.staff_id)
    else:
        found = reach.on_call(session, talk.vault, school_id)
    if found is not None and found.text and talk.vault.fingerprint(found.text) == reader.number_hash:
        return found
    account = own_phones.account_of(session, reader.number_hash)
    if account is None:
        return None
    return Reach(mark.to, account.staff_id, talk.vault.open(reader.number, contacts.NUMBER))


def _has_account(session: Session, mark: ThreadMark, account_id: int | None) -> bool:
    reader = session.get(Contact, mark.reader_id)
    account = own_phones.account_of(session, reader.number_hash) if reader is not None else None
    return account is not None and account.id == account_id


def _can_read(session: Session, talk: Talk, thread: Thread, mark: ThreadMark, came: Inbound) -> bool:
    family, reader = contacts.by_id(session, thread.contact_id), session.get(Contact, mark.reader_id)
    if family is None or reader is None:
        return False
    reads = reader_of(session, reader.number_hash, mark.staff_id)
    return shown_to(session, talk.vault, family, [came], reads).lacks is None


def _remind(talk: Talk, mark_id: int, now: datetime) -> bool:
    with talk.db.write() as session:
        mark = thread_marks.by_id(session, mark_id)
        thread = threads.by_id(session, mark.thread_id) if mark is not None else None
        if mark is None or thread is None or mark.remind_at is None or mark.remind_at > now:
            return False
        thread_marks.remind(session, mark_id, None)
        if thread.state != "open" or thread.asked_at is None:
            return False
        return _tell(talk, session, thread, mark, "still_asks", unanswered(session, thread), now)


def _translated(talk: Talk, told_id: int, now: datetime) -> bool:
    """Somebody has translated what a phone was told of without its words."""
    with talk.db.write() as session:
        told = thread_marks.told_by_id(session, told_id)
        mark = thread_marks.by_id(session, told.mark_id) if told is not None else None
        thread = threads.by_id(session, mark.thread_id) if mark is not None else None
        if told is None or mark is None or thread is None or told.lacks is None:
            return False
        came = session.get(Inbound, told.lacks)
        if thread.state == "open" and came is not None and not _can_read(session, talk, thread, mark, came):
            return False
        thread_marks.lacks_no_more(session, told_id)
        if thread.state != "open" or came is None:
            return False
        return _tell(talk, session, thread, mark, "translated", [came], now)


def _tell(
    talk: Talk,
    session: Session,
    thread: Thread,
    mark: ThreadMark,
    kind: Kind,
    texts: list[Inbound],
    now: datetime,
) -> bool:
    family = contacts.by_id(session, thread.contact_id)
    reader = whom(session, talk, mark, thread.school_id)
    if family is None or reader is None:
        return False
    school = schools.by_id(session, thread.school_id) if thread.school_id else None
    urgent = thread.topic == URGENT
    waiting = Waiting(
        thread.id or 0, school.name if school else "", family.language, thread.topic, urgent, True
    )
    phone = PhoneNotice(session, talk.vault, now, thread, family, school, texts, kind)
    subject = Subject(wrote_words(waiting), thread_id=thread.id, is_urgent=urgent, phone=phone)
    goes_on = thread.answered_at is not None and now - thread.answered_at < UNDER_WAY
    due = now if urgent or goes_on else opening(session, school, now)
    return Teller(session, talk.vault, now, talk.notifier is not None).tell(reader, subject, due)


def knows(session: Session, mark_id: int, inbound_id: int, reply_id: int, now: datetime) -> None:
    """The reader has seen so much of a thread without a text of ours: by answering it."""
    told = ThreadTold(mark_id=mark_id, inbound_id=inbound_id, reply_id=reply_id, created_at=now)
    thread_marks.tell(session, told, [])
