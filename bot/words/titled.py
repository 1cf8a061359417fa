"""Names that a text itself says are names: behind a title, "my name is" or "my son". Pure, Latin letters.

A name of the roster is known as it is; this finds those that only the writer knows: Mrs. Flores is not
Mrs. Flowers. One word behind a title; who a person calls oneself may have two.
"""

import re
from collections.abc import Iterator
from typing import Final

_NO_NAME: Final = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|English|Spanish|Math|Science|School"
)
"""Written large too, and said right behind a child: "I bring my son Monday" """
_NAME: Final = (
    rf"(?!(?:{_NO_NAME})\b)[A-Z\u00c0-\u00de](?:[a-z\u00df-\u024f]|['\u2019])[A-Za-z\u00c0-\u024f'\u2019-]*"
    r"(?<=[A-Za-z\u00c0-\u024f])"
)
_TITLES: Final = (
    r"mr|mrs|ms|mx|dr|prof|coach|sr|sra|srta|se\u00f1or|se\u00f1ora|se\u00f1orita|don|do\u00f1a"
    r"|maestr[ao]|profesora?|profe|mme|madame|madam|madan|msye|monsieur|macallin|macalin|sheikh"
)
_CHILDREN: Final = (
    r"my (?:son|daughter|child)|mi hij[ao]|mi ni\u00f1[ao]|pitit (?:gason |fi )?mwen|mon fils|ma fille"
    r"|wiilkayga|gabadhayda|meu filho|minha filha"
)
_CALLED: Final = (
    r"my name is|me llamo|mi nombre es|mwen rele|non mwen se|je m'appelle|magacaygu waa|meu nome \u00e9"
)
_BEHIND: Final = re.compile(
    rf"\b(?:(?i:{_TITLES})\.?|Miss)\s+({_NAME})|\b(?i:{_CHILDREN}),?\s+({_NAME})|\b(?i:{_CALLED})\s+({_NAME}(?:\s+{_NAME})?)"
)


def titled(text: str) -> Iterator[tuple[int, int]]:
    """Where such names stand."""
    for found in _BEHIND.finditer(text):
        yield found.span(found.lastindex or 0)
