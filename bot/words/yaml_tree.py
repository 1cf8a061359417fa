"""Reads YAML so that every scalar stays text and every key remembers its line and column.

YAML libraries turn 8:30 into 510, no into False and 012 into 10; a school employee means the words.
So only ruamel's composer is used (YAML 1.2), never its constructors.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.words.remark import remark
from bot.words.yaml_said import said

Plain = str | list["Plain"] | dict[str, "Plain"]
Trail = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Folder = TypeVar("Folder")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file, where, and what to do about it. A warning does not stop anything."""

    file: str
    line: int
    column: int
    wrong: str
    fix: str = ""
    rule: str = "shape"
    severity: Severity = "error"

    def __str__(self) -> str:
        """As compilers print it: file:line:column: what is wrong. The fix."""
        kind = "warning: " if self.severity == "warning" else ""
        said = f"{self.file}:{self.line}:{self.column}: {kind}{self.wrong}"
        return f"{said} {self.fix}" if self.fix else said


class FilesBroken(Exception):
    """One or more files cannot be used; `faults` lists every one of their errors."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Collected:
    """Reads one thing after the other, and keeps the faults of all that are broken."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def __call__(self, read: Callable[[Folder], Part], folder: Folder) -> Part | None:
        """What is read of a folder; None where it is broken."""
        try:
            return read(folder)
        except FilesBroken as broken:
            self.faults.extend(broken.faults)
            return None


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as plain text values, and the place (line, column) of each of its parts."""

    file: str
    plain: Plain
    places: dict[Trail, tuple[int, int]]

    def fault(
        self, path: Trail, wrong: str, fix: str = "", rule: str = "shape", severity: Severity = "error"
    ) -> Fault:
        """A fault at this part, or at the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return Fault(self.file, line, column, wrong, fix, rule, severity)


def read_tree(source: str, file: str) -> Tree:
    """Parse one file. Raises FilesBroken with the syntax error, or all double keys and foreign constructs."""
    try:
        # The safe reader, because the usual one also gathers comments, which takes a third of the time
        node = YAML(typ="safe", pure=True).compose(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise FilesBroken([Fault(file, line, column, *said(error.problem or ""))]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise FilesBroken([Fault(file, 1, 1, *said(str(error)))]) from None
    if node is None:
        raise FilesBroken(
            [Fault(file, 1, 1, remark("the file is empty."), remark("Start it with `flow: its_name`."))]
        )
    reader = _Reader(file)
    plain = reader.walk(node, ())
    if reader.faults:
        raise FilesBroken(list(dict.fromkeys(reader.faults)))
    return Tree(file, plain, reader.places)


_NO_ANCHORS = remark("anchors and aliases (& and *) are not used in flows.")


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Trail, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self._open: set[int] = set()

    def walk(self, node: Node, path: Trail) -> Plain:
        mark = node.start_mark
        self.places.setdefault(path, (mark.line + 1, mark.column + 1))
        if id(node) in self._open or getattr(node, "anchor", None):
            self._fault(node, _NO_ANCHORS, remark("Write the part out."))
            return ""
        self._open.add(id(node))
        try:
            return self._value(node, path)
        finally:
            self._open.discard(id(node))

    def _value(self, node: Node, path: Trail) -> Plain:
        if isinstance(node, MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, SequenceNode):
            return [self.walk(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, ScalarNode) and not str(node.ctag).startswith("!"):
            return str(node.value)
        self._fault(node, remark("tags (!name) are not used in flows."), remark("Remove the tag."))
        return ""

    def _pairs(self, node: MappingNode, path: Trail) -> Iterator[tuple[str, Plain]]:
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._fault(key, remark("a key must be a single word."), remark("Write it as `name: ...`."))
                continue
            name = str(key.value)
            if name in seen:
                self._fault(
                    key,
                    remark("`%(name)s` stands here twice, first on line %(it)s.", name=name, it=seen[name]),
                    remark("Keep one of them."),
                )
                continue
            seen[name] = key.start_mark.line + 1
            self.places[(*path, name)] = (key.start_mark.line + 1, key.start_mark.column + 1)
            yield name, self.walk(value, (*path, name))

    def _fault(self, node: Node, wrong: str, fix: str) -> None:
        mark = node.start_mark
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, wrong, fix))
