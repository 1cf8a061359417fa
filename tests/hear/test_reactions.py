"""Tapbacks of phones are recorded, not answered, in every shipped language; words are no reaction."""

import pytest

from bot.hear.reactions import is_reaction


@pytest.mark.parametrize(
    "text",
    [
        'Liked "School starts at 8"',
        "Loved “School starts at 8”",
        'Laughed at "School starts at 8"',
        "Emphasized “No school on Friday”",
        'Reacted 😂 to "No school on Friday"',
        '👍 to "No school on Friday"',
        'Removed a heart from "No school on Friday"',
        "Le gustó “El viernes no hay clases”",
        'A Elena le gustó "El viernes no hay clases"',
        "Le encantó “El viernes no hay clases”",
        "Se rió de “El viernes no hay clases”",
        'Reaccionó 👍 a "El viernes no hay clases"',
        "Destacó «El viernes no hay clases»",
        "A aimé « Pa gen lekòl vandredi »",
        "أعجبه «لا مدرسة يوم الجمعة»",
        "ضحك على “لا مدرسة يوم الجمعة”",
        "喜欢了“星期五不上课”",
        "赞了“星期五不上课”",
        "👍",
        "👍🏽 🙏🏽",
        "❤️",
        "😂😂",
    ],
)
def test_a_reaction_of_a_phone_is_seen_as_one(text: str) -> None:
    assert is_reaction(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "?",
        "I liked the meeting",
        "Me gustó la junta",
        "My son loved the book, when is the next one?",
        "喜欢这个学校",
        "ok 👍 when is the next meeting?",
        "😡",
        "🆘",
        "\u200d",
    ],
)
def test_what_a_person_wrote_is_no_reaction(text: str) -> None:
    assert not is_reaction(text)
