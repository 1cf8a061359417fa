"""A thread on the phone of somebody at school: its mark, its words where they can be read, never a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlmodel import Session

from bot.school.directory import is_spoken
from bot.school.reach import Reach
from bot.store import contacts, inbound, own_phones, thread_marks, thread_texts
from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.schools import School, Staff
from bot.store.thread_marks import ThreadMark, ThreadTold
from bot.store.thread_texts import TRANSLATED
from bot.store.threads import URGENT, Thread
from bot.store.vault import Vault, opened
from bot.talk import marks
from bot.talk.notice_words import topic_said
from bot.talk.phone_words import locale_of, say
from bot.words import locales
from bot.words.plain import has_letters

NOT_AGAIN: Final = timedelta(days=30)
"""So long a mark of a closed thread is given to no other on the same phone"""
Kind = Literal["asks", "still_asks", "again", "translated"]


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads."""

    locale: str
    """Of our own words"""
    languages: tuple[str, ...]
    """What they understand"""

    def understands(self, language: str) -> bool:
        """Whether a text in a language can be read."""
        return is_spoken(language, self.languages)


@dataclass(frozen=True, slots=True)
class Shown:
    """The family's texts as a reader gets them."""

    words: tuple[str, ...]
    by_machine: bool = False
    lacks: int | None = None
    """The last one that nobody has translated for this reader"""
    has_files: bool = False
    last: int = 0


@dataclass(frozen=True, slots=True)
class PhoneNotice:
    """What a thread's readers are told on their phones, each in the own words and with the own mark."""

    session: Session
    vault: Vault
    now: datetime
    thread: Thread
    family: Contact
    school: School | None
    texts: Sequence[Inbound]
    """What the family wrote that nobody has answered"""
    kind: Kind = "asks"
    is_asked_for: bool = False
    """The reader asked to see it just now"""

    def text(self, reader: Contact, whom: Reach) -> tuple[str, ThreadTold]:
        """The text to one reader, and what to note of it once it is in the outbox."""
        mark = mark_for(self.session, self.thread, reader, whom, self.now)
        reads = reader_of(self.session, reader.number_hash, whom.staff_id)
        begins = self.kind in ("asks", "still_asks")
        shown = shown_to(self.session, self.vault, self.family, self.texts, reads, leads_here=begins)
        if self._hides_words:
            shown = Shown((), has_files=shown.has_files)
        told = ThreadTold(
            mark_id=mark.id or 0,
            inbound_id=0 if self._hides_words else max(shown.last, self.thread.last_inbound_id or 0),
            reply_id=self.thread.last_reply_id or 0,
            lacks=shown.lacks,
            created_at=self.now,
        )
        return self._said(mark.mark, reads, shown), told

    @property
    def _hides_words(self) -> bool:
        """Of danger nothing stands on a locked screen: the words come once a reader asks or answers."""
        is_danger = self.thread.topic == URGENT and self.thread.answered_at is None
        return is_danger and not self.is_asked_for

    def _said(self, mark: str, reads: Reader, shown: Shown) -> str:
        name = name_of(self.vault, self.family) or say(reads.locale, "a_family")
        spoken = locales.language_name(self.family.language, reads.locale) if self.family.language else "?"
        picture = [say(reads.locale, "picture")] if shown.has_files else []
        if self.kind in ("again", "translated") and not self._hides_words:
            words = "\n".join(shown.words)
            if not words and shown.lacks is not None:
                return "\n".join(
                    [say(reads.locale, "again_waits", mark=mark, who=name, language=spoken), *picture]
                )
            kind = "translated" if self.kind == "translated" else "again"
            return "\n".join(
                [say(reads.locale, kind, mark=mark, who=name, text=words), *_machine(reads, shown), *picture]
            )
        said = self._words(mark, reads, shown, spoken)
        asks, how = self._asks(mark, reads, name, spoken), self._how(mark, reads)
        return "\n".join([asks, *said, *picture, how])

    def _asks(self, mark: str, reads: Reader, name: str, spoken: str) -> str:
        at = say(reads.locale, "at", school=self.school.name) if self.school else ""
        urgent = "_urgent" if self.thread.topic == URGENT else ""
        return say(
            reads.locale,
            f"{'asks' if self.kind == 'asks' else 'still_asks'}{urgent}",
            mark=mark,
            who=say(reads.locale, "a_family") if self._hides_words else name,
            at=at,
            language=spoken,
            topic=topic_said(self.thread.topic, reads.locale),
        )

    def _words(self, mark: str, reads: Reader, shown: Shown, spoken: str) -> list[str]:
        if self._hides_words:
            return [say(reads.locale, "not_here", mark=mark)]
        said = [say(reads.locale, "wrote", text="\n".join(shown.words))] if shown.words else []
        waits = [say(reads.locale, "waits", language=spoken)] if shown.lacks is not None else []
        return [*said, *_machine(reads, shown), *waits]

    def _how(self, mark: str, reads: Reader) -> str:
        return say(reads.locale, "how" if self.kind == "asks" else "how_short", mark=mark)


def mark_for(session: Session, thread: Thread, reader: Contact, whom: Reach, now: datetime) -> ThreadMark:
    """The mark of a thread on a phone; made where it has none."""
    thread_id, reader_id = thread.id or 0, reader.id or 0
    found = thread_marks.find(session, thread_id, reader_id)
    if found is not None:
        return found
    taken = {one.mark for one in thread_marks.of_reader(session, reader_id, now - NOT_AGAIN)}
    mark = marks.free(thread_id, taken)
    return thread_marks.add(
        session,
        ThreadMark(
            thread_id=thread_id,
            reader_id=reader_id,
            staff_id=whom.staff_id,
            to=whom.to,
            mark=mark,
            created_at=now,
        ),
    )


def reader_of(session: Session, number_hash: str, staff_id: int | None) -> Reader:
    """How the reader at a number reads; whoever is not known reads English."""
    account = own_phones.account_of(session, number_hash)
    person = session.get(Staff, staff_id) if staff_id is not None else None
    spoken = tuple(person.languages) if person is not None else ()
    locale = locale_of(spoken, account.language if account is not None else None)
    return Reader(locale, spoken or (locale,))


def shown_to(
    session: Session,
    vault: Vault,
    family: Contact,
    texts: Sequence[Inbound],
    reads: Reader,
    *,
    leads_here: bool = False,
) -> Shown:
    """A family's texts, or what they mean where that is known.

    `leads_here`: among them may be what the bot was answered, of which a number says nothing to a person.
    """
    meant = thread_texts.translations_of(session, [one.id or 0 for one in texts])
    direct = family.language is None or reads.understands(family.language)
    words, by_machine, lacks = [], False, None
    for one in texts:
        written = opened(vault, one.body, inbound.BODY)
        if written is None or not written.strip() or (leads_here and written.strip().isdecimal()):
            continue
        if direct or not has_letters(written):
            words.append(written)
            continue
        best = next((each for each in meant.get(one.id or 0, []) if reads.understands(each.locale)), None)
        translated = opened(vault, best.body, TRANSLATED) if best is not None else None
        if best is None or translated is None:
            lacks = one.id
            continue
        words.append(translated)
        by_machine = by_machine or (best.origin == "machine" and not best.is_reviewed)
    files = any(one.media is not None for one in texts)
    return Shown(tuple(words), by_machine, lacks, files, max((one.id or 0 for one in texts), default=0))


def unanswered(session: Session, thread: Thread, inbound_id: int | None = None) -> list[Inbound]:
    """The family's texts since the last answer, in order; `inbound_id` is one that is being taken now."""
    since = thread.answered_at
    found = [
        one
        for one in thread_texts.inbound_of(session, thread.id or 0)
        if since is None or one.received_at > since
    ]
    new = session.get(Inbound, inbound_id) if inbound_id is not None else None
    return [*found, new] if new is not None and all(one.id != inbound_id for one in found) else found


def name_of(vault: Vault, family: Contact) -> str | None:
    """What the family's contact is called."""
    return opened(vault, family.name, contacts.NAME)


def _machine(reads: Reader, shown: Shown) -> list[str]:
    return [say(reads.locale, "by_machine")] if shown.by_machine else []
