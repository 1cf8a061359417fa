"""Who has read a translation: a translator's comment that names the reviewer, the day and the words read.

The comment ends in a print of the English and the translation, so that a name never stands for words
that its owner has not read: when either changes, the review no longer counts, and counts again when the
words return. A comment that a person wrote by hand, without a print, is taken at its word.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from babel.messages.catalog import Catalog, Message

from bot.words.marks import msgid_of, state_of, strings_of
from bot.words.po_read import entries

_COMMENT = re.compile(r"reviewed-by: (?P<name>.+?) (?P<day>\d{4}-\d\d-\d\d)(?: \[(?P<print>[0-9a-f]{8})\])?")
_KEPT_NAMES = {"ally", "reviewed-by"}
NOBODY = "(no name)"
"""Stands for reviewed texts that name no reviewer"""


@dataclass(frozen=True, slots=True)
class Review:
    """One person has read one text. `words` is the print of what was read, "" where unknown."""

    name: str
    day: date
    words: str = ""

    def comment(self) -> str:
        """The translator's comment that says so."""
        return f"reviewed-by: {self.name} {self.day.isoformat()}" + (f" [{self.words}]" if self.words else "")


def fingerprint(*texts: str) -> str:
    """Eight hexadecimal digits that differ when a text does. Not a secret, not a signature."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:8]


def words_of(message: Message) -> str:
    """The print of the English and the translation of an entry."""
    english = msgid_of(message)
    return fingerprint(*((english,) if isinstance(english, str) else english), *strings_of(message))


def reviews_of(message: Message) -> list[Review]:
    """Who has read the words that stand here now; nobody unless the entry is reviewed."""
    if state_of(message) != "reviewed":
        return []
    found = filter(None, (_review(comment) for comment in message.user_comments))
    return [review for review in found if review.words in ("", words_of(message))]


def is_review(comment: str) -> bool:
    """Whether a comment is one of ours."""
    return _review(comment) is not None


def _review(comment: str) -> Review | None:
    match = _COMMENT.fullmatch(comment)
    if match is None:
        return None
    try:
        return Review(match["name"], date.fromisoformat(match["day"]), match["print"] or "")
    except ValueError:
        return None


def name_fault(name: str) -> str:
    """What is wrong with a reviewer's name, "" where nothing is. Letters of every script are names."""
    if not 2 <= len(name) <= 60:
        return "a name has 2 to 60 letters."
    if not all(unicodedata.category(sign)[0] in "LM" or sign in " .'’-" for sign in name):
        return "a name has letters, spaces, dots, hyphens and apostrophes only."
    if name != name.strip() or name.casefold() in _KEPT_NAMES:
        return "this is no name."
    return ""


def reviewers(catalog: Catalog) -> dict[str, tuple[int, date | None]]:
    """Each reviewer with the number of texts and the latest day; NOBODY for reviewed texts without a name."""
    found: dict[str, tuple[int, date | None]] = {}
    for message in entries(catalog):
        reviews = reviews_of(message)
        for name, day in {review.name: review.day for review in reviews}.items():
            number, latest = found.get(name, (0, None))
            found[name] = number + 1, max(day, latest or day)
        if not reviews and state_of(message) == "reviewed":
            found[NOBODY] = found.get(NOBODY, (0, None))[0] + 1, None
    return found
