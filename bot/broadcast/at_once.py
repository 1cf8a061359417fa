"""A broadcast in one step, for whoever looks at no pages: written, previewed, and sent as previewed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.broadcast import drafts, sending
from bot.broadcast import preview as previews
from bot.broadcast.drafts import Change
from bot.broadcast.parts import Broadcasting
from bot.broadcast.place import Place
from bot.broadcast.preview import Preview, what_changed
from bot.broadcast.refused import Changed
from bot.broadcast.sending import Order, Sent
from bot.broadcast.when import next_opening
from bot.people.access import Who
from bot.words.locales import LOCALES


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom."""

    change: Change
    template: str | None = None
    instead: Literal["refuse", "english", "wait"] = "refuse"
    """What readers get for whose language there is no fit text: nobody anything; the text in its own
    language, with a line that says so; or theirs as soon as somebody has translated it"""

    @property
    def whole(self) -> Change:
        """With what is chosen for every language, known or not."""
        if self.instead == "refuse":
            return self.change
        missing: Mapping[str, drafts.Choice] = dict.fromkeys((*LOCALES, "?"), self.instead)
        return replace(self.change, missing=missing)


@dataclass(frozen=True, slots=True)
class When:
    """When it goes out."""

    at: datetime | None = None
    """None: now"""
    if_quiet: Literal["refuse", "next_morning"] = "refuse"
    """In quiet hours: refused with InQuietHours, or sent when they end"""


def look(session: Session, parts: Broadcasting, who: Who, letter: Letter) -> Preview:
    """What would go out now; nothing is kept. Raises as `drafts.create`."""
    row, draft = drafts.unsaved(session, parts, who, letter.whole, template=letter.template)
    return previews.of_draft(session, parts, who, row, draft, parts.clock())


def go(
    session: Session, parts: Broadcasting, who: Who, letter: Letter, when: When, token: str | None = None
) -> tuple[Preview, Sent]:
    """Write, preview and send in this transaction. `token`: of a preview that must still hold.

    Raises as `drafts.create` and `sending.send`; Changed where the preview of the token shows otherwise.
    Ring `chores` after the commit.
    """
    draft_id = drafts.create(session, parts, who, letter.whole, template=letter.template)
    shown = previews.preview(session, parts, who, draft_id)
    if token is not None and (changed := _changed(token, shown.token)):
        raise Changed(changed)
    order = order_of(when, shown.place, parts.clock())
    return shown, sending.send(session, parts, who, draft_id, shown.token, order)


def order_of(when: When, place: Place, now: datetime) -> Order:
    """The same in the local time of its school."""
    moment = (when.at or now).astimezone(UTC)
    if when.if_quiet == "next_morning" and (opens := next_opening(moment, place)) is not None:
        return Order(at=opens)
    if when.at is None:
        return sending.NOW
    return Order(at=moment.astimezone(ZoneInfo(place.zone)).replace(tzinfo=None), is_moment=True)


def _changed(before: str, now: str) -> list[str]:
    """Of two previews of the same words: a preview alone has no draft, so its number says nothing."""
    number, _, rest = before.partition("-")
    if not number.isdecimal():
        raise Changed(["preview"])
    return what_changed(f"0-{rest}", f"0-{now.partition('-')[2]}")
