"""What the first text after a start would have to wait for, half a second: done before it comes.

The examples of a language are made ready at the first text in it, which takes a tenth of that: a district
has not all languages, and each takes memory.
"""

from typing import Final

from bot.hear.automatic import is_automatic
from bot.hear.danger import danger
from bot.hear.private import volunteers_status
from bot.talk.parts import Library
from bot.words import opt_out

_ANY_TEXT: Final = "When will the bus come tomorrow?"


def make_ready(library: Library) -> None:
    """Compile the patterns that every text is held against."""
    library.hearing.understand(_ANY_TEXT, "en")
    opt_out.may_ask_to_stop(_ANY_TEXT)
    for hears in (danger, is_automatic, volunteers_status):
        hears(_ANY_TEXT)
