"""A person's own data: shown, erased, and a number that belongs to somebody else taken off the list."""

from datetime import UTC

from bot.flow.state import Value
from bot.people import contacts as people
from bot.store import erasure, subscriptions
from bot.talk.parts import Doing, Done, Talk

NOTHING: Value = {"phrase": "nothing_kept"}
AT_ONCE = 100


def export_data(doing: Doing) -> Done:
    """Gives `mine`: all that is kept of this person, as the flow's text shows it.

    Fields: name, language, children (their names), from_you and to_you (texts), threads, absences, tips.
    """
    contact_id, known = doing.contact.id or 0, doing.known
    rows = erasure.rows_of(doing.session, contact_id)
    children = known.get("family.children")
    has_tips = bool(subscriptions.of_contact(doing.session, contact_id))
    mine: dict[str, Value] = {
        "name": known.get("contact.name", NOTHING),
        "language": known.get("contact.language", NOTHING),
        "children": children or NOTHING,
        "from_you": rows.get("inbound", 0),
        "to_you": rows.get("outbox", 0),
        "threads": rows.get("thread", 0),
        "absences": rows.get("absence", 0),
        "tips": {"phrase": "word_yes" if has_tips else "word_no"},
    }
    return Done(done=True, values={"mine": mine})


def erase_data(doing: Doing) -> Done:
    """Forget this person: texts, links, consent and choices. Only a keyed hash and the opt-out stay.

    The number itself goes with `finish_erasures`, when the receipt has left.
    """
    erasure.forget(doing.session, doing.contact.id or 0, doing.now.astimezone(UTC))
    doing.session.refresh(doing.contact)
    return Done(done=True)


def wrong_number(doing: Doing) -> Done:
    """This number is not the person whom the roster means. Not done where it is on no list."""
    ended = people.wrong_number(doing.session, doing.contact, doing.now.astimezone(UTC))
    doing.session.refresh(doing.contact, ["name", "name_source", "language", "language_source"])
    return Done(done=ended > 0)


def finish_erasures(talk: Talk) -> int:
    """Forget the numbers of those whose receipt is out, or could not be sent; how many there were."""
    with talk.db.read() as session:
        waiting = erasure.waiting(session, AT_ONCE)
    for contact_id in waiting:
        with talk.db.write() as session:
            erasure.finish(session, contact_id)
    return len(waiting)
