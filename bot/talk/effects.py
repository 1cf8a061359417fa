"""Carries out what a turn wants: counts, a person, and one text in the outbox."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.flow.turn import Count, Effect, Escalate
from bot.outbox import quiet
from bot.outbox.put import put
from bot.people.contacts import known_about
from bot.ports import Channel
from bot.store import consents, counts, threads
from bot.store.contacts import Contact
from bot.store.threads import URGENT
from bot.talk.parts import Talk
from bot.talk.surroundings import here as here_of
from bot.talk.surroundings import school_of
from bot.talk.tapping import question_of
from bot.talk.telling import Teller
from bot.talk.turns import state_of
from bot.talk.wording import as_sms, phrase
from bot.words.tappable import Tappable

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One contact being answered inside one transaction."""

    talk: Talk
    session: Session
    contact: Contact
    now: datetime
    channel: Channel = "sms"
    inbound_id: int | None = None
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def contact_id(self) -> int:
        """The contact's row; a contact in a transaction always has one."""
        return self.contact.id or 0

    def count(self, name: str) -> None:
        """Count something; written down by `write_counts`."""
        self.counted[name] += 1

    def write_counts(self) -> None:
        """Write down all that was counted, under this person's language, in one statement."""
        language = self.contact.language or "unknown"
        counts.bump_all(self.session, self.counted, day=self.now.date(), language=language)

    @property
    def has_asked(self) -> bool:
        """Whether a person was asked, and so perhaps a text to staff waits in the outbox."""
        return any(name.startswith("escalated/") for name in self.counted)

    def send(self, body: str, kind: str, question: Tappable | None = None) -> None:
        """Put one text into the outbox; on WhatsApp the question is shown in its place."""
        zone, hours = self._quiet_hours() if kind == "timer" else (None, None)
        put(
            self.session,
            self.talk.vault,
            contact_id=self.contact_id,
            body=body,
            channel=self.channel,
            lane="replies",
            kind=kind,
            now=self.now,
            inbound_id=self.inbound_id,
            zone=zone,
            hours=hours,
            question=question,
        )

    def _quiet_hours(self) -> tuple[str | None, str | None]:
        """Zone and hours for a text that time brings about; nobody's right after the person wrote."""
        if quiet.belongs_to_talk(self.contact.last_inbound_at, self.now):
            return None, None
        school = school_of(self.session, known_about(self.session, self.talk.vault, self.contact))
        return (school.zone, school.text_hours) if school else (None, None)

    def carry_out(self, effects: Sequence[Effect], kind: str = "reply") -> tuple[bool, int | None]:
        """Do all that a turn wants; whether a text went out, and the thread that a person was asked into."""
        thread_id = None
        for effect in effects:
            if isinstance(effect, Escalate):
                thread_id = self.ask_person(effect)
                kind = "danger" if effect.topic == URGENT else kind
            elif isinstance(effect, Count):
                self.count(effect.name)
        body = as_sms(effects)
        if not body:
            return False, thread_id
        notice = ""
        if self.contact.erased_at is not None:
            kind = "erasure_receipt"  # the one text that still goes to somebody just forgotten
        elif self.contact.noticed_at is None:
            notice = self._notice()
        question = self._question(effects, notice) if self.channel == "whatsapp" else None
        self.send(f"{body}\n\n{notice}" if notice else body, kind, question)
        return True, thread_id

    def _question(self, effects: Sequence[Effect], notice: str) -> Tappable | None:
        state = state_of(self.talk, self.contact)
        return question_of(self.talk.library.book, effects, state, notice)

    def ask_person(self, asked: Escalate) -> int:
        """Open a thread for a person, or go on with the one that is open; returns its id.

        Staff are told of a new one, of danger in an old one, and of one that nobody has answered.
        """
        self.count(f"escalated/{asked.to}")
        before = threads.open_of(self.session, self.contact_id)
        is_news = before is None or asked.again or (asked.topic == URGENT != before.topic)
        if asked.again:
            threads.hand_on(self.session, self.contact_id, asked.to)
        school = school_of(self.session, known_about(self.session, self.talk.vault, self.contact))
        thread_id = threads.open_new(
            self.session,
            self.contact_id,
            to=asked.to,
            topic=asked.topic,
            school_id=school.id if school else None,
            now=self.now,
        )
        if asked.topic == URGENT:
            threads.retitle(self.session, self.contact_id, URGENT)
        _log.info("person_asked", thread=thread_id, to=asked.to)
        thread = threads.by_id(self.session, thread_id)
        if is_news and thread is not None:
            teller = Teller(self.session, self.talk.vault, self.now, self.talk.notifier is not None)
            teller.thread(thread, self.contact, school, again=asked.again)
        return thread_id

    def _notice(self) -> str:
        """The first-contact notice: program, frequency, rates, HELP and STOP (CTIA Principles 5.1)."""
        here = here_of(self.talk, self.session, self.contact, self.now)
        wording = phrase(self.talk.library.book, "first_contact", here.language, here.known)
        self.contact.noticed_at = self.now
        consents.record(
            self.session,
            self.contact_id,
            "noticed",
            language=here.language,
            wording=consents.wording_id(wording),
            source="text",
            at=self.now,
        )
        return wording


def channel_of(contact: Contact) -> Channel:
    """Where a talk goes on that nobody just wrote in: where the person last wrote."""
    return "whatsapp" if contact.channel == "whatsapp" else "sms"
