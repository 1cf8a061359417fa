"""Reads the line of database revisions from their files, and says where it is broken."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT

VERSIONS = ROOT / "bot" / "store" / "changes" / "versions"


@dataclass(frozen=True)
class Revision:
    """One file: the number that it is named with, and what it says of itself."""

    name: str
    number: str
    says: str
    before: str | None

    def renumbered(self, number: int) -> str:
        """How this file takes another number."""
        _, _, rest = self.name.partition("_")
        told = f'revision = "{number:04}", down_revision = "{number - 1:04}"'
        return f"git mv {self.name} {number:04}_{rest}; {told}"


def revisions(folder: Path = VERSIONS) -> list[Revision]:
    """All of them, by file name."""
    return [_read(path) for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]


def broken(line: Sequence[Revision]) -> Iterator[str]:
    """Every place where the line is none: it starts at 0001, and each goes on from the number before."""
    last: Revision | None = None
    highest = max((int(one.number) for one in line if one.number.isdecimal()), default=0)
    for one in line:
        if not (one.number.isdecimal() and len(one.number) == 4):
            yield f"{one.name} has no number: begin its name with {highest + 1:04}_"
            continue
        if one.says != one.number:
            yield f"{one.name} says revision {one.says!r}: write {one.number!r}, as its file is named"
        if last is not None and one.number == last.number:
            free = one.renumbered(highest + 1)
            yield f"{last.name} and {one.name} have one number; whichever landed later, so: {free}"
        else:
            yield from _joined(last, one)
            last = one


def _joined(last: Revision | None, one: Revision) -> Iterator[str]:
    """Whether a file goes on from the one before it."""
    due, where = (int(last.number) + 1, last.name) if last else (1, "the beginning")
    if one.number != f"{due:04}":
        yield f"between {where} and {one.name} a number is missing: {one.renumbered(due)}"
    elif one.before != (wanted := last.number if last else None):
        yield f"{one.name} goes on from {one.before!r}, not from {where}: down_revision = {wanted!r}"


def _read(path: Path) -> Revision:
    said = {
        target.id: node.value.value
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    before = said.get("down_revision")
    return Revision(
        path.name,
        path.name.partition("_")[0],
        str(said.get("revision", "")),
        None if before is None else str(before),
    )
