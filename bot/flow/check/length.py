"""What a text costs once its placeholders are filled: an estimate with values of usual length."""

from bot.flow.render import PLACEHOLDER
from bot.words import segments

SEGMENTS_GSM = 3
"""More than these in GSM-7 (459 letters) is dear and reads badly on a phone"""
SEGMENTS_UCS2 = 4
"""The same for texts with letters beyond GSM-7 (268 of them)"""
BODY = segments.BODY_LIMIT

_USUAL = {
    "school.phone": 12,
    "office.hours": 36,
    "program.name": 28,
    "school.name": 28,
    "contact.language": 10,
    "mine.language": 10,
    **dict.fromkeys(("mine.from_you", "mine.to_you", "mine.threads", "mine.absences"), 3),
}
_OTHERS = 20
"""Letters of a name or a date, as long as such values usually are"""


def filled(text: str) -> str:
    """The text with a value of usual length in place of each placeholder."""
    return PLACEHOLDER.sub(lambda match: "n" * _USUAL.get(match[1], _OTHERS), text)


def too_dear(text: str) -> segments.Segments | None:
    """What a filled text costs, where that is more than a text should."""
    cost = segments.count(text)
    budget = SEGMENTS_GSM if cost.encoding == "GSM-7" else SEGMENTS_UCS2
    return cost if cost.segments > budget else None
