"""An answer was promised and nobody gave it in time: the district office is asked, and the family is told.

If nobody answers there either, the family is told that too, and whom to call: it waits for nothing in vain.
"""

from bot.flow.phrases import phrase
from bot.flow.turn import Escalate
from bot.store import contacts, thread_work
from bot.talk import promises
from bot.talk.effects import Exchange, channel_of
from bot.talk.parts import Talk
from bot.talk.surroundings import here as here_of

AT_ONCE = 100
DISTRICT = "district_office"


def escalate_overdue(talk: Talk) -> int:
    """Ask the district office about threads whose promised time has passed; how many.

    A school day later it is asked once more, and the family is told whom to call. Where the flow itself says
    that nobody has answered, as most do (`unanswered`), the first time is left to the flow's timer.
    """
    with talk.db.read() as session:
        late = thread_work.overdue(session, talk.clock(), AT_ONCE)
    escalated = sum(_escalate(talk, thread_id) for thread_id in late)
    if escalated:
        talk.queue.ring("replies")
    return escalated


def _escalate(talk: Talk, thread_id: int) -> bool:
    now = talk.clock()
    with talk.db.write() as session:
        contact_id = thread_work.contact_of(session, thread_id)
        contact = contacts.by_id_locked(session, contact_id) if contact_id is not None else None
        thread = thread_work.locked(session, thread_id)
        if contact is None or thread is None or thread.promised_at is None or thread.promised_at > now:
            return False
        if thread.state != "open" or promises.says_so_itself(talk, contact):
            return False
        was_escalated = thread.escalated_at is not None
        exchange = Exchange(talk, session, contact, now, channel_of(contact))
        exchange.ask_person(Escalate(DISTRICT, thread.topic, again=True))
        if contact.consent != "stopped" and contact.erased_at is None:
            here = here_of(talk, session, contact, now)
            name = "nobody_answered_at_all" if was_escalated else "nobody_answered_yet"
            said = phrase(talk.library.book, name, here.language, here.known)
            exchange.send(said, "timer", thread_id=thread_id)
        exchange.write_counts()
    return True
