"""The words of district.yaml: what a district says of itself beside its roster and calendars."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.school.hours import read_hours
from bot.words.email_address import is_email
from bot.words.locales import LOCALES
from bot.words.phone import to_e164


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no time zone has this name; write one such as America/Chicago")
    return ZoneInfo(name).key


def _locale(name: str) -> str:
    if name not in LOCALES:
        raise ValueError(f"`{name}` is no language of Ally; they are {', '.join(LOCALES)}")
    return name


def _phone(written: str) -> str:
    number = to_e164(written)
    if number is None:
        raise ValueError("this is no telephone number; write it with area code, 512-555-0140")
    return number


def _email(written: str) -> str:
    if not is_email(written):
        raise ValueError("this is no e-mail address; write it as office@school.example.org")
    return written


def _day(written: Any) -> Any:
    try:
        return date.fromisoformat(written) if isinstance(written, str) else written
    except ValueError:
        raise ValueError("write a day as 2026-08-12") from None


def _hours(written: dict[str, Any]) -> dict[str, Any]:
    for kind in written.values():
        if not isinstance(kind, Mapping):
            raise ValueError("write hours as `regular: {monday to friday: 7:30 to 16:00}`")  # noqa: TRY004 pydantic wants ValueError
        read_hours(kind)
    return written


def _away(written: Any) -> Any:
    first, _to, last = written.partition(" to ") if isinstance(written, str) else ("", "", "")
    days = [_day(first.strip()), _day((last or first).strip())]
    if not first or days[1] < days[0]:
        raise ValueError("write days away as `2026-11-30 to 2026-12-04`")
    return days


Zone = Annotated[str, AfterValidator(_zone)]
AnyLocale = Annotated[str, AfterValidator(_locale)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
Day = Annotated[date, BeforeValidator(_day)]
Away = Annotated[tuple[date, date], BeforeValidator(_away)]


class Part(BaseModel):
    """Base of every part of a district's files: unknown words are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SchoolYear(Part):
    """The first and the last day with school; calendars are read for the days between."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> "SchoolYear":
        if not 0 < (self.last_day - self.first_day).days <= 400:
            raise ValueError("last_day must come after first_day, within 400 days")
        return self


class SchoolWords(Part):
    """One school, by the sourcedId of its org."""

    phone: Phone
    attendance_phone: Phone | None = Field(None, description="Where absences are reported; else phone")
    bus_phone: Phone | None = Field(None, description="The office that runs this school's buses")
    attendance_text: Phone | None = Field(None, description="A mobile number that is told of absences")
    attendance_email: Email | None = Field(None, description="Told of absences where the text fails")
    address: str = ""
    calendar: str = Field(pattern=r"^[\w.-]+\.ics$", description="An .ics file beside district.yaml")
    hours: Annotated[dict[Literal["office", "school_day"], Any], AfterValidator(_hours)]


class StaffWords(Part):
    """One person, by sourcedId; name and schools only for people whom the roster does not have."""

    role: Literal["liaison", "teacher", "nurse", "counselor", "office", "aide", "administrator"]
    speaks: list[AnyLocale]
    phone: Phone | None = Field(None, description="Families may call it")
    text: Phone | None = Field(None, description="A mobile number that is told when a family asks")
    email: Email | None = Field(None, description="Told where the text fails; else that of users.csv")
    name: str | None = None
    schools: list[str] = Field(default_factory=list)
    away: list[Away] = Field(default_factory=list, description="2026-11-30 to 2026-12-04; never why")


class DistrictWords(Part):
    """The whole file."""

    district: str = Field(min_length=1, description="The district's name as families read it")
    zone: Zone
    jurisdiction: str = Field("us", pattern=r"^us(-[a-z]{2})?$")
    languages: list[AnyLocale] = Field(min_length=1)
    home_language_column: str = "metadata.homeLanguage"
    school_year: SchoolYear
    on_call_text: Phone | None = Field(None, description="Told of danger, and where nobody else can be")
    on_call_email: Email | None = Field(None, description="The same, where the text fails")
    schools: dict[str, SchoolWords] = Field(min_length=1)
    staff: dict[str, StaffWords] = Field(default_factory=dict)
    demo_phones: list[str] = Field(
        default_factory=list,
        description="Guardians, schools (their attendance_text), staff (their text), or on_call",
    )
