"""The forms of a school's calendar, and how its dates are said."""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import DateField, Field, SelectField, StringField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from bot.school.calendar import CalendarDate

KINDS: Final = {
    "no_school": _("No school"),
    "early_release": _("School ends early"),
    "conference": _("Conferences"),
    "report_card": _("Report cards"),
    "testing": _("Tests"),
    "meeting": _("Meeting"),
    "other": _("Something else"),
}
"""What families are told of a date; of the last they are told nothing"""
_LONGEST: Final = 60
"""Days; a longer span is more likely a slip of the pen"""


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A calendar as other programs export it."""

    file = FileField(
        _("Calendar file (.ics)"),
        [
            FileRequired(_("Choose a file first.")),
            FileAllowed(["ics", "ical", "ifb", "icalendar"], _("Choose a file that ends in .ics.")),
        ],
    )


class DateForm(FlaskForm):  # type: ignore[misc]
    """One day or span of days."""

    kind = SelectField(_("What it is"), choices=[SelectChoice(name, said) for name, said in KINDS.items()])
    first_day = DateField(_("Day"), [InputRequired(_("Choose a day."))])
    last_day = DateField(_("Last day, where it is several"), [Optional()])
    starts = TimeField(_("From, or when school ends early"), [Optional()])
    ends = TimeField(_("Until"), [Optional()])
    summary = StringField(_("Title in the calendar"), [Length(max=200)])

    def validate_last_day(self, field: Field) -> None:
        """A span ends after it begins, and within weeks."""
        first, last = self.first_day.data, field.data
        if first and last and not 0 <= (last - first).days <= _LONGEST:
            raise ValidationError(_("The last day comes after the first, within 60 days."))

    def validate_ends(self, field: Field) -> None:
        """An end needs a beginning before it."""
        if field.data and (self.starts.data is None or field.data <= self.starts.data):
            raise ValidationError(_("Write a time after the one when it begins."))

    def show(self, one: CalendarDate, zone: str) -> None:
        """Fill the fields with a date."""
        self.kind.data, self.summary.data = one.kind, one.summary
        self.first_day.data, self.last_day.data = one.first_day, one.last_day
        if one.last_day == one.first_day:
            self.last_day.data = None
        self.starts.data = _local(one.starts_at, zone)
        self.ends.data = _local(one.ends_at, zone) if one.ends_at != one.starts_at else None

    def date(self, zone: str) -> CalendarDate:
        """What is wanted; only after `validate`."""
        first: date = self.first_day.data
        last: date = self.last_day.data or first
        title = " ".join((self.summary.data or "").split()) or str(KINDS[self.kind.data])
        starts, ends = self.starts.data, self.ends.data or self.starts.data
        moments = (_moment(first, starts, zone), _moment(last, ends, zone)) if starts else (None, None)
        return CalendarDate(first, last, self.kind.data, title, "", *moments)


def days_said(one: CalendarDate) -> str:
    """The days of a date, with their weekdays."""
    first, last = (format_skeleton("yMMMEd", day, locale=_locale()) for day in (one.first_day, one.last_day))
    return first if first == last else f"{first} - {last}"


def times_said(one: CalendarDate, zone: str) -> str:
    """From when to when; empty where it is about whole days."""
    if one.starts_at is None:
        return ""
    times = [format_time(_local(at, zone), "short", locale=_locale()) for at in (one.starts_at, one.ends_at)]
    return times[0] if times[0] == times[1] else " - ".join(times)


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _local(moment: datetime | None, zone: str) -> time | None:
    return moment.astimezone(ZoneInfo(zone)).time() if moment is not None else None


def _locale() -> str:
    return str(get_locale() or "en")
