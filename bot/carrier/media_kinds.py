"""What a file really is, by its first bytes: the kinds that are kept, and no other. Pure."""

from typing import Final

MOST_BYTES: Final = 5 * 1024 * 1024
"""As much as a carrier takes in one text (https://www.twilio.com/docs/messaging/api/media-resource)"""

_HEADS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
)
_BOXES: Final = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
}
"""Brands of the ISO base media format (ISO 14496-12) that are no film"""


def kind_of(content: bytes) -> str | None:
    """The media type that the bytes show; None for what is not kept: films, pages, programs, archives.

    What the sender's phone says of the type is not asked.
    """
    for head, kind in _HEADS:
        if content.startswith(head):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return _BOXES.get(content[8:12])
    return None
