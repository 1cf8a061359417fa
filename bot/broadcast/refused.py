"""Why something was not done, each at the field of the form that it belongs to. Staff read the message."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar


class Refused(Exception):
    """Nothing was changed and nothing goes out. `field`: audience, text, language, when, until, canary,
    token.
    """

    field: ClassVar[str] = "token"


class EmptyAudience(Refused):
    """Nobody would get it."""

    field = "audience"


class OutOfReach(Refused):
    """It names a school, class, group or family that its sender may not write to."""

    field = "audience"


class NotYours(Refused):
    """The broadcast belongs to somebody else."""


class NotDraft(Refused):
    """It was sent already, or taken back: it can no longer be changed."""


class Changed(Refused):
    """Since the preview something changed: `what` names it (audience, text, choices)."""

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__("since the preview this changed: " + ", ".join(what))
        self.what = tuple(what)


class TooLong(Refused):
    """The text of `language` is longer than one text may be."""

    field = "text"

    def __init__(self, language: str, characters: int, most: int) -> None:
        super().__init__(f"{characters} characters, at most {most}")
        self.language, self.characters, self.most = language, characters, most


class NoText(Refused):
    """There is nothing to say yet."""

    field = "text"


class NoDate(Refused):
    """A text says {date}, and no day was given."""

    field = "text"


class UnknownField(Refused):
    """A merge field that does not exist; `near` is the one that was perhaps meant."""

    field = "text"

    def __init__(self, name: str, near: str | None, language: str = "") -> None:
        super().__init__(f"{{{name}}} is no field" + (f"; did you mean {{{near}}}?" if near else ""))
        self.name, self.near, self.language = name, near, language


class MissingText(Refused):
    """Some read `languages`, for which there is no usable text and nothing is chosen instead."""

    field = "language"

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__("no text in " + ", ".join(languages))
        self.languages = tuple(languages)


class EmergencyBeyond(Refused):
    """An emergency is the school's own, and goes to all: what is beyond the school's mission is none."""

    field = "emergency"


class NoTime(Refused):
    """The time cannot be read, or the rule is none of RFC 5545."""

    field = "when"


class TooFar(NoTime):
    """The time is more than a year ahead."""


class NoUntil(NoTime):
    """What repeats has no last day."""

    field = "until"


class NoDay(NoTime):
    """What repeats never falls on a day on which there is school."""

    field = "until"


class BadCanary(NoTime):
    """So many cannot be the first few."""

    field = "canary"


class InPast(Refused):
    """The time is over."""

    field = "when"


class InQuietHours(Refused):
    """Nothing goes out at that time; `opens` and `closes` say when it may, in the school's time, and
    `opens_at` the next such moment.
    """

    field = "when"

    def __init__(self, opens: str, closes: str, opens_at: datetime | None = None) -> None:
        super().__init__(f"texts go out between {opens} and {closes}")
        self.opens, self.closes, self.opens_at = opens, closes, opens_at


class NeedsApproval(Refused):
    """Only a second person may let this go out, who reaches all of its schools."""


class NotWaiting(Refused):
    """Nobody has to decide this any more: somebody did."""
