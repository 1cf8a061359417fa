"""The look-ups that flows may use, by name; each gives public information as plain values."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import dates, directory
from bot.store.vault import Vault

LookUp = Callable[[Session, Mapping[str, str], int, date], Sequence[Value]]
"""(session, where, limit, today in the school's zone) -> results, best or soonest first"""


def look_ups() -> dict[str, LookUp]:
    """Every look-up by the name that flows call it."""
    return {
        "directory.schools": lambda session, where, limit, _today: directory.find_schools(
            session, where, limit
        ),
        "directory.liaisons": lambda session, where, limit, _today: directory.find_liaisons(
            session, where, limit
        ),
        "directory.staff": lambda session, where, limit, _today: directory.find_staff(session, where, limit),
        "calendar.dates": dates.find_dates,
    }


def run(
    session: Session,
    vault: Vault,
    look_up: str,
    where: Mapping[str, str],
    limit: int,
    today: date,
) -> Sequence[Value]:
    """Answer one look-up of a flow. Raises KeyError for a name that `ally check` would refuse."""
    del vault  # nothing that is looked up so far is sealed
    return look_ups()[look_up](session, where, limit, today)
