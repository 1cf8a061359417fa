"""`make bench [PARTS="reply rate:sqlite"]`: measures one after the other, and writes docs/bench.md.

A part is a module of this folder, with its database or without; what is not measured anew stays as the
report has it, with its own day.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import facts

REPORT = Path("docs/bench.md")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement: what it is, what is to be reached, and how it is called."""

    title: str
    module: str
    database: str | None = None
    options: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Its title in the report, by which it is found again."""
        return self.title + (f", {NAMES[self.database]}" if self.database else "")

    @property
    def command(self) -> list[str]:
        """What measures it."""
        on = ["--database", self.database] if self.database else []
        return [sys.executable, "-m", f"bench.{self.module}", *on, *self.options]

    def is_meant_by(self, name: str) -> bool:
        """Whether `reply`, `reply:sqlite` or `:sqlite` asks for it."""
        module, _, database = name.partition(":")
        return module in ("", self.module) and database in ("", self.database)


def _both(title: str, module: str, *options: str) -> tuple[Part, Part]:
    return Part(title, module, "sqlite", options), Part(title, module, "postgresql", options)


PARTS = (
    Part("One flow turn, pure (reach: 60 µs, 20 times faster than botbuilder-dialogs)", "turn"),
    *_both("Inbound text, webhook to committed reply (reach: 40 % of the floor, p99 5 x p50)", "inbound"),
    *_both("One claim, however many texts wait or are held (reach: flat; held: 25 ms)", "claim"),
    *_both("A broadcast beside the bare SDK (reach: 70 % on SQLite, 80 % on PostgreSQL)", "broadcast"),
    *_both("A broadcast under a rate limit (reach: 98 % used, never over it)", "rate"),
    *_both("A reply's way, and memory (reach: p50 100, p99 500 ms; web 220, worker 150 MB, flat)", "reply"),
    *_both("The audience of a million families (reach: 3 x one SQL count)", "audience"),
    *_both(
        "A district written to, from the click to the last text, and pauses (reach: 2 s, 10 texts)",
        "click",
        "--families",
        "4000",
    ),
    *_both("Webhooks beside a hundred open tabs (reach: p99 1.5 of that without)", "tabs", "--rate", "8"),
    Part("`ally check`, 1,000 steps in 15 languages (reach: 5 s)", "check"),
    Part("Who wants to stop, in 14 languages (reach: none missed in those that are shipped)", "leaving"),
    Part(
        "Who asks for a person, in 5 languages (reach: nine in ten, and nobody else)",
        "asks_person",
    ),
)


def main(names: list[str]) -> int:
    """Measure those of these names, all where there is none; the exit code counts those that failed."""
    if unknown := [name for name in names if not any(part.is_meant_by(name) for part in PARTS)]:
        sys.exit(f"no measurement is called {', '.join(unknown)}; there are {', '.join(_modules())}")
    told, failed = _reported(), 0
    for part in PARTS:
        if names and not any(part.is_meant_by(name) for name in names):
            continue
        print(f"\n== {part.heading}", flush=True)
        done = subprocess.run(part.command, check=False, capture_output=True, text=True)
        print(done.stdout, done.stderr[-2000:] if done.returncode else "", flush=True)
        failed += done.returncode != 0
        if done.returncode == 0:
            figures = done.stdout.replace(facts(), "").strip()
            told[part.heading] = f"{datetime.now(UTC):%Y-%m-%d}; {facts()}\n\n```text\n{figures}\n```"
            _report(told)
    return failed


def _modules() -> list[str]:
    return list(dict.fromkeys(part.module for part in PARTS))


def _reported() -> dict[str, str]:
    """What the report says of each part."""
    report = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    sections = re.split(r"^## ", report, flags=re.MULTILINE)[1:]
    return {heading: text.strip() for heading, _, text in (one.partition("\n") for one in sections)}


def _report(told: dict[str, str]) -> None:
    known = [part.heading for part in PARTS if part.heading in told]
    sections = [f"## {heading}\n\n{told[heading]}\n" for heading in known]
    REPORT.write_text("\n".join(["# Measurements\n\nMade by `make bench`.\n", *sections]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
