"""Carries out what a turn wants: counts, a person, and one text in the outbox."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlmodel import Session

from bot.flow.phrases import phrase
from bot.flow.turn import Count, Effect, Escalate
from bot.outbox import quiet
from bot.outbox.put import put
from bot.people.contacts import known_about
from bot.ports import Channel
from bot.store import broadcasts, consents, counts, thread_work, threads
from bot.store.broadcasts import Broadcast
from bot.store.contacts import Contact
from bot.store.threads import URGENT, Thread
from bot.talk import assigning, promises
from bot.talk.led_here import bring_along
from bot.talk.parts import Talk
from bot.talk.surroundings import FALLBACK_LANGUAGE, school_of
from bot.talk.tapping import question_of
from bot.talk.telling import Teller, day_of, opening
from bot.talk.turns import state_of
from bot.talk.wording import as_sms
from bot.words.tappable import Tappable

ANSWERS_WITHIN: Final = timedelta(hours=72)
"""How long after a broadcast a text may be an answer to it"""
REOPENS: Final = timedelta(days=2)
"""How long after its end a thread goes on when its family asks for a person again"""
_LOST: Final = ("unsure", "unclear")
"""What a turn counts that did not understand"""
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

    def send(
        self,
        body: str,
        kind: str,
        question: Tappable | None = None,
        *,
        thread_id: int | None = None,
        waits: bool = False,
        picture_id: int | None = None,
    ) -> list[int]:
        """Put one text into the outbox; on WhatsApp the question is shown in its place. Returns its rows.

        What a person writes long after the family did waits for the morning; nobody is woken by it. So does
        what `waits`.
        """
        zone, hours = self._quiet_hours() if kind in ("timer", "person") else (None, None)
        return put(
            self.session,
            self.talk.vault,
            contact_id=self.contact_id,
            body=body,
            channel=self.channel,
            lane="replies",
            kind=kind,
            now=self.now,
            inbound_id=self.inbound_id,
            thread_id=thread_id,
            zone=zone,
            hours=hours,
            next_morning=waits or kind == "person",
            question=question,
            picture_id=picture_id,
        )

    def _quiet_hours(self) -> tuple[str | None, str | None]:
        """Zone and hours for a text that time brings about; nobody's right after the person wrote."""
        if quiet.belongs_to_talk(self.contact.last_inbound_at, self.now):
            return None, None
        school = school_of(self.session, known_about(self.session, self.talk.vault, self.contact))
        return (school.zone, school.text_hours) if school else (None, None)

    def carry_out(
        self, effects: Sequence[Effect], kind: str = "reply", *, waits: bool = False
    ) -> tuple[bool, int | None]:
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
        if self.contact.erased_at is not None:
            kind = "erasure_receipt"  # the one text that still goes to somebody just forgotten
        notice = self.notice_due()
        question = self._question(effects, notice) if self.channel == "whatsapp" else None
        said = f"{body}\n\n{notice}" if notice else body
        self.send(said, kind, question, thread_id=thread_id, waits=waits)
        return True, thread_id

    def notice_due(self) -> str:
        """The first-contact notice, once; empty for who had it, and for who was just forgotten."""
        known = self.contact.noticed_at is not None or self.contact.erased_at is not None
        return "" if known else self._notice()

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
        led_by = promises.led_by(state_of(self.talk, self.contact))
        back = self._taken_back(asked, led_by) if before is None else None
        thread_id = back or threads.open_new(
            self.session,
            self.contact_id,
            to=asked.to,
            topic=asked.topic,
            school_id=school.id if school else None,
            now=self.now,
            led_by=led_by,
        )
        if before is None and back is None:
            self._link_to_broadcast(thread_id)
        if before is None and self.inbound_id is not None:
            vault = self.talk.vault
            bring_along(self.session, vault, self.contact_id, self.inbound_id, thread_id, self.now)
        if asked.topic == URGENT:
            threads.retitle(self.session, self.contact_id, URGENT)
        _log.info("person_asked", thread=thread_id, to=asked.to)
        thread = threads.by_id(self.session, thread_id)
        if asked.again:
            thread_work.escalated(self.session, thread_id, self.now, self._next_due(before))
        elif thread is not None and thread.promised_at is None:
            due = promises.due_at(self.talk, self.session, self.contact, self.now)
            thread_work.promise(self.session, thread_id, due)
        if before is None and thread is not None:
            day = day_of(school, opening(self.session, school, self.now))
            assigning.assign(self.session, self.talk.vault, thread, self.contact.language, day)
        if is_news and thread is not None:
            teller = Teller(self.session, self.talk.vault, self.now, self.talk.notifier is not None)
            teller.thread(thread, self.contact, school, again=asked.again, inbound_id=self.inbound_id)
        return thread_id

    def _next_due(self, before: Thread | None) -> datetime | None:
        """When the family hears that the district did not answer either; None where it has heard so."""
        if before is not None and before.escalated_at is not None:
            return None
        return promises.due_at_the_district(self.talk, self.session, self.contact, self.now)

    def _taken_back(self, asked: Escalate, led_by: str | None) -> int | None:
        """The thread that was closed within two days, opened again: with the same people."""
        last = thread_work.last_closed(self.session, self.contact_id, self.now - REOPENS)
        if last is None or last.id is None or not thread_work.reopen(self.session, last.id, self.now):
            return None
        thread_work.ask_anew(
            self.session, last.id, to=asked.to, topic=asked.topic, led_by=led_by, now=self.now
        )
        self.session.refresh(last)
        return last.id

    def lately_wrote(self) -> Broadcast | None:
        """The broadcast that a text of now may answer."""
        return broadcasts.lately_to(self.session, self.contact_id, self.now - ANSWERS_WITHIN)

    def may_answer_broadcast(self, effects: Sequence[Effect]) -> bool:
        """Whether a turn did not understand a text that comes soon after a broadcast."""
        lost = any(isinstance(one, Count) and one.name.split("/")[0] in _LOST for one in effects)
        return lost and self.lately_wrote() is not None

    def _link_to_broadcast(self, thread_id: int) -> None:
        wrote = self.lately_wrote()
        if wrote is not None and wrote.id is not None:
            threads.answers(self.session, thread_id, wrote.id)

    def _notice(self) -> str:
        """The first-contact notice: program, frequency, rates, HELP and STOP (CTIA Principles 5.1)."""
        language = self.contact.language or FALLBACK_LANGUAGE
        known = {"program.name": self.talk.program}
        wording = phrase(self.talk.library.book, "first_contact", language, known)
        self.contact.noticed_at = self.now
        consents.record(
            self.session,
            self.contact_id,
            "noticed",
            language=language,
            wording=consents.wording_id(wording),
            source="text",
            at=self.now,
        )
        return wording


def channel_of(contact: Contact) -> Channel:
    """Where a talk goes on that nobody just wrote in: where the person last wrote."""
    return "whatsapp" if contact.channel == "whatsapp" else "sms"
