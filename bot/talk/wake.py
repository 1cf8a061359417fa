"""Time has passed in a conversation: whatever timer is due happens, one contact a transaction."""

from bot.flow.turn import TimePassed
from bot.people.findable import fill_names
from bot.people.retention import forget_old_words
from bot.store import contacts
from bot.talk.effects import Exchange, channel_of
from bot.talk.overdue import escalate_overdue
from bot.talk.own_data import finish_erasures
from bot.talk.parts import Talk
from bot.talk.phone_relay import tell_again
from bot.talk.tips import send_due_tips
from bot.talk.turns import play

AT_ONCE = 100


def wake_all(talk: Talk) -> int:
    """All that time alone brings about: timers, weekly tips, the end of erasures and of old words."""
    woken = wake_due(talk) + escalate_overdue(talk) + send_due_tips(talk) + finish_erasures(talk)
    woken += tell_again(talk)
    fill_names(talk.db, talk.vault, talk.clock)
    return woken + forget_old_words(talk.db, talk.clock)


def wake_due(talk: Talk) -> int:
    """Let due timers happen; how many conversations were looked at."""
    with talk.db.read() as session:
        due = contacts.due_to_wake(session, talk.clock(), AT_ONCE)
    spoken = [contact_id for contact_id in due if _wake(talk, contact_id)]
    if spoken:
        talk.queue.ring("replies")
    return len(due)


def _wake(talk: Talk, contact_id: int) -> bool:
    now = talk.clock()
    with talk.db.write() as session:
        contact = contacts.by_id_locked(session, contact_id)
        if (
            contact is None
            or contact.wake_at is None
            or contact.wake_at > now
            or contact.consent == "stopped"
        ):
            return False
        effects = play(talk, session, contact, TimePassed(), now)
        exchange = Exchange(talk, session, contact, now, channel_of(contact))
        sent, _ = exchange.carry_out(effects, "timer")
        exchange.write_counts()
        return sent
