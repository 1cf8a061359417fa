"""A text near to two topics that stand for one choice answers the question; any other is asked again."""

import pytest

from tests.flow.kit import Talker, book, flow

WHY = flow("""
which:
  ask: "Why?"
  choices:
    sick: {label: "Illness", go: sick}
    away: {label: "Travel", go: away}
  also_understands: {fever: sick, medicine: sick, holiday: away}
sick: {say: "Get well.", end: yes}
away: {say: "Good journey.", end: yes}
""")


@pytest.mark.parametrize(
    ("near", "means"),
    [
        (("fever", "medicine"), "Get well."),
        (("fever", "holiday"), "Please answer with a number: [Illness, Travel]"),
        (("fever", "dates"), "Please answer with a number: [Illness, Travel]"),
        (("fever",), "Please answer with a number: [Illness, Travel]"),
        ((), "Please answer with a number: [Illness, Travel]"),
    ],
)
def test_both_near_topics_have_to_stand_for_the_same_choice(near: tuple[str, ...], means: str) -> None:
    talker = Talker(book(WHY))
    talker.starts()
    assert talker.texts("she is hot and took syrup", near=near) == means
