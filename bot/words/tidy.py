"""Texts without what harms them: control characters, broken surrogates, spaces that look like none.

One U+202F turns a GSM-7 text into UCS-2 (160 characters a segment become 70); one NUL makes the carrier
or PostgreSQL refuse the text.
"""

import re
import unicodedata

from bot.words import segments
from bot.words.graphemes import safe_cut

INBOUND_LIMIT = 4096
"""Longest text that is kept of what a parent sends, in code points: SMS carries 1,600, WhatsApp 4,096"""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    f"\u202a-\u202e\ud800-\udfff{_NONCHARACTERS}]"
)
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
_HARMLESS = re.compile("[\n\x20-\x7e]*")


def outgoing(text: str) -> str:
    """A text as it may go to a carrier: one kind of space, NFC, accents kept. Never raises.

    Marks that steer the direction of right-to-left text stay only where the text is UCS-2 anyway.
    """
    if _HARMLESS.fullmatch(text):
        return text
    clean = _clean(text)
    plain = unicodedata.normalize("NFC", _DIRECTION_MARKS.sub("", clean))
    return plain if segments.count(plain).encoding == "GSM-7" else clean


def incoming(text: str) -> str:
    """A text as it came from a phone: the same, broken surrogates as U+FFFD, at most 4,096 characters.

    Marks of direction go too: they are invisible, hinder matching and can disguise what staff read.
    """
    if len(text) <= INBOUND_LIMIT and _HARMLESS.fullmatch(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    # Cut before composing: composing thousands of accents on one letter takes quadratic time
    visible = _HARMFUL.sub("", _DIRECTION_MARKS.sub("", _mapped(whole)))[: 2 * INBOUND_LIMIT]
    composed = unicodedata.normalize("NFC", visible)
    return composed[: safe_cut(composed, INBOUND_LIMIT)]


def harmful(text: str) -> list[str]:
    """The characters of a text that may not stand in any text, each once, by their Unicode names."""
    signs = sorted(set(_HARMFUL.findall(_mapped(text))))
    return [unicodedata.name(sign, f"U+{ord(sign):04X}") for sign in signs]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _HARMFUL.sub("", _mapped(text)))


def _mapped(text: str) -> str:
    return _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
