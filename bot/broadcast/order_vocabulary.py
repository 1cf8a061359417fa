"""The words in which people name families in an order: all, grades, rooms, and what stands around. Pure."""

import re
from collections.abc import Mapping
from typing import Final

# fmt: off
LEADS: Final = frozenset((
    "to", "for", "tell", "text", "send", "class", "the", "parents", "families", "of", "in", "room", "a",
    "para", "clase", "familias", "padres", "de", "la", "el", "los", "las",
))
"""What may stand before"""
NOUNS: Final = frozenset((
    "families", "parents", "parent", "class", "classes", "students", "kids", "graders", "family",
    "familias", "padres", "clase", "clases", "estudiantes",
))
"""What may stand behind"""
ALL: Final = frozenset(("all", "everyone", "everybody", "todos", "todas", "whole"))
OF_ALL: Final = frozenset(("of", "my", "the", "our", "mis", "las", "los"))
WHAT_ALL: Final = NOUNS | {"school", "grades", "escuela"}
MINE: Final = frozenset(("my", "mi", "mis"))
JOINS: Final = frozenset(("and", "y", "e"))
GRADE: Final = frozenset(("grade", "grades", "grado", "grados", "gr"))
CHILDREN: Final = frozenset(("grader", "graders"))
ROOMS: Final = frozenset(("room", "class", "clase", "salon", "period"))
HOMEROOMS: Final = frozenset(("homeroom", "advisory", "hr"))
"""How titles begin: Homeroom Luna is called Luna"""
YOUNG: Final[Mapping[str, str]] = {
    "kindergarten": "KG", "kinder": "KG", "kg": "KG", "prek": "PK", "tk": "TK",
}
_ORDINALS: Final = (
    ("first", "primer", "primero"), ("second", "segundo"), ("third", "tercer", "tercero"),
    ("fourth", "cuarto"), ("fifth", "quinto"), ("sixth", "sexto"), ("seventh", "septimo"),
    ("eighth", "octavo"), ("ninth", "noveno"), ("tenth", "decimo"), ("eleventh", "undecimo"),
    ("twelfth", "duodecimo"),
)
# fmt: on
_BY_NAME: Final = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words}
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|o|er|ro|do|to)?")


def grade_number(word: str) -> int | None:
    """The grade that a word in plain letters says: 3, 3rd, third, tercer."""
    if word in _BY_NAME:
        return _BY_NAME[word]
    digits = _NUMBER.fullmatch(word)
    return int(digits[1]) if digits and 1 <= int(digits[1]) <= 12 else None
