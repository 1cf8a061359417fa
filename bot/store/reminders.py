"""Reminders from a school's calendar: by which rules, and the broadcast that each date was given."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.store.upserts import insert_into


class ReminderRule(SQLModel, table=True):
    """When families of one school are reminded of one kind of day."""

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("school_id", "kind", "days_before"),)

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id")
    kind: str = Field(max_length=24)
    """Of the calendar, and so of the phrase reminder_<kind>"""
    days_before: int
    at: str = Field(max_length=5)
    """18:00, in the school's zone"""
    by_itself: bool = False
    """Whether it goes out without a person who saw it"""
    is_on: bool = True
    gone_at: datetime | None = None
    """When somebody removed it: it is kept for whoever takes that back, and for the reminders it made"""


class Reminder(SQLModel, table=True):
    """One rule for one date of a calendar: it has one broadcast, whoever looks how often."""

    __table_args__ = (UniqueConstraint("rule_id", "uid", "first_day"),)

    id: int | None = Field(default=None, primary_key=True)
    rule_id: int = Field(foreign_key="reminder_rule.id")
    uid: str
    """Of the iCalendar event: ids of events change with each reading of the file"""
    first_day: date
    last_day: date
    starts_at: datetime | None = None
    """As the calendar had it when the text was written"""
    ends_at: datetime | None = None
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id", index=True)


def rules_of(session: Session, school_id: int) -> list[ReminderRule]:
    """All rules of a school, also those that are off."""
    chosen = select(ReminderRule).where(
        col(ReminderRule.school_id) == school_id, col(ReminderRule.gone_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(ReminderRule.kind), col(ReminderRule.days_before).desc())))


def has_any(session: Session, school_id: int) -> bool:
    """Whether a school ever had rules, removed ones too: then nobody gives it the usual ones."""
    chosen = select(ReminderRule.id).where(col(ReminderRule.school_id) == school_id)
    return session.exec(chosen.limit(1)).first() is not None


def rule_of(session: Session, school_id: int, rule_id: int) -> ReminderRule | None:
    """One rule of a school, also one that was removed; locked."""
    chosen = select(ReminderRule).where(
        col(ReminderRule.id) == rule_id, col(ReminderRule.school_id) == school_id
    )
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def rule_like(session: Session, school_id: int, kind: str, days_before: int) -> ReminderRule | None:
    """The rule of a school for a kind of day and so many days before, also one that was removed."""
    chosen = select(ReminderRule).where(
        col(ReminderRule.school_id) == school_id,
        col(ReminderRule.kind) == kind,
        col(ReminderRule.days_before) == days_before,
    )
    return session.exec(chosen).first()


def of_rule(session: Session, rule_id: int) -> list[Reminder]:
    """Every reminder that a rule made, or that was left out."""
    return list(session.exec(select(Reminder).where(col(Reminder.rule_id) == rule_id)))


def of_date(session: Session, rule_id: int, uid: str, first_day: date) -> Reminder | None:
    """The reminder of a rule for one date."""
    chosen = select(Reminder).where(
        col(Reminder.rule_id) == rule_id, col(Reminder.uid) == uid, col(Reminder.first_day) == first_day
    )
    return session.exec(chosen).first()


def add_rules(session: Session, rules: Sequence[ReminderRule]) -> None:
    """Give a school rules; one that is there already stays as it is."""
    keys = ["school_id", "kind", "days_before"]
    new = insert_into(session, ReminderRule).on_conflict_do_nothing(index_elements=keys)
    for rule in rules:
        session.connection().execute(new, rule.model_dump(exclude={"id"}))


def change_rule(session: Session, rule_id: int, *, at: str, by_itself: bool, is_on: bool) -> bool:
    """Change a rule. False where there is none. What is written already keeps its time."""
    these = update(ReminderRule).where(col(ReminderRule.id) == rule_id)
    result = session.connection().execute(these.values(at=at, by_itself=by_itself, is_on=is_on))
    return result.rowcount == 1


def claim(session: Session, reminder: Reminder) -> int | None:
    """Take a rule's date; its id, or None where somebody took it before."""
    new = insert_into(session, Reminder).on_conflict_do_nothing(
        index_elements=["rule_id", "uid", "first_day"]
    )
    row = reminder.model_dump(exclude={"id"})
    return session.connection().execute(new.returning(col(Reminder.id)), row).scalar()


def is_claimed(session: Session, rule_id: int, uid: str, first_day: date) -> bool:
    """Whether a rule's date is taken."""
    return of_date(session, rule_id, uid, first_day) is not None


def bind(session: Session, reminder_id: int, broadcast_id: int) -> None:
    """Name the broadcast of a reminder."""
    these = update(Reminder).where(col(Reminder.id) == reminder_id)
    session.connection().execute(these.values(broadcast_id=broadcast_id))


def coming(session: Session, from_day: date) -> list[tuple[Reminder, ReminderRule]]:
    """Reminders of dates that are not before this day, with their rules."""
    chosen = select(Reminder, ReminderRule).join(ReminderRule, col(ReminderRule.id) == col(Reminder.rule_id))
    found = session.exec(chosen.where(col(Reminder.first_day) >= from_day).order_by(col(Reminder.id)))
    return [(reminder, rule) for reminder, rule in found]


def of_broadcast(session: Session, broadcast_id: int) -> Reminder | None:
    """The reminder that a broadcast is; None for one that a person wrote."""
    return session.exec(select(Reminder).where(col(Reminder.broadcast_id) == broadcast_id)).first()


def drop(session: Session, reminder_id: int) -> None:
    """Forget a reminder whose date is no more, so that it can come back with the date."""
    session.exec(delete(Reminder).where(col(Reminder.id) == reminder_id))
