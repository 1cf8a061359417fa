"""`python -m tests.talks.rewrite FILE...`: writes what we say today into talks, on purpose, and shows it."""

import difflib
import sys
import tempfile
from pathlib import Path

from bot.cli.stage import build_stage
from bot.talk.stage import NobodySuch, Stage
from bot.talk.written import write_talk
from bot.words.yaml_tree import FilesBroken
from tests.talks.staging import ROOT, perform, read


def rewrite(stage: Stage, path: Path, copy: Path) -> str:
    """Bring one talk up to date; gives the differences, empty where there are none."""
    before = path.read_text(encoding="utf-8")
    played = perform(stage, read(path), copy)
    if played.lacking:
        raise ValueError("\n".join([f"{path}: not rewritten, texts are missing:", *played.lacking]))
    after = write_talk(played.talk)
    path.write_text(after, encoding="utf-8")
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), str(path), str(path), lineterm="")
    return "\n".join(lines)


def main(paths: list[str]) -> int:
    """Rewrite each of the files that are named; 1 when one could not be."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        stage = build_stage(Path(folder), flows=ROOT / "flows", messages=ROOT / "messages")
        for number, path in enumerate(paths):
            try:
                said = rewrite(stage, Path(path).resolve(), Path(folder) / f"{number}.db")
                sys.stdout.write(f"{said}\n" if said else f"{path}: nothing has changed\n")
            except (FilesBroken, NobodySuch, ValueError) as error:
                sys.stderr.write(f"{error}\n")
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else "usage: python -m tests.talks.rewrite FILE...")
