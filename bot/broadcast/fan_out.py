"""Puts the texts of broadcasts into the outbox, page by page: each page and its cursor are one transaction.

Whoever dies loses nothing and doubles nothing: the next begins behind the last page that was committed, and
the database takes one text for each contact. Any number of processes may do this at once.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, cast

import structlog
from sqlmodel import Session

from bot.broadcast.audience import UNKNOWN, terms_of
from bot.broadcast.begin_due import begin_due
from bot.broadcast.clocks import Clock, is_spread, starts_in
from bot.broadcast.drafts import Draft, opened
from bot.broadcast.letters import Press
from bot.broadcast.parts import Broadcasting
from bot.broadcast.sending import within_of
from bot.broadcast.which_text import fit_languages, which
from bot.broadcast.wording import Fields, fields_in
from bot.outbox.put import ToMany, ToOne, put_once
from bot.outbox.quiet import school_window
from bot.ports import Channel
from bot.store import (
    accounts,
    broadcast_notices,
    broadcast_texts,
    broadcast_translations,
    broadcasts,
    schools,
)
from bot.store import audience as selected
from bot.store import broadcast_moves as moves
from bot.store.audience import Member
from bot.store.audience_ways import Within
from bot.store.broadcasts import Broadcast
from bot.store.consents import wording_id
from bot.store.contacts import NAME
from bot.store.families import STUDENT_NAME

PAGE: Final = 250
"""Contacts of one transaction: on SQLite everybody else waits for it, some hundredths of a second"""
_log = structlog.get_logger(__name__)


def fill_due(parts: Broadcasting, *, seconds: float = 20.0) -> int:
    """Begin what is due, and put texts into the outbox for so long; returns how many contacts got theirs."""
    now, until = parts.clock(), time.monotonic() + seconds
    begin_due(parts, now)
    with parts.db.read() as session:
        to_fill = moves.to_fill(session, now)
    put = 0
    for broadcast_id in to_fill:
        while time.monotonic() < until:
            page = fill_page(parts, broadcast_id)
            put += page
            if page:
                parts.queue.ring("broadcasts")
            else:
                break
    _pause_canaries(parts)
    return put


def _pause_canaries(parts: Broadcasting) -> None:
    with parts.db.read() as session:
        over = moves.canaries(session)
    for broadcast_id in over:
        with parts.db.write() as session:
            moves.pause_canary(session, broadcast_id)


def fill_page(parts: Broadcasting, broadcast_id: int) -> int:
    """The next texts of one broadcast, with the cursor behind them, in one transaction.

    Returns how many contacts; 0 where nothing is left, or somebody else is at it.
    """
    now = parts.clock()
    with parts.db.write() as session:
        row = moves.locked_if_free(session, broadcast_id)
        if row is None or row.state != "running":
            return 0
        page = _Page(session, parts, row, opened(session, parts, row), now)
        is_late = row.expires_at is not None and row.expires_at <= now
        if row.filled_at is None:
            limit = PAGE if row.canary is None or is_late else min(PAGE, row.canary - row.put_so_far)
            if limit > 0 and (put := page.fill(limit)):
                return put
            if limit > 0:
                broadcasts.filled(session, broadcast_id, now)
        return page.fill_waiting(is_late=is_late)


@dataclass
class _Page:
    """One page of one broadcast."""

    session: Session
    parts: Broadcasting
    row: Broadcast
    draft: Draft
    now: datetime
    press: Press = field(init=False)
    within: Within = field(init=False)
    clock: Clock = field(init=False)
    """Of its school, or of its place where there are more"""
    named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.press = Press(self.parts)
        self.within = within_of(self.row)
        self.named = frozenset(
            part.name for text in self.draft.texts.values() for part in fields_in(text.body)
        )
        self.clock = Clock(self.row.zone or "UTC", (self.row.options or {}).get("hours"))

    def fill(self, limit: int) -> int:
        """The next contacts of the audience."""
        members = selected.page(
            self.session,
            self.draft.audience.chosen,
            self.within,
            terms_of(self.row),
            after=self.row.cursor,
            limit=limit,
            many=bool((self.row.options or {}).get("many")),
        )
        if members:
            self._put(members)
            moves.advance(self.session, self.row.id or 0, cursor=members[-1].contact_id, put=len(members))
        return len(members)

    def fill_waiting(self, *, is_late: bool) -> int:
        """Those whose translation has come; when its time is over, the rest as left out."""
        broadcast_id = self.row.id or 0
        waiting = broadcast_texts.waiting(self.session, broadcast_id)
        withhold = self.parts.withhold_unreviewed
        languages = fit_languages(self.draft, waiting, withhold_unreviewed=withhold)
        if not waiting or not (languages or is_late):
            return 0
        took = broadcast_texts.take_waiting(self.session, broadcast_id, None if is_late else languages, PAGE)
        ids = [one.contact_id for one in took]
        members = selected.members(self.session, terms_of(self.row), ids)
        asked = {one.contact_id: one.language for one in took}
        # The language in which the text was waited for: a wish to change it meanwhile is for the next one.
        self._put([_reading(one, asked[one.contact_id]) for one in members], is_late=is_late)
        return len(took)

    def _put(self, members: Sequence[Member], *, is_late: bool = False) -> None:
        names = self._names([one.contact_id for one in members if one.reason is None])
        texts, waits = list[ToOne](), dict[int, str]()
        notices: dict[int, tuple[str, str]] = {}
        for one in members:
            reader = one.language or self.draft.language
            channel = cast(Channel, one.channel)
            words = which(
                self.draft, one.language or UNKNOWN, withhold_unreviewed=self.parts.withhold_unreviewed
            )
            if one.reason is not None:
                texts.append(ToOne(one.contact_id, "", channel, reader, one.reason))
            elif words is None or (words.waits and is_late):
                texts.append(ToOne(one.contact_id, "", channel, reader, "no_text"))
            elif words.waits:
                waits[one.contact_id] = reader
            else:
                made = self.press.letter(words, names(one), reader, is_new=one.is_new)
                texts.append(ToOne(one.contact_id, made.body, channel, words.language))
                if made.notice:
                    notices[one.contact_id] = (reader, wording_id(made.notice))
        self._put_by_clock(texts)
        broadcast_texts.wait(self.session, self.row.id or 0, waits)
        broadcast_translations.wait(self.session, self.row.id or 0, waits.values(), self.now)
        broadcast_notices.note(self.session, notices, self.now)

    def _put_by_clock(self, texts: Sequence[ToOne]) -> None:
        """Each text keeps the hours of its own family's school."""
        if not is_spread(self.row):
            put_once(self.session, self.parts.vault, self._shared(self.clock), texts, self.now)
            return
        clocks = self._clocks([one.contact_id for one in texts])
        for clock in dict.fromkeys(clocks.values()):
            some = [one for one in texts if clocks[one.contact_id] == clock]
            put_once(self.session, self.parts.vault, self._shared(clock), some, self.now)

    def _shared(self, clock: Clock) -> ToMany:
        row, starts = self.row, starts_in(self.row, clock.zone, self.row.starts_at or self.now)
        ends = starts + timedelta(minutes=row.lives or 0) if is_spread(row) else row.expires_at
        closes = school_window(starts, clock.zone, clock.hours).closes
        goes_on = ends is not None and ends > closes
        return ToMany(row, clock.zone, starts, ends, goes_on, clock.hours)

    def _clocks(self, contact_ids: Sequence[int]) -> Mapping[int, Clock]:
        """By contact: of the school of the first child for whose sake it is written to."""
        at = {one.id: Clock(one.zone, one.text_hours) for one in schools.every_school(self.session)}
        children = selected.children(self.session, self.draft.audience.chosen, self.within, contact_ids)
        return {
            one: at.get(children[one][0].school_id, self.clock) if one in children else self.clock
            for one in contact_ids
        }

    def _names(self, contact_ids: Sequence[int]) -> Callable[[Member], Fields]:
        """What the merge fields are for each; only what some text asks for is opened."""
        common = self._common()
        if not self.named & {"child", "class", "guardian"}:
            return lambda _: common
        audience, vault = self.draft.audience, self.parts.vault
        children: Mapping[int, list[selected.Child]] = {}
        titles: Mapping[int, list[str]] = {}
        if self.named & {"child", "class"}:
            children = selected.children(self.session, audience.chosen, self.within, contact_ids)
        if "class" in self.named and audience.classes:
            ids = [child.student_id for some in children.values() for child in some]
            titles = selected.classes_of(self.session, ids, audience.classes)

        def fields(one: Member) -> Fields:
            mine = children.get(one.contact_id, [])
            return Fields(
                school=common.school,
                child=[vault.open(child.name, STUDENT_NAME) for child in mine]
                if "child" in self.named
                else [],
                guardian=vault.open(one.name, NAME) if one.name and "guardian" in self.named else "",
                classes=[title for child in mine for title in titles.get(child.student_id, [])],
                sender=common.sender,
                day=common.day,
            )

        return fields

    def _common(self) -> Fields:
        school = schools.by_id(self.session, self.row.school_id) if self.row.school_id else None
        account = accounts.by_id(self.session, self.row.account_id) if self.row.account_id else None
        sender = self.parts.vault.open(account.name, accounts.NAME) if account else ""
        return Fields(school=school.name if school else "", sender=sender, day=self.draft.day)


def _reading(one: Member, language: str) -> Member:
    return Member(one.contact_id, language, one.reason, one.is_new, one.channel, one.name)
