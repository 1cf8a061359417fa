"""Tells staff, in the transaction of what they are told: a text in the outbox, or an e-mail that waits.

What a reader is told by text has the e-mail beside it, for when the text does not arrive.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.outbox.put import put
from bot.people.absences import Reported
from bot.school import hours, reach
from bot.school.reach import LIAISON, Family, Reach
from bot.store import contacts, notices, school_events, schools, thread_marks, threads
from bot.store.contacts import Contact
from bot.store.notices import Notice
from bot.store.schools import School
from bot.store.threads import URGENT, Thread
from bot.store.vault import Vault
from bot.talk.notice_words import Away, Waiting, Words, absence_words, thread_words, with_stop
from bot.talk.phone_notice import Kind, PhoneNotice, unanswered

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
    phone: PhoneNotice | None = None
    """A thread, which its reader answers from the phone: each gets the own words for it"""


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

    def thread(
        self,
        thread: Thread,
        contact: Contact,
        school: School | None,
        *,
        again: bool,
        inbound_id: int | None = None,
    ) -> bool:
        """Tell whom a thread is for, and of danger also whoever is on call. False where nobody can be.

        `inbound_id`: the family's text that is being taken just now.
        """
        waiting = Waiting(
            thread_id=thread.id or 0,
            school=school.name if school else "",
            language=contact.language,
            topic=thread.topic,
            is_urgent=thread.topic == URGENT,
            is_again=again,
        )
        texts = unanswered(self.session, thread, inbound_id)
        kind: Kind = "still_asks" if again else "asks"
        phone = PhoneNotice(self.session, self.vault, self.now, thread, contact, school, texts, kind)
        subject = Subject(
            thread_words(waiting), thread_id=thread.id, is_urgent=waiting.is_urgent, phone=phone
        )
        due = self.now if waiting.is_urgent else opening(self.session, school, self.now)
        family = Family(contact.id or 0, contact.language, school.id if school else None)
        groups = reach.for_family(self.session, self.vault, thread.to, family, day_of(school, due))
        told = self._first_reached([*self._given(thread, again=again), *groups], subject, due)
        if thread.given_for is None:
            threads.assign(self.session, thread.id or 0, told[0].staff_id if len(told) == 1 else None)
        if waiting.is_urgent and all(one.to != reach.ON_CALL for one in told):
            told += [one for one in groups[-1] if self.tell(one, subject, self.now)]
        return bool(told)

    def _given(self, thread: Thread, *, again: bool) -> Sequence[Sequence[Reach]]:
        """Who is to answer it is told first, but in danger and again."""
        if thread.staff_id is None or again or thread.topic == URGENT or thread.to != LIAISON:
            return []
        person = reach.person(self.session, self.vault, thread.staff_id)
        return [[person]] if person is not None else []

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
        if subject.phone is not None and whom.text and self._is_family(whom.text, subject.phone):
            return False
        self._told.add((whom.text, whom.email))
        seal, words = self.vault.seal, subject.words
        notice = Notice(
            thread_id=subject.thread_id,
            absence_id=subject.absence_id,
            to=whom.to,
            staff_id=whom.staff_id,
            outbox_id=self._text(number, whom, subject, due, has_mail=address is not None)
            if number
            else None,
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

    def _is_family(self, text: str, phone: PhoneNotice) -> bool:
        """Whether somebody of the school is the parent who asks: nobody answers herself."""
        return self.vault.fingerprint(text) == phone.family.number_hash

    def _number(self, text: str | None) -> str | None:
        """The number, unless it has opted out: STOP holds for staff as for everybody."""
        if text is None:
            return None
        known = contacts.by_number_hash(self.session, self.vault.fingerprint(text))
        return None if known is not None and known.consent == "stopped" else text

    def _text(self, number: str, whom: Reach, subject: Subject, due: datetime, *, has_mail: bool) -> int:
        wait = _URGENT_TEXT_FIRST if subject.is_urgent else _TEXT_FIRST
        reader, is_new = self._reader(number)
        text, told = (subject.words.text, None) if subject.phone is None else subject.phone.text(reader, whom)
        rows = put(
            self.session,
            self.vault,
            contact_id=reader.id or 0,
            body=with_stop(text, at_any_price=subject.phone is not None) if is_new else text,
            channel="sms",
            lane="replies",
            kind="danger" if subject.is_urgent else "notice",
            now=self.now,
            due_at=due,
            expires_at=due + wait if has_mail else None,
        )
        if told is not None:
            thread_marks.tell(self.session, told, rows)
        return rows[0]

    def _reader(self, number: str) -> tuple[Contact, bool]:
        """The contact of a number, and whether it is new here: then the text says how to end them."""
        hash_ = self.vault.fingerprint(number)
        reader = contacts.by_number_hash(self.session, hash_)
        is_new = reader is None
        if reader is None:
            contacts.add_new(self.session, [contacts.new_row(self.vault, number, self.now)])
            reader = contacts.by_number_hash(self.session, hash_)
        if reader is None or reader.id is None:
            raise RuntimeError("a contact vanished between its insert and its reading")
        return reader, is_new


def day_of(school: School | None, moment: datetime) -> date:
    """The day of a moment where the school is."""
    return moment.astimezone(ZoneInfo(school.zone)).date() if school is not None else moment.date()


def opening(session: Session, school: School | None, now: datetime) -> datetime:
    """When the school's office is open, now or next: nobody is texted at night over what can wait."""
    if school is None:
        return now
    local = now.astimezone(ZoneInfo(school.zone))
    events = school_events.between(session, school.id or 0, local.date(), local.date() + _CALENDAR_AHEAD)
    opens = hours.next_opening(hours.office_hours(school.hours), local, events)
    return opens.astimezone(now.tzinfo) if opens else now


def morning(session: Session, school: School | None, now: datetime) -> datetime:
    """When the school's office opens next for a new day; without a school a day from now."""
    if school is None:
        return now + timedelta(days=1)
    local = now.astimezone(ZoneInfo(school.zone))
    today = datetime.combine(local.date(), time(), local.tzinfo)
    events = school_events.between(session, school.id or 0, local.date(), local.date() + _CALENDAR_AHEAD)
    week = hours.office_hours(school.hours)
    found = hours.next_opening(week, today, events)
    if found is not None and found <= local:
        tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
        found = hours.next_opening(week, tomorrow, events)
    return found.astimezone(now.tzinfo) if found else now + timedelta(days=1)
