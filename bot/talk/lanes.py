"""What a text is before it is a turn of the conversation: the lanes, in the order in which they are asked.

STOP, HELP and START; what staff write from their own phones; danger; an open thread, in which the bot is
quiet; a flood or a machine, which gets no answer. None of them: the conversation takes the text.
"""

from bot.flow.phrases import phrase
from bot.flow.turn import Escalate, Started
from bot.hear.danger import Danger, danger
from bot.hear.private import volunteers_status
from bot.hear.reactions import is_reaction
from bot.people.staff_texts import FromStaff
from bot.store import contacts, inbound
from bot.store.threads import URGENT, Thread
from bot.talk import admission, by_phone, keywords, which_texts
from bot.talk.by_phone import FromPhone
from bot.talk.number_codes import texted_back
from bot.talk.taken import Outcome, Taken
from bot.talk.turns import play, state_of


def before_a_turn(taken: Taken, thread: Thread | None) -> Outcome | None:
    """Let the first lane that knows this text answer it; None: it is for the conversation."""
    # A label is our own word: whoever taps one chooses, and asks for nothing else by it.
    tapped, contact = taken.text.is_choice, taken.contact
    from_phone = by_phone.read(taken)
    keyword = None if tapped or _is_work(taken, from_phone) else _keyword_of(taken)
    alarm = None if is_reaction(taken.body) else danger(taken.body)
    if keyword is not None or contact.consent == "stopped":
        said = _keyword(taken, keyword) if keyword is not None else _while_stopped(taken)
        if alarm is not None:
            taken.thread_id = taken.exchange.ask_person(Escalate("liaison", URGENT))
        return said
    if contact.consent == "none":
        contact.consent = "given"
    if (outcome := texted_back(taken) or _from_staff(taken, from_phone)) is not None:
        return outcome
    if alarm is not None and not _is_told(taken, alarm, thread):
        return _alarm(taken, alarm)
    if thread is not None:
        return _for_person(taken, thread)
    held = admission.held(taken.exchange, taken.text.sender, taken.body, is_late=taken.text.is_late)
    return _held(taken, held) if held is not None else None


def _is_work(taken: Taken, from_phone: FromPhone | None) -> bool:
    """Whether a text answers a family, so that words in it that would stop texts are for the family."""
    return from_phone is not None and from_phone.has_mark and taken.text.opt_out_type is None


def _keyword_of(taken: Taken) -> keywords.Keyword | None:
    return keywords.heard(taken.body, taken.text.opt_out_type, taken.contact)


def _from_staff(taken: Taken, from_phone: FromPhone | None) -> Outcome | None:
    """What people of the school write from their own phones.

    An answer with its mark first; what has none may be an order to many before it is an answer to one family.
    """
    outcome = None
    if from_phone is not None and from_phone.has_mark:
        outcome = by_phone.heard(taken, from_phone)
    outcome = outcome or _other_lanes(taken)
    if outcome is None and from_phone is not None and not from_phone.has_mark:
        outcome = by_phone.heard(taken, from_phone)
    return outcome


def _other_lanes(taken: Taken) -> Outcome | None:
    came = FromStaff(
        taken.text.sid,
        taken.exchange.inbound_id or 0,
        taken.contact,
        taken.standing.signs_in,
        taken.body,
        taken.text.files,
        taken.now,
    )
    for lane in taken.talk.staff_lanes:
        answer = lane(taken.session, came)
        if answer is None:
            continue
        taken.heard_as = answer.heard_as
        taken.rings += answer.rings
        for said in answer.said:
            taken.exchange.send(said, answer.kind)
        return "answered" if answer.said or answer.has_put else "quiet"
    return None


def _is_told(taken: Taken, alarm: Danger, thread: Thread | None) -> bool:
    """Whether this person waits for a person in this danger already: then the person reads on."""
    state = state_of(taken.talk, taken.contact)
    return thread is not None and state.waiting == "person" and state.frame.flow == alarm


def _alarm(taken: Taken, alarm: Danger) -> Outcome:
    """The emergency number and a person, at once; the flow is named as the danger."""
    taken.learn_language(taken.talk.library.hearing.understand(taken.body, taken.contact.language))
    effects = play(taken.talk, taken.session, taken.contact, Started(alarm), taken.now)
    taken.heard_as = alarm
    taken.exchange.count(f"alarm/{alarm}")
    _, taken.thread_id = taken.exchange.carry_out(effects)
    return "answered"


def _for_person(taken: Taken, thread: Thread) -> Outcome:
    """Kept for the person who answers; what must not be kept is said to be so, not lost in silence."""
    taken.thread_id = thread.id
    taken.quiet("for_person")
    if not volunteers_status(taken.body) or not admission.has_room(taken.exchange):
        return "quiet"
    here = taken.here()
    name = "not_kept_urgent" if thread.topic == URGENT else "not_kept"
    taken.exchange.send(phrase(taken.talk.library.book, name, here.language, here.known), "reply")
    return "answered"


def _held(taken: Taken, why: admission.Held) -> Outcome:
    """No answer, or the last one for a while: it says where a person can be reached."""
    taken.quiet(why)
    if why != "last_word":
        return "quiet"
    here = taken.here()
    taken.exchange.send(phrase(taken.talk.library.book, "help", here.language, here.known), "reply")
    return "answered"


def _while_stopped(taken: Taken) -> Outcome:
    if taken.contact.erased_at is not None:
        inbound.drop_body(taken.session, taken.exchange.inbound_id or 0)
    return taken.quiet("while_stopped")


def _keyword(taken: Taken, keyword: keywords.Keyword) -> Outcome:
    talk, session, contact, text = taken.talk, taken.session, taken.contact, taken.text
    if contact.erased_at is not None and keyword != "stop":
        _know_again(taken, back=keyword == "start")
    if contact.language is None:
        taken.learn_language(talk.library.hearing.understand(taken.body, None))
    here = taken.here()
    is_back = keyword == "start" and contact.consent == "stopped"
    by_carrier = keywords.answered_elsewhere(
        talk, session, contact, text.channel, taken.body, text.opt_out_type
    )
    wording = keywords.apply(talk, session, contact, keyword, here, by_carrier=by_carrier)
    taken.heard_as = keyword
    taken.exchange.count(f"keyword/{keyword}")
    said = [wording] if wording else []
    if is_back and admission.has_room(taken.exchange):
        said.append(which_texts.ask(taken.exchange))
    if not said or not admission.has_room(taken.exchange):
        return "quiet"
    taken.exchange.send("\n\n".join(said), keywords.KINDS[keyword] if wording else "reply")
    return "answered"


def _know_again(taken: Taken, *, back: bool) -> None:
    """Somebody forgotten asks for something: the number is needed to answer, for good after START."""
    taken.contact.number = taken.talk.vault.seal(taken.text.sender, contacts.NUMBER)
    if back:
        taken.contact.erased_at = None
