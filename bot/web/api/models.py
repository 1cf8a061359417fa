"""What programs may ask for and what they are answered; the published document is made from these."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from bot.broadcast.which_text import State as TextState
from bot.words.locales import LOCALES

BIGGEST: Final = 2_147_483_647
"""Of an id"""


def _known(locale: str) -> str:
    if locale not in LOCALES:
        raise ValueError("not one of the languages that are written here")
    return locale


Locale = Annotated[str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(LOCALES)})]
Grade = Literal["PK", "KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
SourceId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
"""A sourcedId of the roster (OneRoster)"""
Word = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]
Body = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
State = Literal[
    "waiting_approval",
    "refused",
    "scheduled",
    "series",
    "running",
    "paused",
    "stopped",
    "cancelled",
    "expired",
    "done",
]
Quiet = Literal["refuse", "next_morning"]
When = Annotated[
    Literal["now"] | AwareDatetime,
    Field(description="`now`, or a moment with its offset (RFC 3339)"),
]


class Asked(BaseModel):
    """Exactly what is written here; anything else is a mistake of the program."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Told(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True)


class AudienceAsked(Asked):
    """Whom it is for. Schools, grades, classes, languages, tags narrow each other; students come on top."""

    everyone: bool = Field(default=False, description="All families that the token reaches")
    schools: tuple[SourceId, ...] = Field(default=(), max_length=500, description="sourcedIds of the roster")
    grades: tuple[Grade, ...] = Field(default=(), max_length=14)
    classes: tuple[SourceId, ...] = Field(default=(), max_length=500, description="sourcedIds of the roster")
    languages: tuple[Locale, ...] = Field(default=(), max_length=50)
    tags: tuple[Word, ...] = Field(default=(), max_length=50)
    students: tuple[SourceId, ...] = Field(
        default=(),
        max_length=2000,
        description="sourcedIds of the roster: their families, for the sake of these children alone",
    )


class LetterAsked(Asked):
    """What is said to whom: a template with its values, or texts of one's own."""

    audience: AudienceAsked
    template: Word | None = Field(
        default=None, description="e.g. early_release: its texts in every language that has them"
    )
    values: dict[
        Annotated[str, StringConstraints(max_length=64)], Annotated[str, StringConstraints(max_length=200)]
    ] = Field(
        default={},
        max_length=20,
        description="What the template asks for: a day as 2026-12-04, a time as 12:30",
    )
    texts: dict[Locale, Body] = Field(
        default={},
        max_length=50,
        description="By language, instead of a template. {school}, {child}, {guardian}, {class}, {sender} and"
        " {date} are filled for each family; {child|your child} where no name is known",
    )
    language: Locale = Field(default="en", description="Of the text that the others translate")
    day: date | None = Field(default=None, description="For {date}")
    title: Annotated[str, StringConstraints(max_length=80)] = Field(
        default="", description="What the staff pages call it"
    )
    topic: Literal["news", "attendance", "urgent"] | None = Field(
        default=None, description="Families who want fewer texts get no news; a template has its own"
    )
    if_no_text: Literal["refuse", "english", "wait"] = Field(
        default="refuse",
        description="For readers of a language without a fit text: nobody gets anything; they get the text in"
        " `language` with a line that says so; or theirs once somebody has translated it",
    )


class BroadcastAsked(LetterAsked):
    """A text to many that is to go out."""

    when: When = "now"
    if_quiet: Quiet = Field(default="refuse", description="In quiet hours: 409, or sent when they end")
    preview: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = Field(
        default=None, description="`preview` of a preview: sent only if it would still show the same"
    )


class AttendanceAsked(Asked):
    """Children whom the school did not see on a day."""

    date: date
    students: tuple[SourceId, ...] = Field(
        min_length=1, max_length=2000, description="sourcedIds of the roster"
    )
    when: When = "now"
    if_quiet: Quiet = Field(default="refuse", description="In quiet hours: 409, or sent when they end")
    if_no_text: Literal["english", "wait"] = Field(
        default="english", description="For readers of a language without a fit text"
    )


class PageAsked(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: int = Field(default=0, ge=0, le=BIGGEST, description="`next` of the page before")
    limit: int = Field(default=100, ge=1, le=500)


class Reached(Told):
    """Whom it reaches."""

    recipients: int = Field(description="People who get a text")
    families: int
    by_language: dict[str, int] = Field(description="`?`: of whom no language is known")
    left_out: dict[str, int] = Field(
        description="By reason: opted_out, not_wanted, no_consent, landline, dead_number, no_number"
    )


class LineTold(Told):
    """The readers of one language."""

    language: str
    state: TextState
    recipients: int
    body: str = Field(description="As a phone shows it; empty where there is no text")
    segments: int
    encoding: str
    waits: bool = Field(description="Until somebody has translated it")


class Obstacle(Told):
    """Why it could not be sent as it stands."""

    type: str
    field: str
    detail: str


class PreviewTold(Told):
    """What would go out now; nothing was kept."""

    preview: str = Field(description="Give it back with the broadcast: what changed since is refused")
    reached: Reached
    texts: list[LineTold]
    segments: int
    price_usd: float = Field(description="Estimated")
    needs_approval: bool = Field(description="A second person has to agree before it goes out")
    problems: list[Obstacle]
    unknown_students: list[str] = Field(description="Nobody of whom this token may write")


class SentTold(Told):
    """A broadcast that goes out, at its time and after whatever it waits for."""

    id: int
    state: State
    starts_at: datetime | None
    reached: Reached
    unknown_students: list[str] = Field(description="Nobody of whom this token may write")


class AttendanceTold(Told):
    """What became of each child of a list."""

    broadcast: SentTold | None = Field(description="null: nobody was left to be told")
    unknown_students: list[str] = Field(description="Nobody of whom this token may write")
    told_before: list[str] = Field(description="Their families were told of this day before")
    reported_by_family: list[str] = Field(description="Their families told the school themselves")
    nobody_to_text: list[str] = Field(
        description="Nobody of their families can be texted (no number, a landline, STOP): call them"
    )


class BroadcastTold(Told):
    """How far a broadcast is."""

    id: int
    state: State
    reason: str | None = Field(description="Why it is held, cancelled, refused or expired")
    starts_at: datetime | None
    expires_at: datetime | None
    recipients: int = Field(description="Whom its preview promised a text")
    by_state: dict[str, int]
    by_language: dict[str, dict[str, int]]
    reasons: dict[str, int] = Field(description="Why some got nothing")
    replies: int = Field(description="Families who wrote back")


class RecipientTold(Told):
    """One person: no name, no number."""

    recipient: int
    language: str | None
    state: str
    reason: str | None
    error_code: int | None = Field(description="Of the carrier")
    handed_over_at: datetime | None


class RecipientsTold(Told):
    """One page of them."""

    recipients: list[RecipientTold]
    next: int | None = Field(description="`after` of the next page; null: this was the last")
