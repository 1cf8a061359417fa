"""A picture made fit to send: upright, small enough for any phone, without what a camera wrote into it. Pure.

A camera notes place and time of a picture; a family, and its phone's company, are told neither.
"""

from io import BytesIO
from typing import Final, Literal

from PIL import Image, ImageOps

MOST_BYTES: Final = 600_000
"""What every mobile carrier in the United States takes without making it smaller by itself
(https://help.twilio.com/articles/360018832773)"""
KIND: Final = "image/jpeg"
"""Sent as this whatever it was: MMS and WhatsApp both take it, and the oldest phones show it"""
_LONGEST: Final = 1600
"""Pixels of its longer side: a page of a letter can still be read"""
_SMALLEST: Final = 400
_QUALITIES: Final = (85, 75, 65, 55)
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS: Final = 40_000_000
_MOST_PIXELS_IN_STEPS: Final = 200_000_000
"""Of a JPEG, which is read smaller than it is"""

Why = Literal["no_picture", "too_many_pixels"]


class NotFit(Exception):
    """It cannot be sent: no picture of a kind that phones show, a broken one, or one too large to read."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


def fit(content: bytes) -> bytes:
    """The picture as a JPEG of at most MOST_BYTES, with no metadata. Raises NotFit."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            return _within(_upright(opened))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, Image.DecompressionBombError):
            raise NotFit("too_many_pixels") from None
        raise NotFit("no_picture") from None


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as it was held, on white where it was transparent, no larger than a phone shows."""
    most = _MOST_PIXELS_IN_STEPS if opened.format == "JPEG" else _MOST_PIXELS
    if opened.width * opened.height > most:
        raise NotFit("too_many_pixels")
    opened.draft("RGB", (_LONGEST, _LONGEST))
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((_LONGEST, _LONGEST))
    seen = turned.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _within(picture: Image.Image) -> bytes:
    """As good as fits, then smaller."""
    while True:
        for quality in _QUALITIES:
            written = BytesIO()
            picture.save(written, "JPEG", quality=quality, optimize=True, progressive=False)
            if written.tell() <= MOST_BYTES or max(picture.size) <= _SMALLEST:
                return written.getvalue()
        picture = picture.resize((picture.width * 3 // 4 or 1, picture.height * 3 // 4 or 1))
