"""What is shipped is read once in a process, though hundreds of tests put an installation together.

Files elsewhere, which tests change, are read each time.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML

from bot.flow.load import Flow
from bot.talk import library
from bot.talk.library import Folders, Shelves
from tests.servers.ally_run import ROOT

Older = dict[tuple[str, str], Flow]
_COMPOSE: Final = YAML.compose
_READ: Final[Callable[[Folders, Older], Shelves]] = library._read


def read_once() -> None:
    """From now on."""
    setattr(YAML, "compose", lambda yaml, source: _composed(tuple(yaml.typ), yaml.pure, source))  # noqa: B010
    setattr(library, "_read", _read)  # noqa: B010 - a plain assignment would be of another type


@lru_cache(maxsize=1024)
def _composed(typ: tuple[str, ...], pure: bool, source: str) -> Any:  # noqa: FBT001 - as ruamel has it
    """The tree of the same words, which nobody changes."""
    return _COMPOSE(YAML(typ=list(typ), pure=pure), source)


def _read(folders: Folders, older: Older) -> Shelves:
    if (folders.flows.resolve(), folders.messages.resolve()) != (ROOT / "flows", ROOT / "messages"):
        return _READ(folders, older)
    shipped = _shipped(folders, library._stamp(folders))
    return replace(shipped, book=replace(shipped.book, older=older))


@lru_cache(maxsize=8)
def _shipped(folders: Folders, _stamp: tuple[tuple[str, int], ...]) -> Shelves:
    """Flows, words and facts, read again where a file has changed meanwhile."""
    return _READ(folders, {})
