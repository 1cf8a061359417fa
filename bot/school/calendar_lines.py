"""The lines of an iCalendar file (RFC 5545 section 3.1), so that errors can name a line.

Folding comes after 75 octets and may split a character, so lines are unfolded as bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.words.remark import Remark, remark

_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded line and the number of its first physical line."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """The property's name in capitals; empty when the line has none."""
        match = _NAME.match(self.text)
        return match[0].upper() if match and self.text[match.end() :][:1] in {":", ";"} else ""


@dataclass(slots=True)
class Block:
    """One VEVENT: where it begins, and its lines."""

    number: int
    lines: list[Line] = field(default_factory=list)

    def line_of(self, name: str) -> int:
        """The line of a property, or of the event's beginning where it has none."""
        return next((line.number for line in self.lines if line.name == name), self.number)


def unfolded(raw: bytes) -> Iterator[Line]:
    """The unfolded lines. Raises UnicodeDecodeError where one is not UTF-8; `start` is its line."""
    number = 1
    for chunk in _logical(raw.removeprefix(b"\xef\xbb\xbf")):
        folds = len(_FOLD.findall(chunk))
        content = _FOLD.sub(b"", chunk).rstrip(b"\r\n")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnicodeDecodeError("utf-8", content, number, number + 1, error.reason) from None
        if text.strip():
            yield Line(number, text)
        number += folds + 1


def _logical(raw: bytes) -> Iterator[bytes]:
    """Pieces of the file, each one logical line with its folds still in it."""
    return iter(re.split(rb"\r?\n(?![ \t])", raw))


def structure_errors(lines: list[Line]) -> list[tuple[int, Remark]]:
    """Lines that are no content lines, and components that are not closed in order."""
    errors = []
    open_: list[tuple[str, int]] = []
    for line in lines:
        value = line.text.partition(":")[2].strip().upper()
        if not line.name:
            errors.append((line.number, remark("this is no iCalendar line. Write NAME:value.")))
        elif line.name == "BEGIN":
            open_.append((value, line.number))
        elif line.name == "END":
            if not open_ or open_[-1][0] != value:
                said = remark("END:%(part)s closes nothing. Check the BEGIN above.", part=value)
                errors.append((line.number, said))
            else:
                open_.pop()
    errors += [(number, remark("BEGIN:%(part)s is never closed.", part=name)) for name, number in open_]
    if not lines or lines[0].text.strip().upper() != "BEGIN:VCALENDAR":
        errors.insert(0, (1, remark("the file does not begin with BEGIN:VCALENDAR. Export it as .ics.")))
    return errors


def event_blocks(lines: list[Line]) -> list[Block]:
    """Every VEVENT in the order of the file."""
    blocks: list[Block] = []
    inside = False
    for line in lines:
        mark = line.text.strip().upper()
        if mark == "BEGIN:VEVENT":
            blocks.append(Block(line.number))
            inside = True
        elif mark == "END:VEVENT":
            inside = False
        elif inside:
            blocks[-1].lines.append(line)
    return blocks
