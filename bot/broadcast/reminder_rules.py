"""Changing by which rules a school reminds, and leaving one date out; each with its line in the log.

What was written by a rule and has not begun is taken back when the rule changes, and written anew: whoever
agreed to the old text did not see the new one.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, Final

from sqlmodel import Session

from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import InQuietHours, NotWaiting, NotYours, Refused
from bot.broadcast.reminders import WAITING, look_at_school
from bot.outbox.quiet import read_hours
from bot.people.access import Who
from bot.school.calendar_kinds import KINDS
from bot.store import audit, reminders, school_events
from bot.store import broadcast_moves as moves
from bot.store.audit import Deed
from bot.store.reminders import Reminder, ReminderRule
from bot.store.schools import School

REMINDED: Final = tuple(kind for kind in KINDS if kind != "other")
"""Kinds of days of which there is a reviewed phrase"""
DAYS: Final = (1, 2, 3, 7, 14)
"""So many days before"""


class RuleRefused(Refused):
    """There is no such kind of day, or no such time."""

    field: ClassVar[str] = "rule"


class ThereAlready(Refused):
    """The school has a rule for this kind of day, so many days before."""

    field: ClassVar[str] = "rule"


@dataclass(frozen=True, slots=True)
class RuleDesk:
    """One transaction in which somebody changes the rules of a school that they administer."""

    session: Session
    parts: Broadcasting
    who: Who
    school: School

    def add(self, kind: str, days_before: int, at: str, *, by_itself: bool) -> int:
        """Remind of a kind of day; the id of the rule. Raises RuleRefused, InQuietHours, ThereAlready."""
        if kind not in REMINDED or days_before not in DAYS:
            raise RuleRefused("no such kind or number of days")
        at = self._time(at)
        rule = reminders.rule_like(self.session, self._school_id, kind, days_before)
        if rule is not None and rule.gone_at is None:
            raise ThereAlready("there is such a rule")
        rule = rule or ReminderRule(school_id=self._school_id, kind=kind, days_before=days_before, at=at)
        rule.at, rule.by_itself, rule.is_on, rule.gone_at = at, by_itself, True, None
        self.session.add(rule)
        self.session.flush()
        self._anew(rule, "reminder_rule_added")
        return rule.id or 0

    def change(self, rule_id: int, at: str, *, by_itself: bool, is_on: bool) -> None:
        """Another time, or off. Raises NotYours, RuleRefused, InQuietHours."""
        rule = self._rule(rule_id)
        rule.at, rule.by_itself, rule.is_on = self._time(at), by_itself, is_on
        self._anew(rule, "reminder_rule_changed")

    def remove(self, rule_id: int) -> None:
        """Remind no more by this rule. Raises NotYours."""
        rule = self._rule(rule_id)
        rule.gone_at = self.parts.clock()
        self._anew(rule, "reminder_rule_removed")

    def restore(self, rule_id: int) -> None:
        """Take that back. Raises NotYours."""
        rule = self._rule(rule_id)
        rule.gone_at = None
        self._anew(rule, "reminder_rule_restored")

    def skip(self, rule_id: int, uid: str, first_day: date) -> None:
        """Leave one date out. Raises NotYours (no such date), NotWaiting where it has begun."""
        rule = self._rule(rule_id)
        held = reminders.of_date(self.session, rule_id, uid, first_day)
        if held is None:
            events = school_events.between(self.session, self._school_id, first_day, first_day)
            event = next((one for one in events if one.uid == uid and one.first_day == first_day), None)
            if event is None:
                raise NotYours("there is no such date")
            left_out = Reminder(rule_id=rule_id, uid=uid, first_day=first_day, last_day=event.last_day)
            reminders.claim(self.session, left_out)
        elif held.broadcast_id is not None:
            self._cancel(held.broadcast_id)
        self._write_down("reminder_skipped", rule)

    def unskip(self, rule_id: int, uid: str, first_day: date) -> None:
        """Let a date that was left out be written after all. Raises NotYours, NotWaiting."""
        rule = self._rule(rule_id)
        held = reminders.of_date(self.session, rule_id, uid, first_day)
        if held is None:
            raise NotYours("nobody left this date out")
        if held.broadcast_id is not None:
            row = moves.locked(self.session, held.broadcast_id)
            if row is not None and row.state != "cancelled":
                raise NotWaiting("it was not left out")
        reminders.drop(self.session, held.id or 0)
        self._anew(rule, "reminder_unskipped", keep=True)

    @property
    def _school_id(self) -> int:
        return self.school.id or 0

    def _rule(self, rule_id: int) -> ReminderRule:
        found = reminders.rule_of(self.session, self._school_id, rule_id)
        if found is None:
            raise NotYours("there is no such rule of this school")
        return found

    def _time(self, at: str) -> str:
        """Raises RuleRefused, InQuietHours."""
        try:
            moment = time.fromisoformat(at)
        except ValueError:
            raise RuleRefused("this is no time") from None
        opens, closes = read_hours(self.school.text_hours)
        if not opens <= moment.replace(tzinfo=None) < closes:
            raise InQuietHours(f"{opens:%H:%M}", f"{closes:%H:%M}")
        return f"{moment:%H:%M}"

    def _anew(self, rule: ReminderRule, action: str, *, keep: bool = False) -> None:
        """Take back what the rule wrote and nothing of which has begun, then write what is due by it now."""
        self.session.add(rule)
        self.session.flush()
        for one in [] if keep else reminders.of_rule(self.session, rule.id or 0):
            if one.broadcast_id is not None and moves.move(
                self.session, one.broadcast_id, WAITING, "cancelled", reason="rule_changed"
            ):
                reminders.drop(self.session, one.id or 0)
        look_at_school(self.session, self.parts, self.school, self.parts.clock())
        self._write_down(action, rule)

    def _cancel(self, broadcast_id: int) -> None:
        if not moves.move(self.session, broadcast_id, WAITING, "cancelled", reason="skipped"):
            raise NotWaiting("it has begun, or is over")

    def _write_down(self, action: str, rule: ReminderRule) -> None:
        detail = {"kind": rule.kind, "days_before": rule.days_before, "at": rule.at, "is_on": rule.is_on}
        deed = Deed(action, self.who.account_id, f"reminder_rule:{rule.id}", self._school_id, detail)
        audit.append(self.session, self.parts.vault, self.parts.clock(), deed)
