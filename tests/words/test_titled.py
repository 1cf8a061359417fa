"""Names that a text itself says are names are found; words beside them are not."""

import pytest

from bot.words.titled import titled


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mrs. Flores will call you", ["Flores"]),
        ("Please ask señora Luz or Mr Bell when the bell rings", ["Luz", "Bell"]),
        ("My name is Grace Hill and my son Will is sick", ["Grace Hill", "Will"]),
        ("Me llamo Rosa. Mi hija, Sol, no viene", ["Rosa", "Sol"]),
        ("Mwen rele Jean-Baptiste", ["Jean-Baptiste"]),
        ("Dr. O'Brien", ["O'Brien"]),
        ("Don't miss school. Miss it not, sr", []),
        ("Noah will miss Monday. I bring my son Friday, my daughter May 5, and my son English books", []),
        ("Miss Rosa, sra. McKay", ["Rosa", "McKay"]),
        ("my son is sick, my daughter too", []),
        ("Please come on Monday to the Office", []),
        ("السيد محمد", []),
    ],
)
def test_names_behind_what_says_so(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in titled(text)] == names
