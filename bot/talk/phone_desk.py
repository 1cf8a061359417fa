"""What can be done with threads from a phone: answer, close, put off, open again, see the next one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.hear.reactions import is_reaction
from bot.hear.written_in import rather
from bot.store import contacts, schools, thread_marks, thread_texts, threads
from bot.store.accounts import Account
from bot.store.contacts import Contact
from bot.store.inbound import BODY, Inbound
from bot.store.outbox import OutboxRow
from bot.store.thread_marks import Marked, ThreadTold
from bot.store.thread_texts import WROTE
from bot.store.threads import Thread
from bot.store.vault import opened
from bot.talk import phone_next, phone_relay, thread_desk
from bot.talk.assigning import GIVEN
from bot.talk.effects import REOPENS
from bot.talk.phone_notice import Kind, PhoneNotice, Reader, shown_to, unanswered
from bot.talk.phone_words import say
from bot.talk.replying import Answered, Hindered, NotOpen, Seen, Working, Written, answer, locked
from bot.talk.telling import morning
from bot.words import locales
from bot.words.plain import has_letters

READS: Final = timedelta(seconds=5)
"""Nobody has read and answered a text that went out so short before"""


@dataclass(frozen=True, slots=True)
class Said:
    """One text back to the phone, and what it tells of a thread."""

    text: str = field(repr=False)
    told: ThreadTold | None = None


@dataclass(frozen=True, slots=True)
class PhoneDesk:
    """One text from a phone being carried out inside its transaction."""

    at: Working
    reader: Contact
    account: Account | None
    reads: Reader
    marked: tuple[Marked, ...]
    sid: str
    came_at: datetime

    def words(self, name: str, **values: str) -> str:
        """One of our texts in the reader's language."""
        return say(self.reads.locale, name, **values)

    def said(self, name: str, **values: str) -> list[Said]:
        """It alone as the answer."""
        return [Said(self.words(name, **values))]

    def open_ones(self) -> list[Marked]:
        """The open threads of this phone that nobody else answers."""
        return [one for one in self.marked if one.state == "open" and self._is_free(one)]

    def answer(self, one: Marked, text: str) -> list[Said]:
        """Send an answer to the family of a thread, unless its writer has not seen all, or it must wait."""
        found = locked(self.at, one.thread_id)
        if found is None:
            return self.is_closed(one)
        family, thread = found
        if (news := self._news(one, family, thread, "not_sent_news")) is not None:
            return news
        held = self._other_language(text, family.language)
        written = Written(text, self.sid, None, language=family.language)
        if held is not None:
            written = Written("", self.sid, None, text, held, "human", is_reviewed=False, is_held=True,
                              why_held="by_phone")  # fmt: skip
        outcome = answer(self.at, one.thread_id, written)
        if isinstance(outcome, Hindered):
            return self.said("empty" if outcome.why == "empty" else "no_texts", mark=one.mark)
        if isinstance(outcome, NotOpen):
            return self.is_closed(one)
        if isinstance(outcome, Answered):
            phone_relay.knows(
                self.at.session, one.id, thread.last_inbound_id or 0, outcome.reply_id, self.at.now
            )
        if held is not None and family.language is not None:
            spoken = locales.language_name(family.language, self.reads.locale)
            return self.said("held", mark=one.mark, language=spoken)
        return [Said(self._and_more(self._sent(one, outcome.rows if isinstance(outcome, Answered) else ())))]

    def close(self, one: Marked) -> list[Said]:
        """Hand the conversation back to the bot."""
        found = locked(self.at, one.thread_id)
        if found is None:
            return self.is_closed(one)
        if (news := self._news(one, *found, "not_closed_news")) is not None:
            return news
        if not thread_desk.close(self.at, one.thread_id):
            return self.is_closed(one)
        return [Said(self._and_more(self.words("closed", mark=one.mark)))]

    def later(self, one: Marked) -> list[Said]:
        """Put it off until the school's office opens in the morning; the phone is told of it again then."""
        thread = threads.by_id(self.at.session, one.thread_id)
        school = schools.by_id(self.at.session, thread.school_id) if thread and thread.school_id else None
        until = morning(self.at.session, school, self.at.now)
        if not thread_desk.snooze(self.at, one.thread_id, until):
            return self.is_closed(one)
        thread_marks.remind(self.at.session, one.id, until)
        return [Said(self._and_more(self.words("later", mark=one.mark, when=self._when(until, school))))]

    def open_again(self, one: Marked) -> list[Said]:
        """Open a thread that was closed lately; its mark stays."""
        if one.closed_at is not None and self.at.now - one.closed_at > REOPENS:
            return self.said("long_closed", mark=one.mark)
        done = thread_desk.reopen(self.at, one.thread_id)
        return self.said("opened" if done else "cannot_open", mark=one.mark)

    def is_closed(self, one: Marked) -> list[Said]:
        """It is closed: what can be done yet."""
        late = one.closed_at is not None and self.at.now - one.closed_at > REOPENS
        return self.said("long_closed" if late else "closed_mark", mark=one.mark)

    def show(self, one: Marked) -> list[Said]:
        """What the family wrote that nobody has answered, and how to answer it."""
        thread = threads.by_id(self.at.session, one.thread_id)
        return self._shown(thread) if thread is not None else self.is_closed(one)

    def next(self) -> list[Said]:
        """The family that has waited longest for an answer that may be given from here."""
        thread_id = phone_next.waiting(self.at, self.account, self.open_ones())
        thread = threads.by_id(self.at.session, thread_id) if thread_id is not None else None
        return self._shown(thread) if thread is not None else self.said("nobody")

    def _shown(self, thread: Thread) -> list[Said]:
        family = contacts.by_id(self.at.session, thread.contact_id)
        if family is None:
            return self.said("nobody")
        school = schools.by_id(self.at.session, thread.school_id) if thread.school_id else None
        texts = unanswered(self.at.session, thread)
        kind: Kind = "still_asks" if thread.asked_at is not None else "asks"
        at = self.at
        notice = PhoneNotice(
            at.session, at.talk.vault, at.now, thread, family, school, texts, kind, is_asked_for=True
        )
        text, told = notice.text(self.reader, phone_next.reach_of(self.account, at.by))
        return [Said(text, told)]

    def _news(self, one: Marked, family: Contact, thread: Thread, name: str) -> list[Said] | None:
        """What was said in a thread that this phone has not got yet; None where there is nothing of it."""
        session, vault = self.at.session, self.at.talk.vault
        seen = Seen(*thread_marks.seen(session, one.id, self.came_at - READS))
        if thread.state != "open" or seen == Seen.of(thread):
            return None
        came = [each for each in thread_texts.inbound_of(session, one.thread_id, seen.inbound_id)
                if self._says_something(each)]  # fmt: skip
        shown = shown_to(session, vault, family, came, self.reads)
        lines = [self.words("family_said", text="\n".join(shown.words))] if shown.words else []
        if shown.lacks is not None:
            spoken = locales.language_name(family.language or "en", self.reads.locale)
            lines.append(self.words("waits", language=spoken))
        lines += [self.words("picture")] if shown.has_files else []
        for reply in thread_texts.replies_of(session, one.thread_id, seen.reply_id):
            lines.append(self.words("colleague", text=opened(vault, reply.wrote, WROTE) or "..."))
        if not lines:
            return None
        told = ThreadTold(
            mark_id=one.id,
            inbound_id=thread.last_inbound_id or 0,
            reply_id=thread.last_reply_id or 0,
            lacks=shown.lacks,
            created_at=self.at.now,
        )
        return [Said(self.words(name, mark=one.mark, text="\n".join(lines)), told)]

    def _says_something(self, came: Inbound) -> bool:
        words = opened(self.at.talk.vault, came.body, BODY)
        return came.media is not None or (words is not None and not is_reaction(words))

    def _other_language(self, text: str, family: str | None) -> str | None:
        """The locale that an answer is written in, where the family does not read it; None: it may go out."""
        if family is None or not has_letters(text):
            return None
        found = rather(text, family, self.at.talk.library.hearing.heard)
        if found is None and not self.reads.understands(family):
            found = next((one for one in self.reads.languages if one != family), self.reads.locale)
        return found

    def _sent(self, one: Marked, rows: tuple[int, ...]) -> str:
        row = self.at.session.get(OutboxRow, rows[0]) if rows else None
        if row is None or row.due_at <= self.at.now:
            return self.words("sent", mark=one.mark)
        school = schools.by_id(self.at.session, one.school_id) if one.school_id else None
        return self.words("sent_later", mark=one.mark, when=self._when(row.due_at, school))

    def _and_more(self, text: str) -> str:
        left = thread_marks.of_reader(self.at.session, self.reader.id or 0, self.at.now)
        count = phone_next.number(self.at, self.account, [one for one in left if self._is_free(one)])
        return f"{text} {self.words('more', count=str(count))}" if count else text

    def _when(self, moment: datetime, school: schools.School | None) -> str:
        local = moment.astimezone(ZoneInfo(school.zone)) if school is not None else moment
        locale = self.reads.locale
        return f"{locales.day(local.date(), locale)}, {locales.time(local.time(), locale)}"

    def _is_free(self, one: Marked) -> bool:
        """Nobody else's: nobody has answered it yet but whoever was told, and no colleague gave it away."""
        by = self.at.by
        if one.account_id is None and one.answers_id is None:
            return True
        if by.account_id is not None and by.account_id == one.account_id:
            return True
        if by.staff_id is not None and by.staff_id == one.answers_id:
            return True
        return one.answered_at is None and one.given_for != GIVEN
