"""Tells staff, in the transaction of what they are told: a text in the outbox, or an e-mail that waits.

What a reader is told by text has the e-mail beside it, for when the text does not arrive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.outbox.put import put
from bot.people.absences import Reported
from bot.school import hours, reach
from bot.school.reach import Family, Reach
from bot.store import contacts, notices, school_events, schools, threads
from bot.store.contacts import Contact
from bot.store.notices import Notice
from bot.store.schools import School
from bot.store.threads import URGENT, Thread
from bot.store.vault import Vault
from bot.talk.notice_words import Away, Waiting, Words, absence_words, thread_words, with_stop

_CALENDAR_AHEAD = timedelta(days=120)
_TEXT_FIRST = timedelta(hours=2)
_URGENT_TEXT_FIRST = timedelta(minutes=30)
"""How long a text may wait to go out where an e-mail can say the same"""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is told: an absence or a thread."""

    words: Words
    thread_id: int | None = None
    absence_id: int | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """One transaction in which staff are told."""

    session: Session
    vault: Vault
    now: datetime
    """Aware, UTC"""
    mails: bool
    """Whether e-mails can be sent here"""
    _told: set[tuple[str | None, str | None]] = field(default_factory=set)

    def absence(self, reported: Reported, *, is_changed: bool) -> bool:
        """Tell the attendance office. False where it has no number and no address that can be used."""
        school = schools.by_id(self.session, reported.school_id)
        if school is None:
            return False
        away = Away(
            child=reported.child,
            grade=reported.grade,
            school=reported.school,
            teachers=reported.teachers,
            day=reported.day,
            reason=reported.reason,
            is_changed=is_changed,
        )
        subject = Subject(absence_words(away), absence_id=reported.id)
        return self.tell(reach.attendance(self.vault, school), subject, self.now)

    def thread(self, thread: Thread, contact: Contact, school: School | None, *, again: bool) -> bool:
        """Tell whom a thread is for, and of danger also whoever is on call. False where nobody can be."""
        waiting = Waiting(
            thread_id=thread.id or 0,
            school=school.name if school else "",
            language=contact.language,
            topic=thread.topic,
            is_urgent=thread.topic == URGENT,
            is_again=again,
        )
        subject = Subject(thread_words(waiting), thread_id=thread.id, is_urgent=waiting.is_urgent)
        due = self.now if waiting.is_urgent else _opening(self.session, school, self.now)
        family = Family(contact.id or 0, contact.language, school.id if school else None)
        groups = reach.for_family(self.session, self.vault, thread.to, family, self.now.date())
        told = self._first_reached(groups, subject, due)
        threads.assign(self.session, thread.id or 0, told[0].staff_id if len(told) == 1 else None)
        if waiting.is_urgent and all(one.to != reach.ON_CALL for one in told):
            told += [one for one in groups[-1] if self.tell(one, subject, self.now)]
        return bool(told)

    def _first_reached(
        self, groups: Iterable[Iterable[Reach]], subject: Subject, due: datetime
    ) -> list[Reach]:
        for group in groups:
            told = [one for one in group if self.tell(one, subject, due)]
            if told:
                return told
        _log.warning("nobody_told", thread=subject.thread_id)
        return []

    def tell(self, whom: Reach, subject: Subject, due: datetime) -> bool:
        """Tell one reader, once: by text where that may go, the e-mail behind it. False without a way."""
        address = whom.email if self.mails else None
        number = self._number(whom.text)
        if (number is None and address is None) or (whom.text, whom.email) in self._told:
            return False
        self._told.add((whom.text, whom.email))
        seal, words = self.vault.seal, subject.words
        notice = Notice(
            thread_id=subject.thread_id,
            absence_id=subject.absence_id,
            to=whom.to,
            staff_id=whom.staff_id,
            outbox_id=self._text(number, subject, due, has_mail=address is not None) if number else None,
            address=seal(address, notices.ADDRESS) if address else None,
            subject=seal(words.subject, notices.SUBJECT),
            body=seal(words.body, notices.BODY),
            state="texting" if number else "mailing",
            # Nobody is woken by an e-mail: it goes at once
            due_at=due if number else self.now,
            created_at=self.now,
        )
        notices.add(self.session, notice)
        _log.info("staff_told", notice=notice.id, to=whom.to, by=notice.state)
        return True

    def _number(self, text: str | None) -> str | None:
        """The number, unless it has opted out: STOP holds for staff as for everybody."""
        if text is None:
            return None
        known = contacts.by_number_hash(self.session, self.vault.fingerprint(text))
        return None if known is not None and known.consent == "stopped" else text

    def _text(self, number: str, subject: Subject, due: datetime, *, has_mail: bool) -> int:
        text = subject.words.text
        wait = _URGENT_TEXT_FIRST if subject.is_urgent else _TEXT_FIRST
        hash_ = self.vault.fingerprint(number)
        reader = contacts.by_number_hash(self.session, hash_)
        if reader is None:
            contacts.add_new(self.session, [contacts.new_row(self.vault, number, self.now)])
            reader = contacts.by_number_hash(self.session, hash_)
            text = with_stop(text)
        if reader is None or reader.id is None:
            raise RuntimeError("a contact vanished between its insert and its reading")
        return put(
            self.session,
            self.vault,
            contact_id=reader.id,
            body=text,
            channel="sms",
            lane="replies",
            kind="danger" if subject.is_urgent else "notice",
            now=self.now,
            due_at=due,
            expires_at=due + wait if has_mail else None,
        )[0]


def _opening(session: Session, school: School | None, now: datetime) -> datetime:
    """When the school's office is open, now or next: nobody is texted at night over what can wait."""
    if school is None:
        return now
    local = now.astimezone(ZoneInfo(school.zone))
    events = school_events.between(session, school.id or 0, local.date(), local.date() + _CALENDAR_AHEAD)
    opens = hours.next_opening(hours.office_hours(school.hours), local, events)
    return opens.astimezone(now.tzinfo) if opens else now
