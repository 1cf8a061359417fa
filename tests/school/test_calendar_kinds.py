"""Which kind a calendar title is. A wrong "no school" leaves a child at a closed door, or at home."""

import pytest

from bot.school.calendar_kinds import kind_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Labor Day - No School", "no_school"),
        ("NO CLASSES", "no_school"),
        ("Winter Break", "no_school"),
        ("Thanksgiving Break (Nov 25-27)", "no_school"),
        ("Schools closed", "no_school"),
        ("Student holiday / Staff development", "no_school"),
        ("Teacher Workday", "no_school"),
        ("Early Release 12:30", "early_release"),
        ("Half-Day", "early_release"),
        ("Minimum day", "early_release"),
        ("Parent/Teacher Conferences", "conference"),
        ("No School: Parent-Teacher Conferences", "no_school"),
        ("Report Cards Go Home", "report_card"),
        ("State Testing Window", "testing"),
        ("PTA Meeting", "meeting"),
        ("P.T.A. night", "meeting"),
        ("Open House", "meeting"),
    ],
)
def test_a_plain_title_tells_its_kind(title: str, kind: str) -> None:
    assert kind_of([], title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Labor Day",
        "First day back after Winter Break",
        "Classes resume after Spring Break",
        "Last day before Winter Break",
        "Spring Break Camp registration",
        "Winter break reading packets",
        "Holiday concert",
        "No school uniforms today",
        "Hearing and vision testing",
        "Staff meeting",
        "Progress reports",
        "Press conference",
        "Optional",
        "",
    ],
)
def test_a_title_that_only_sounds_like_it_is_other(title: str) -> None:
    assert kind_of([], title) == "other"


def test_the_calendars_own_word_goes_before_the_title() -> None:
    assert kind_of(["", "Holidays", "No School"], "Thanksgiving") == "no_school"
    assert kind_of(["early-release"], "No school") == "early_release"
