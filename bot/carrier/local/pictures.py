"""A small made-up picture, so that a phone has something to send: hills, a sun, no one in it."""

import struct
import zlib
from functools import lru_cache
from math import hypot, sin
from typing import Final

_WIDTH: Final = 320
_HEIGHT: Final = 200

_SUN: Final = (255, 214, 120)
_FAR_HILL: Final = (96, 140, 130)
_NEAR_HILL: Final = (52, 104, 92)


@lru_cache(maxsize=1)
def picture() -> bytes:
    """A PNG of 320 by 200 pixels."""
    rows = b"".join(
        b"\x00" + bytes(part for x in range(_WIDTH) for part in _pixel(x, y)) for y in range(_HEIGHT)
    )
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def made_up(kind: str) -> tuple[bytes, str]:
    """Content of a media type and the type it is served as: the picture for all images."""
    if kind.startswith("image/"):
        return picture(), "image/png"
    heads = {"audio": b"OggS", "application/pdf": b"%PDF-1.4\n%%EOF\n", "video": b"\0\0\0\x18ftypmp42"}
    head = heads.get(kind) or heads.get(kind.split("/", maxsplit=1)[0])
    return (head, kind) if head else (b"<html>", "application/octet-stream")


def _pixel(x: int, y: int) -> tuple[int, int, int]:
    if y > 150 + 14 * sin(x / 37):
        return _NEAR_HILL
    if y > 118 + 20 * sin(x / 58 + 2):
        return _FAR_HILL
    if hypot(x - 232, y - 62) < 26:
        return _SUN
    return (130 + y // 2, 178 + y // 4, 226 - y // 8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
