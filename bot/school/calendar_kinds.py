"""What kind of date a calendar entry is: said by the calendar itself, else read from its English title.

Families are told the kind in a reviewed phrase of their language, never the title. A wrong "no
school" leaves a child at a closed door or at home, so a title counts only where it says so plainly.
"""

import re
from collections.abc import Sequence

KINDS = (
    "no_school",
    "early_release",
    "conference",
    "report_card",
    "testing",
    "meeting",
    "other",
)

_BREAK = r"(fall|autumn|thanksgiving|winter|holiday|christmas|mid-?winter|february|spring|easter)"
_CLOSED = r"\bno (school|classes)\b(?! (uniforms?|lunch|supplies|fees?|bus))|\bno students\b"
_HOLIDAY = rf"\b{_BREAK} (break|recess|vacation)\b|\b(teacher|staff) (work|in-?service|development) ?day\b"
_NOT_ITSELF = r"\b(first|last) day|\b(before|after|back|resumes?|returns?|camp|party|concert|packets?)\b"
_ABOUT_IT = r"\b(sign-?ups?|registration|homework|food|reading)\b"
_MEETING = r"\b(meetings?|p\.?t\.?[aos]\.?|open house|back[ -]to[ -]school night|town hall)(?!\w)"

_TITLES: tuple[tuple[str, str, str], ...] = (
    ("no_school", rf"{_CLOSED}|\bschools? closed\b|\b(student|school) holidays?\b", r"$^"),
    (
        "early_release",
        r"\bearly (release|dismissal|out)\b|\b(half|minimum)[ -]day\b|\bnoon dismissal\b",
        r"$^",
    ),
    ("no_school", _HOLIDAY, rf"{_NOT_ITSELF}|{_ABOUT_IT}"),
    ("conference", r"\bconferences?\b", r"\b(staff|sports|press|athletic)\b"),
    ("report_card", r"\breport cards?\b", r"$^"),
    ("testing", r"\b(testing|state tests?|exams?|assessments?)\b", r"\b(vision|hearing|covid|fire|alarm)\b"),
    ("meeting", _MEETING, r"\b(staff|faculty|teachers?|no|cancell?ed)\b"),
)
"""(kind, what the title must say, what it must not say), first match counts"""


def kind_named(word: str) -> str | None:
    """The kind that a CATEGORIES or X-ALLY-KIND value names: "No School", no_school, NO-SCHOOL."""
    name = re.sub(r"[\s-]+", "_", word.strip().casefold())
    return name if name in KINDS else None


def kind_of(categories: Sequence[str], title: str) -> str:
    """The kind of an entry: the first category that names one, else what its title says."""
    for category in categories:
        named = kind_named(category)
        if named:
            return named
    said = title.casefold()
    for kind, wanted, unwanted in _TITLES:
        if re.search(wanted, said) and not re.search(unwanted, said):
            return kind
    return "other"
