"""Which school a parent means when several have names alike."""

import pytest

from bot.school.school_names import find

NAMES = {
    "oak-e": "Oak Hill Elementary",
    "oak-m": "Oak Hill Middle School",
    "pine": "Pine Hill Elementary",
    "cesar": "César Chávez Academy",
}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("oak hill", ["oak-e", "oak-m"]),
        ("oak hill middle", ["oak-m"]),
        ("la secundaria oak hill", ["oak-m"]),
        ("pine", ["pine"]),
        ("pinehil", ["pine"]),
        ("cesar chavez", ["cesar"]),
        ("hill", ["oak-e", "oak-m", "pine"]),
        ("river", []),
    ],
)
def test_the_best_fitting_schools_are_found(text: str, keys: list[str]) -> None:
    assert find(text, NAMES, typos=True) == keys
