"""The form of one school: its fields, what may stand in them, and the way to a record and back."""

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final
from zoneinfo import available_timezones

from flask import current_app, request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import DateField, EmailField, Field, HiddenField, StringField, TelField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from bot.outbox.quiet import CLOSES, OPENS, read_hours, write_hours
from bot.people.on_call import is_email_of_another_school, is_number_of_another_school
from bot.school import hours_written
from bot.school.hours_written import PARTS, HoursUnread, Why
from bot.school.school_record import Record
from bot.store.vault import Vault
from bot.web.bot_of import bot_of
from bot.web.console.typed_fields import is_email_field, is_phone_field
from bot.words import locales
from bot.words.phone import to_e164

WEEKS: Final = {part: "_".join(part) for part in PARTS}
"""The field of each part of the hours"""
_PHONES: Final = ("phone", "attendance_phone", "bus_phone", "attendance_text", "on_call_text")
_AS_WRITTEN: Final = ("name", "zone", "address", "attendance_email", "on_call_email")
_WHY: Final[Mapping[Why, Any]] = {
    "line": _("“%(line)s”: write each line as “Monday - Friday: 7:30 - 16:00”."),
    "days": _("“%(line)s”: write days as “Friday” or “Monday - Friday”; the week begins on Monday."),
    "times": _("“%(line)s”: write times of one day, in order, as “7:30 - 16:00”."),
    "twice": _("“%(line)s”: a day of it stands in another line too."),
}


def _is_zone(_form: FlaskForm, field: Field) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_("No time zone has this name. Write one such as America/Chicago."))


def _is_week(_form: FlaskForm, field: Field) -> None:
    try:
        hours_written.read_week(field.data, _language())
    except HoursUnread as unread:
        raise ValidationError(str(_WHY[unread.why]) % {"line": unread.line}) from None


_NEEDED: Final = InputRequired(_("Write something here."))
_SHORT: Final = Length(max=200)


class SchoolForm(FlaskForm):  # type: ignore[misc]
    """All that staff may change."""

    shown = HiddenField()
    """What the form showed at first, so that two people at once lose nothing of each other"""
    name = StringField(_("Name of the school"), [_NEEDED, _SHORT])
    phone = TelField(_("Telephone of the office"), [_NEEDED, is_phone_field])
    address = StringField(_("Address of the office"), [_SHORT])
    attendance_phone = TelField(_("Where families call about absences"), [Optional(), is_phone_field])
    bus_phone = TelField(_("Where families call about buses"), [Optional(), is_phone_field])
    attendance_text = TelField(_("Mobile number that is told of absences"), [Optional(), is_phone_field])
    attendance_email = EmailField(_("E-mail address that is told of absences"), [Optional(), is_email_field])
    on_call_text = TelField(_("Mobile number on call"), [Optional(), is_phone_field])
    on_call_email = EmailField(_("E-mail address on call"), [Optional(), is_email_field])
    office_regular = TextAreaField(_("The office, on a usual day"), [_is_week])
    office_early_release = TextAreaField(_("The office, when school ends early"), [_is_week])
    office_no_school = TextAreaField(_("The office, when there is no school"), [_is_week])
    school_day_regular = TextAreaField(_("Lessons, on a usual day"), [_is_week])
    school_day_early_release = TextAreaField(_("Lessons, when school ends early"), [_is_week])
    zone = StringField(_("Time zone"), [_NEEDED, _is_zone])
    opens = TimeField(_("Texts go out from"), [InputRequired(_("Write a time."))], default=OPENS)
    closes = TimeField(_("Texts go out until"), [InputRequired(_("Write a time."))], default=CLOSES)
    first_day = DateField(_("First day of the school year"), [Optional()])
    last_day = DateField(_("Last day of the school year"), [Optional()])

    def validate_on_call_text(self, field: Field) -> None:
        """They read of children who are away: nobody of another school."""
        number = to_e164(field.data or "")
        if number and number != self.base().get("on_call_text"):
            self._refuse_elsewhere(is_number_of_another_school, number)

    def validate_on_call_email(self, field: Field) -> None:
        """The same."""
        email = (field.data or "").strip()
        if email and email != self.base().get("on_call_email"):
            self._refuse_elsewhere(is_email_of_another_school, email)

    def _refuse_elsewhere(
        self, is_elsewhere: Callable[[Session, Vault, int | None, str], bool], it: str
    ) -> None:
        bot = bot_of(current_app)
        with bot.db.read() as session:
            if is_elsewhere(session, bot.vault, (request.view_args or {}).get("school_id"), it):
                raise ValidationError(
                    _("This is somebody of another school. Take somebody of this school or of the district.")
                )

    def validate_closes(self, field: Field) -> None:
        """Fewer hours than 8:00 to 20:00 are the school's own choice, more are not."""
        try:
            write_hours(self.opens.data or OPENS, field.data or CLOSES)
        except ValueError:
            said = _("Choose hours within 8:00 AM and 8:00 PM: families are not texted earlier or later.")
            raise ValidationError(said) from None

    def validate_last_day(self, field: Field) -> None:
        """A year has both days, in order, and is not longer than one."""
        first, last = self.first_day.data, field.data
        if (first is None) != (last is None):
            raise ValidationError(_("Write both days of the school year, or neither."))
        if first and last and not 0 < (last - first).days <= 400:
            raise ValidationError(_("The last day comes after the first, within 400 days."))

    def show(self, record: Record) -> None:
        """Fill the fields with what is in force, and remember it."""
        for name in _AS_WRITTEN:
            self[name].data = record.get(name) or ""
        for name in _PHONES:
            self[name].data = locales.phone(record.get(name) or "")
        weeks = hours_written.write_all(record.get("hours") or {}, _language())
        for part, field in WEEKS.items():
            self[field].data = weeks[part]
        self.opens.data, self.closes.data = read_hours(record.get("text_hours"))
        for name in ("first_day", "last_day"):
            self[name].process_data(_day(record.get(name)))
        self.shown.data = json.dumps(record, sort_keys=True)

    def base(self) -> Record:
        """What the form showed at first; nothing where that cannot be read."""
        try:
            read = json.loads(self.shown.data or "{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def saw(self, theirs: Record) -> None:
        """Somebody else's changes are shown beside the fields now: saving again decides for the fields."""
        self.shown.data = json.dumps(self.base() | theirs, sort_keys=True)

    def record(self) -> Record:
        """What is wanted; only after `validate`."""
        found: Record = {name: (self[name].data or "").strip() or None for name in _AS_WRITTEN}
        found["address"] = found["address"] or ""
        found |= {name: to_e164(self[name].data or "") for name in _PHONES}
        found |= {name: _written_day(self[name].data) for name in ("first_day", "last_day")}
        found["text_hours"] = write_hours(*self._text_hours())
        found["hours"] = self._hours()
        return found

    def _text_hours(self) -> tuple[time, time]:
        return self.opens.data or OPENS, self.closes.data or CLOSES

    def _hours(self) -> dict[str, Any]:
        """As they were where they mean the same: another spelling is no change."""
        stated = {part: self[field].data for part, field in WEEKS.items() if (self[field].data or "").strip()}
        language = _language()
        read = {part: hours_written.read_week(text, language) for part, text in stated.items()}
        hours = hours_written.put_together(read)
        before = self.base().get("hours")
        return before if before and hours_written.mean_the_same(before, hours) else hours


def in_words(name: str, value: Any) -> str:
    """One value of a record as people read it."""
    if name == "hours":
        weeks = hours_written.write_all(value or {}, _language())
        shown = [f"{label_of(WEEKS[part])}: {week}" for part, week in weeks.items() if week]
        return "\n".join(shown)
    if name in _PHONES and value:
        return locales.phone(value, _language())
    if name == "text_hours":
        opens, closes = read_hours(value)
        return f"{opens:%H:%M} - {closes:%H:%M}"
    return str(value or gettext("nothing"))


def label_of(name: str) -> str:
    """What the form calls a column."""
    if name == "hours":
        return str(gettext("Hours"))
    if name == "text_hours":
        return str(gettext("When texts go out"))
    return str(getattr(SchoolForm, name).args[0])


def _language() -> str:
    return str(get_locale() or "en")


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _written_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
