"""What the doctor says of one thing: how it is, and the fix in one line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.words.remark import remark

State = Literal["ok", "warning", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fix` is empty where nothing is to be done."""

    about: str
    state: State
    says: str
    fix: str = ""


def ok(about: str, says: str) -> Finding:
    """As it should be."""
    return Finding(about, "ok", says)


def warning(about: str, says: str, fix: str) -> Finding:
    """Works, and somebody should see to it."""
    return Finding(about, "warning", says, fix)


def broken(about: str, says: str, fix: str) -> Finding:
    """Families or staff are not served until this is mended."""
    return Finding(about, "broken", says, fix)


def guarded(about: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """The findings of one look; one that breaks is a finding too and stops no other."""
    try:
        yield from look()
    except Exception as error:  # noqa: BLE001 - the doctor must work where everything else is down
        yield broken(
            about,
            remark("could not be looked at (%(why)s)", why=type(error).__name__),
            remark("mend what stands above, then look again"),
        )
