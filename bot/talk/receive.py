"""A text comes in: one transaction from the carrier's words to the answer in the outbox.

The steps, all or nothing:
1. the contact of the number, locked, so that two texts at once are taken one after the other;
2. the inbound row, unique by the carrier's SID, so that a repeat changes nothing;
3. STOP, HELP and START, before anything else;
4. what staff write from their own phones (Talk.staff_lanes);
5. danger: the emergency number and a person, whatever else goes on;
6. a thread that a person answers: kept for that person, the bot is quiet;
7. a flood, a machine or a foreign number that nobody knows: kept, not answered (bot.talk.guard);
8. the conversation: its turn is played, its words go to the outbox, its state is kept.
Steps 3 to 7 are the lanes of bot.talk.lanes. After the commit the caller rings the lane's bell.
"""

import json
from dataclasses import replace

from bot.flow.phrases import phrase
from bot.flow.turn import Count, Effect, Say, Started, Texted
from bot.hear.private import tells_of_officers, volunteers_status
from bot.hear.reactions import is_reaction
from bot.hear.understand import Understood
from bot.store import contacts, failing, inbound, media, threads
from bot.store.standing import standing
from bot.store.threads import Thread
from bot.talk import admission, keywords, phone_relay, poll_answers, promises, ratings, which_texts
from bot.talk.effects import Exchange
from bot.talk.lanes import before_a_turn
from bot.talk.parts import Talk
from bot.talk.taken import Outcome, Taken, Text
from bot.talk.turns import play
from bot.words import tidy

OWN_STATUS, ENFORCEMENT = "own_status", "enforcement"
NOT_KEPT = frozenset({ENFORCEMENT, OWN_STATUS})
"""Topics of which neither the words are kept nor how often they come: officers seen, papers told of"""

MOST_FILES = 10
"""More than a carrier takes in one text (https://www.twilio.com/docs/messaging/api/media-resource)"""


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
        taken = Taken(exchange, text, body, standing(session, contact, now))
        thread = threads.open_of(session, contact.id or 0) if taken.standing.has_thread else None
        outcome, goes_on = _answer(taken, thread), False
        inbound.note(session, row, heard_as=taken.heard_as, thread_id=taken.thread_id)
        if taken.thread_id is not None:
            told = promises.Told(row, taken.thread_id, body, has_files=bool(text.files))
            promises.family_wrote(talk, session, contact, thread, told, now)
            if thread is not None and not exchange.has_asked:
                goes_on = phone_relay.family_wrote(talk, session, taken.thread_id, row, now)
        if text.files:
            media.want(session, row, min(text.files, MOST_FILES), now, keep=taken.is_kept)
        exchange.write_counts()
    if outcome == "answered" or exchange.has_asked or goes_on:
        talk.queue.ring("replies")
    for lane in taken.rings:
        talk.queue.ring(lane)
    return outcome


def _answer(taken: Taken, thread: Thread | None) -> Outcome:
    if (outcome := before_a_turn(taken, thread)) is not None:
        return outcome
    understood = _understood(taken)
    if keywords.is_unclear(taken.body, understood):
        taken.heard_as = "unclear"
        taken.exchange.carry_out(which_texts.hold_and_ask(taken.exchange))
        return "answered"
    sent, taken.thread_id = taken.exchange.carry_out(_play(taken, understood))
    return "answered" if sent else "quiet"


def _understood(taken: Taken) -> Understood:
    """What the text is taken for; of what is private nothing is kept, not even its topic."""
    understood = taken.talk.library.hearing.understand(taken.body, taken.contact.language)
    taken.learn_language(understood)
    is_open = understood.command is None and understood.small_talk is None and understood.topic is None
    if is_open and volunteers_status(taken.body):
        topic = ENFORCEMENT if tells_of_officers(taken.body) else OWN_STATUS
        understood = replace(understood, topic=topic, near=())
    taken.heard_as = understood.command or understood.topic or understood.small_talk or "text"
    if NOT_KEPT & {understood.topic, *understood.also}:
        taken.heard_as = "private"
        inbound.drop_body(taken.session, taken.exchange.inbound_id or 0)
    return understood


def _play(taken: Taken, understood: Understood) -> tuple[Effect, ...]:
    text, exchange = taken.text, taken.exchange
    if text.payload is None and (rated := ratings.taken(exchange, taken.body)):
        taken.heard_as = ratings.HEARD_AS
        return rated
    has_polls = taken.standing.has_polls
    if has_polls and (polled := poll_answers.taken(exchange, taken.body, understood)):
        taken.heard_as = poll_answers.HEARD_AS
        return polled
    if text.is_wordless:
        return _to_person(taken)
    event = Texted(
        text=taken.body,
        payload=text.payload,
        command=understood.command,
        topic=understood.topic,
        near=understood.near,
        small_talk=understood.small_talk,
        has_media=bool(text.files),
        also=understood.also,
    )
    effects = play(taken.talk, taken.session, taken.contact, event, taken.now)
    if _answers_broadcast(taken, effects):
        taken.heard_as = "for_broadcast"
        effects = play(taken.talk, taken.session, taken.contact, Started("talk_to_person"), taken.now)
    uncounted = {f"topic/{topic}" for topic in NOT_KEPT}
    return tuple(one for one in effects if not (isinstance(one, Count) and one.name in uncounted))


def _answers_broadcast(taken: Taken, effects: tuple[Effect, ...]) -> bool:
    """Whether a text that no flow takes comes soon after a broadcast: its sender reads it."""
    is_words = taken.heard_as != "private" and not taken.text.is_choice and not is_reaction(taken.body)
    return is_words and taken.exchange.may_answer_broadcast(effects)


def _to_person(taken: Taken) -> tuple[Effect, ...]:
    """A voice note, a picture or a place: a person looks, and the answer says so."""
    here = taken.here()
    said = phrase(taken.talk.library.book, "media_to_person", here.language, here.known)
    effects = play(taken.talk, taken.session, taken.contact, Started("talk_to_person"), taken.now)
    kept = tuple(effect for effect in effects if not isinstance(effect, Say))
    return (Say(said, "phrase/media_to_person", here.language), *kept, Count("media"))
