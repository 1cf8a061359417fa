"""Who at school was told, in plain words, for the lists of threads and absences."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.store import schools
from bot.store.notices import Notice

NOBODY = "nobody"


def staff_names(session: Session) -> dict[int, str]:
    """The names of all staff by row."""
    return {person.id or 0: person.name for person in schools.every_staff(session).values()}


def told_words(found: Sequence[Notice], names: Mapping[int, str]) -> str:
    """Every reader with how far it has come, `nobody` where nobody is told or will be."""
    readers = {reader_of(one, names): one for one in found}  # the latest word to each
    return "; ".join(f"{reader}: {how(one)}" for reader, one in readers.items()) or NOBODY


def reader_of(notice: Notice, names: Mapping[int, str]) -> str:
    """A person by name, an office by what it is."""
    office = notice.to.replace("_", " ")
    return names.get(notice.staff_id, office) if notice.staff_id else office


def how(notice: Notice) -> str:
    """How far one notice has come."""
    why = f" ({notice.reason})" if notice.reason else ""
    return {
        "texting": "text on its way",
        "mailing": f"e-mail on its way{why}",
        "told": f"told by {way(notice)}",
        "failed": f"not told{why}",
    }[notice.state]


def way(notice: Notice) -> str:
    """How it was told or is being told; a text that became an e-mail is one."""
    return "e-mail" if notice.tries or notice.state == "mailing" or notice.outbox_id is None else "text"


def is_reached(found: Sequence[Notice]) -> bool:
    """Whether somebody was told, or is about to be."""
    return any(one.state != "failed" for one in found)


def why_nobody(found: Sequence[Notice], whom: str) -> str:
    """Why nobody was told, and what to do."""
    if not found:
        return f"no number or e-mail for {whom}; district.yaml takes them."
    reasons = ", ".join(sorted({one.reason or "unknown" for one in found}))
    return f"what was tried did not arrive ({reasons})."
