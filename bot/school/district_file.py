"""The words of district.yaml: what a district says of itself beside its roster and calendars."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.school.hours import read_hours
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


Zone = Annotated[str, AfterValidator(_zone)]
AnyLocale = Annotated[str, AfterValidator(_locale)]
Phone = Annotated[str, AfterValidator(_phone)]
Day = Annotated[date, BeforeValidator(_day)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SchoolYear(_Part):
    """The days for which calendars are read."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def _in_order(self) -> "SchoolYear":
        if not 0 < (self.last_day - self.first_day).days <= 400:
            raise ValueError("last_day must come after first_day, within 400 days")
        return self


class SchoolWords(_Part):
    """One school, by the sourcedId of its org."""

    phone: Phone
    address: str = ""
    calendar: str = Field(pattern=r"^[\w.-]+\.ics$", description="An .ics file beside district.yaml")
    hours: Annotated[dict[Literal["office", "school_day"], Any], AfterValidator(_hours)]


class StaffWords(_Part):
    """One person, by sourcedId; name and schools only for people whom the roster does not have."""

    role: Literal["liaison", "teacher", "nurse", "counselor", "office", "aide", "administrator"]
    speaks: list[AnyLocale]
    phone: Phone | None = None
    name: str | None = None
    schools: list[str] = Field(default_factory=list)


class DistrictWords(_Part):
    """The whole file."""

    district: str = Field(min_length=1, description="The district's name as families read it")
    zone: Zone
    jurisdiction: str = Field("us", pattern=r"^us(-[a-z]{2})?$")
    languages: list[AnyLocale] = Field(min_length=1)
    home_language_column: str = "metadata.homeLanguage"
    school_year: SchoolYear
    schools: dict[str, SchoolWords] = Field(min_length=1)
    staff: dict[str, StaffWords] = Field(default_factory=dict)
    demo_phones: list[str] = Field(default_factory=list)
