"""Reads the program's own files for tests/test_house.py: modules, what they import, their functions."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TEXT = {".cfg", ".css", ".csv", ".html", ".ics", ".in", ".js", ".json", ".mako", ".md", ".po", ".pot", ".py"}
_TEXT |= {".sh", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One import of one name: `module` is where it comes from, `name` what was taken ("" for all of it)."""

    module: str
    name: str
    line: int


@dataclass(frozen=True)
class Module:
    """One Python file; `name` is its dotted name."""

    path: Path
    name: str

    @property
    def where(self) -> str:
        """The path as a person types it."""
        return str(self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path)

    @property
    def room(self) -> str:
        """bot.flow.advance stands in the room flow; app.py is its own room."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "bot" and len(parts) > 1 else parts[0]

    @cached_property
    def text(self) -> str:
        """The file as it stands."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text, self.where)

    @cached_property
    def imports(self) -> list[Import]:
        """Every import, those inside functions included."""
        return list(self._imports())

    def _imports(self) -> Iterator[Import]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, "", node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                yield from (Import(module, alias.name, node.lineno) for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        return ".".join([*above, node.module] if node.module else above)

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method, nested ones included."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def calls(self) -> Iterator[tuple[str, int]]:
        """Every call as it is written, e.g. ("datetime.now", 12)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node.lineno


def modules(*tops: str) -> list[Module]:
    """The Python files below these folders, or these files themselves."""
    paths = [path for top in tops for path in _python_files(ROOT / top)]
    return [Module(path, _dotted(path)) for path in paths]


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Every text file that is in git or would be added to it."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    names = [name for name in listed.stdout.split("\0") if name]
    if listed.returncode:  # unpacked without git
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if ".venv" not in path.parts]
    for name in names:
        path = ROOT / name
        if path.is_file() and path.suffix in _TEXT:
            yield path, path.read_text("utf-8", errors="replace")


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan's strongly connected components, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def _python_files(top: Path) -> list[Path]:
    return [top] if top.is_file() else sorted(top.rglob("*.py"))


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
