"""Which of our own texts a person wants: asked after START, on TEXTS, and of who may have meant STOP."""

from datetime import UTC
from typing import Final

from bot.flow.phrases import phrase
from bot.flow.turn import Effect, Say, Started
from bot.store import broadcasts, consents, contacts, subscriptions
from bot.store.broadcasts import Topic
from bot.talk.effects import Exchange
from bot.talk.parts import Doing, Done
from bot.talk.surroundings import here as here_of
from bot.talk.turns import play
from bot.talk.wording import as_sms

FLOW: Final = "which_texts"
KEEPS: Final[dict[str, tuple[Topic, ...]]] = {"needed": ("attendance", "urgent"), "emergency": ()}
"""What each choice but `all` leaves; emergencies reach everybody who has not texted STOP"""


def choose_texts(doing: Doing) -> Done:
    """Keep what `wanted_texts` says: all, needed or emergency. Not done for anything else."""
    wanted, contact, now = str(doing.values.get("wanted_texts", "")), doing.contact, doing.now.astimezone(UTC)
    if wanted != "all" and wanted not in KEEPS:
        return Done(done=False)
    contact.wants = None if wanted == "all" else wanted
    if wanted != "all":
        broadcasts.take_back(doing.session, contact.id or 0, keep=KEEPS[wanted])
        subscriptions.end_all(doing.session, contact.id or 0)
    consents.record(
        doing.session,
        contact.id or 0,
        f"chose_{wanted}",
        language=contact.language or "en",
        wording=doing.asked(FLOW, "which"),
        source="text",
        at=now,
    )
    return Done(done=True)


def ask(exchange: Exchange) -> str:
    """The question, as one text; the conversation waits for its answer."""
    effects = play(exchange.talk, exchange.session, exchange.contact, Started(FLOW), exchange.now)
    return as_sms(effects)


def hold_and_ask(exchange: Exchange) -> tuple[Effect, ...]:
    """Somebody may want no more texts: until she says, nothing goes out of our own accord.

    47 CFR 64.1200(a)(10) takes any reasonable words for a STOP; whose are not plain is asked, and a person
    finds her in `ally consent unclear`.
    """
    here = here_of(exchange.talk, exchange.session, exchange.contact, exchange.now)
    said = phrase(exchange.talk.library.book, "held_back", here.language, here.known)
    exchange.contact.wants = contacts.UNCLEAR
    consents.record(
        exchange.session,
        exchange.contact_id,
        "unclear",
        language=here.language,
        wording=consents.wording_id(said),
        source="text",
        at=exchange.now,
    )
    effects = play(exchange.talk, exchange.session, exchange.contact, Started(FLOW), exchange.now)
    return (Say(said, "phrase/held_back", here.language), *effects)
