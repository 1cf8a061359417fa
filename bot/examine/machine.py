"""This machine: who may read the secrets, room on the disk, the flows."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.examine.finding import Finding, broken, ok, warning
from bot.flow.check.rules import check
from bot.settings import Settings
from bot.talk.subject import read_subject
from bot.words.remark import remark
from bot.words.yaml_tree import FilesBroken

_GIGA: Final = 1_000_000_000
_FULL: Final = 0.3
_TIGHT: Final = 2.0


def look_at_secrets(env_file: Path) -> Iterator[Finding]:
    """Whether the file with the keys is closed to others."""
    if not env_file.exists():
        yield ok(".env", remark("none here; the settings come from the environment"))
        return
    mode = stat.S_IMODE(env_file.stat().st_mode)
    if mode & 0o077:
        says = remark("others on this machine can read the keys (mode %(mode)s)", mode=f"{mode:04o}")
        yield broken(".env", says, "chmod 600 .env")
    else:
        yield ok(".env", remark("only its owner can read it"))


def look_at_disk(folder: Path) -> Iterator[Finding]:
    """Room where the database or this program writes."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / _GIGA
    about = remark("disk")
    says = remark("%(free)s GB free at %(folder)s", free=f"{free:.1f}", folder=str(folder))
    fix = remark("make room: a full disk stops texts from being stored")
    if free < _FULL:
        yield broken(about, says, fix)
    elif free < _TIGHT:
        yield warning(about, says, fix)
    else:
        yield ok(about, says)


def look_at_flows(settings: Settings) -> Iterator[Finding]:
    """Whether every flow holds in every language."""
    try:
        faults = check(read_subject(settings.flows, settings.messages, ()))
    except FilesBroken as files:
        faults = files.faults
    errors = sum(fault.severity == "error" for fault in faults)
    if errors:
        says = remark("%(number)s errors", number=errors)
        yield broken(remark("flows"), says, remark("ally check lists each with its fix"))
    else:
        yield ok(remark("flows"), remark("every flow is in order"))
