"""A person at school has finished with a thread: the conversation goes back to the bot."""

from bot.flow.turn import PersonClosed
from bot.store import contacts, threads
from bot.talk.effects import Exchange, channel_of
from bot.talk.parts import Talk
from bot.talk.turns import play


def close_thread(talk: Talk, thread_id: int) -> bool:
    """Close one thread and let the bot say that it is back. False when it was closed before."""
    now = talk.clock()
    with talk.db.write() as session:
        thread = threads.by_id(session, thread_id)
        contact = contacts.by_id_locked(session, thread.contact_id) if thread else None
        if thread is None or contact is None or not threads.close(session, thread_id, now):
            return False
        effects = play(talk, session, contact, PersonClosed(), now)
        if contact.consent != "stopped":
            exchange = Exchange(talk, session, contact, now, channel_of(contact))
            exchange.carry_out(effects)
            exchange.write_counts()
    talk.queue.ring("replies")
    return True
