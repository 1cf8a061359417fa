"""A text comes in: one transaction from the carrier's words to the answer in the outbox.

The steps, all or nothing:
1. the contact of the number, locked, so that two texts at once are taken one after the other;
2. the inbound row, unique by the carrier's SID, so that a repeat changes nothing;
3. STOP, HELP and START, before anything else;
4. danger: the emergency number and a person, whatever else goes on;
5. a thread that a person answers: kept for that person, the bot is quiet;
6. a flood, a machine or a foreign number that nobody knows: kept, not answered (bot.talk.guard);
7. the conversation: its turn is played, its words go to the outbox, its state is kept.
After the commit the caller rings the lane's bell.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.flow.turn import Count, Effect, Escalate, Say, Started, Texted
from bot.hear.danger import Danger, danger
from bot.hear.private import tells_of_officers, volunteers_status
from bot.hear.reactions import is_reaction
from bot.hear.understand import Understood
from bot.ports import Channel
from bot.store import contacts, failing, inbound, media, threads
from bot.store.threads import URGENT, Thread
from bot.talk import admission, keywords, which_texts
from bot.talk.effects import Exchange
from bot.talk.parts import Talk
from bot.talk.surroundings import here as here_of
from bot.talk.turns import play, state_of
from bot.talk.wording import phrase
from bot.words import tidy

Outcome = Literal["answered", "quiet", "repeat"]
OWN_STATUS, ENFORCEMENT = "own_status", "enforcement"
NOT_KEPT = frozenset({ENFORCEMENT, OWN_STATUS})
"""Topics of which neither the words are kept nor how often they come: officers seen, papers told of"""

UNSEEN = frozenset({"private", "while_stopped", "abroad", "automatic", "loop", "too_many", "last_word"})
"""Heard so, a text's pictures are deleted at the carrier and not fetched"""
MOST_FILES = 10
"""More than a carrier takes in one text (https://www.twilio.com/docs/messaging/api/media-resource)"""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it came in, whatever carried it."""

    sid: str
    sender: str = field(repr=False)
    """E.164; no error message may ever show it, nor what was said"""
    body: str = field(repr=False)
    channel: Channel = "sms"
    payload: str | None = field(default=None, repr=False)
    media: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(address, media type)"""
    media_listed: int = 0
    """Files that the carrier's list counts without saying where they are"""
    came_at: datetime | None = None
    """When the carrier got it, where it was fetched from its list; None: just now"""
    opt_out_type: str | None = None
    has_location: bool = False

    @property
    def is_late(self) -> bool:
        """Fetched late: texts of hours come at once then, which says nothing of who sent them."""
        return self.came_at is not None

    @property
    def is_choice(self) -> bool:
        """Whether a button or row of ours was tapped (flow/step/choice, see bot.talk.tapping)."""
        return self.payload is not None and self.payload.count("/") == 2

    @property
    def files(self) -> int:
        """How many pictures, voice notes or papers came with it."""
        return len(self.media) or self.media_listed

    @property
    def is_wordless(self) -> bool:
        """A picture, a voice note or a place, without a word."""
        return not self.body.strip() and (bool(self.files) or self.has_location)


def receive(talk: Talk, text: Text) -> Outcome:
    """Take one text. Raises what the database raises: the carrier must then hear a failure, not a yes."""
    now = talk.clock()
    # One flush at the end: a contact that changes in five places is written once.
    with talk.db.write() as session, session.no_autoflush:
        body = tidy.incoming(text.body)
        if admission.turn_away(talk, session, text.sid, text.sender, body, now):
            return "quiet"
        contact = contacts.find_or_create(session, talk.vault, text.sender, now)
        row = inbound.take(
            session,
            sid=text.sid,
            contact_id=contact.id or 0,
            channel=text.channel,
            body=None if volunteers_status(body) else talk.vault.seal(body, "inbound.body"),
            media=talk.vault.seal(json.dumps(text.media), "inbound.media") if text.media else None,
            received_at=now,
        )
        if row is None:
            return "repeat"
        contact.last_inbound_at, contact.channel = now, text.channel
        if text.channel == "whatsapp":
            came_at = text.came_at or now
            contact.whatsapp_at = max(contact.whatsapp_at or came_at, came_at)
        failing.forgive(contact)
        exchange = Exchange(talk, session, contact, now, text.channel, row)
        taken = _Taken(exchange, text, body)
        outcome = taken.answer(threads.open_of(session, contact.id or 0))
        inbound.note(session, row, heard_as=taken.heard_as, thread_id=taken.thread_id)
        if text.files:
            media.want(session, row, min(text.files, MOST_FILES), now, keep=taken.is_kept)
        exchange.write_counts()
    if outcome == "answered" or exchange.has_asked:
        talk.queue.ring("replies")
    return outcome


class _Taken:
    """One text being answered inside its transaction."""

    def __init__(self, exchange: Exchange, text: Text, body: str) -> None:
        self.exchange, self.text, self.body = exchange, text, body
        self.talk, self.session = exchange.talk, exchange.session
        self.contact, self.now = exchange.contact, exchange.now
        self.heard_as = "text"
        self.thread_id: int | None = None

    def answer(self, thread: Thread | None) -> Outcome:
        # A label is our own word: whoever taps one chooses, and asks for nothing else by it.
        tapped = self.text.is_choice
        keyword = None if tapped else keywords.heard(self.body, self.text.opt_out_type, self.contact)
        alarm = None if is_reaction(self.body) else danger(self.body)
        if keyword is not None or self.contact.consent == "stopped":
            outcome = self._keyword(keyword) if keyword is not None else self._while_stopped()
            if alarm is not None:
                self.thread_id = self.exchange.ask_person(Escalate("liaison", URGENT))
            return outcome
        if self.contact.consent == "none":
            self.contact.consent = "given"
        if alarm is not None and not self._is_told(alarm, thread):
            return self._alarm(alarm)
        if thread is not None:
            return self._for_person(thread)
        held = admission.held(self.exchange, self.text.sender, self.body, is_late=self.text.is_late)
        if held is not None:
            return self._held(held)
        understood = self._understood()
        if keywords.is_unclear(self.body, understood):
            self.heard_as = "unclear"
            sent, _ = self.exchange.carry_out(which_texts.hold_and_ask(self.exchange))
            return "answered"
        sent, self.thread_id = self.exchange.carry_out(self._play(understood))
        return "answered" if sent else "quiet"

    def _is_told(self, alarm: Danger, thread: Thread | None) -> bool:
        """Whether this person waits for a person in this danger already: then the person reads on."""
        state = state_of(self.talk, self.contact)
        return thread is not None and state.waiting == "person" and state.frame.flow == alarm

    def _alarm(self, alarm: Danger) -> Outcome:
        """The emergency number and a person, at once; the flow is named as the danger."""
        self._learn_language(self.talk.library.hearing.understand(self.body, self.contact.language))
        effects = play(self.talk, self.session, self.contact, Started(alarm), self.now)
        self.heard_as = alarm
        self.exchange.count(f"alarm/{alarm}")
        _, self.thread_id = self.exchange.carry_out(effects)
        return "answered"

    def _for_person(self, thread: Thread) -> Outcome:
        """Kept for the person who answers; what must not be kept is said to be so, not lost in silence."""
        self.thread_id = thread.id
        self._quiet("for_person")
        if not volunteers_status(self.body) or not admission.has_room(self.exchange):
            return "quiet"
        here = here_of(self.talk, self.session, self.contact, self.now)
        name = "not_kept_urgent" if thread.topic == URGENT else "not_kept"
        self.exchange.send(phrase(self.talk.library.book, name, here.language, here.known), "reply")
        return "answered"

    def _held(self, why: admission.Held) -> Outcome:
        """No answer, or the last one for a while: it says where a person can be reached."""
        self._quiet(why)
        if why != "last_word":
            return "quiet"
        here = here_of(self.talk, self.session, self.contact, self.now)
        self.exchange.send(phrase(self.talk.library.book, "help", here.language, here.known), "reply")
        return "answered"

    @property
    def is_kept(self) -> bool:
        """Whether what came with the text may be fetched for a person to see."""
        return self.heard_as not in UNSEEN and not volunteers_status(self.body)

    def _while_stopped(self) -> Outcome:
        if self.contact.erased_at is not None:
            inbound.drop_body(self.session, self.exchange.inbound_id or 0)
        return self._quiet("while_stopped")

    def _understood(self) -> Understood:
        """What the text is taken for; of what is private nothing is kept, not even its topic."""
        understood = self.talk.library.hearing.understand(self.body, self.contact.language)
        self._learn_language(understood)
        is_open = understood.command is None and understood.small_talk is None and understood.topic is None
        if is_open and volunteers_status(self.body):
            topic = ENFORCEMENT if tells_of_officers(self.body) else OWN_STATUS
            understood = replace(understood, topic=topic, near=())
        self.heard_as = understood.command or understood.topic or understood.small_talk or "text"
        if NOT_KEPT & {understood.topic, *understood.also}:
            self.heard_as = "private"
            inbound.drop_body(self.session, self.exchange.inbound_id or 0)
        return understood

    def _keyword(self, keyword: keywords.Keyword) -> Outcome:
        if self.contact.erased_at is not None and keyword != "stop":
            self._know_again(back=keyword == "start")
        if self.contact.language is None:
            self._learn_language(self.talk.library.hearing.understand(self.body, None))
        here = here_of(self.talk, self.session, self.contact, self.now)
        is_back = keyword == "start" and self.contact.consent == "stopped"
        by_carrier = keywords.answered_elsewhere(
            self.talk, self.session, self.contact, self.text.channel, self.body, self.text.opt_out_type
        )
        wording = keywords.apply(self.talk, self.session, self.contact, keyword, here, by_carrier=by_carrier)
        self.heard_as = keyword
        self.exchange.count(f"keyword/{keyword}")
        said = [wording] if wording else []
        if is_back and admission.has_room(self.exchange):
            said.append(which_texts.ask(self.exchange))
        if not said or not admission.has_room(self.exchange):
            return "quiet"
        self.exchange.send("\n\n".join(said), keywords.KINDS[keyword] if wording else "reply")
        return "answered"

    def _know_again(self, *, back: bool) -> None:
        """Somebody forgotten asks for something: the number is needed to answer, for good after START."""
        self.contact.number = self.talk.vault.seal(self.text.sender, contacts.NUMBER)
        if back:
            self.contact.erased_at = None

    def _learn_language(self, understood: Understood) -> None:
        """The language she writes in wins over the roster's guess, never over her own choice."""
        found, contact = understood.language, self.contact
        if found is None or contact.language_source == "chosen":
            return
        if found == contact.language:
            # She writes it herself: it stays hers even when the roster turns out to mean somebody else.
            contact.language_source = "heard"
            return
        if contact.language is None or understood.is_telling:
            contact.language, contact.language_source = found, "heard"

    def _play(self, understood: Understood) -> tuple[Effect, ...]:
        if self.text.is_wordless:
            return self._to_person()
        event = Texted(
            text=self.body,
            payload=self.text.payload,
            command=understood.command,
            topic=understood.topic,
            near=understood.near,
            small_talk=understood.small_talk,
            has_media=bool(self.text.files),
            also=understood.also,
        )
        effects = play(self.talk, self.session, self.contact, event, self.now)
        uncounted = {f"topic/{topic}" for topic in NOT_KEPT}
        return tuple(one for one in effects if not (isinstance(one, Count) and one.name in uncounted))

    def _to_person(self) -> tuple[Effect, ...]:
        """A voice note, a picture or a place: a person looks, and the answer says so."""
        here = here_of(self.talk, self.session, self.contact, self.now)
        said = phrase(self.talk.library.book, "media_to_person", here.language, here.known)
        effects = play(self.talk, self.session, self.contact, Started("talk_to_person"), self.now)
        kept = tuple(effect for effect in effects if not isinstance(effect, Say))
        return (Say(said, "phrase/media_to_person", here.language), *kept, Count("media"))

    def _quiet(self, why: str) -> Outcome:
        self.heard_as = why
        self.exchange.count(f"heard/{why}")
        return "quiet"
