"""In which language somebody at school writes to a family, before they say so."""

from typing import Any

from sqlmodel import Session

from bot.store import schools, thread_texts
from bot.store.contacts import Contact
from bot.store.threads import Thread
from bot.web.console.visits import who
from bot.words.locales import LOCALES


def choice(session: Session, thread: Thread, contact: Contact) -> dict[str, Any]:
    """What the composer offers, and on what it stands: the own language and the family's come first."""
    family = contact.language
    offered = list(dict.fromkeys([own(), *([family] if family in LOCALES else []), *LOCALES]))
    return {"language": writes_in(session, thread, family), "languages": offered}


def writes_in(session: Session, thread: Thread, family: str | None) -> str:
    """As last time in this thread; else the family's language, if this person speaks it; else the own."""
    said = thread_texts.replies_of(session, thread.id or 0)
    mine = [one.language for one in said if one.account_id == who().account_id and one.language]
    if mine:
        return mine[-1]
    staff_id = who().staff_id
    spoken = schools.languages_of(session, staff_id) if staff_id is not None else frozenset()
    return family if family is not None and _bare(family) in {_bare(one) for one in spoken} else own()


def own() -> str:
    """That of the caller's pages."""
    return who().language if who().language in LOCALES else "en"


def _bare(locale: str) -> str:
    return locale.partition("_")[0]
