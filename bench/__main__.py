"""`make bench`: every measurement in turn, each a process of its own; writes docs/bench.md."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import facts

REPORT = Path("docs/bench.md")
MEASUREMENTS = (
    ("One flow turn, pure (reach: 60 µs, 20 times faster than botbuilder-dialogs)", ["bench.turn"]),
    (
        "Inbound text, webhook to committed reply, SQLite (reach: 40 % of the floor, p99 at most 5 x p50)",
        ["bench.inbound", "--database", "sqlite"],
    ),
    ("The same on PostgreSQL", ["bench.inbound", "--database", "postgresql"]),
    (
        "A broadcast without a rate limit beside the bare SDK, SQLite (reach: 70 %)",
        ["bench.broadcast", "--database", "sqlite"],
    ),
    ("The same on PostgreSQL (reach: 80 %)", ["bench.broadcast", "--database", "postgresql"]),
    ("A broadcast under a rate limit (reach: 98 % used, never over it)", ["bench.rate"]),
    ("The same on PostgreSQL", ["bench.rate", "--database", "postgresql"]),
    (
        "A reply's way, and memory (reach: p50 100 ms, p99 500 ms; web 220 MB, worker 150 MB, flat), SQLite",
        ["bench.reply", "--database", "sqlite"],
    ),
    ("The same on PostgreSQL", ["bench.reply", "--database", "postgresql"]),
    ("`ally check`, 1,000 steps in 15 languages (reach: 5 s)", ["bench.check"]),
)


def main() -> int:
    """Run them all; the exit code counts those that failed."""
    failed = 0
    parts = [f"# Measurements\n\nMade by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {facts()}.\n"]
    for title, command in MEASUREMENTS:
        print(f"\n== {title}", flush=True)
        done = subprocess.run([sys.executable, "-m", *command], check=False, capture_output=True, text=True)
        print(done.stdout, done.stderr[-2000:] if done.returncode else "", flush=True)
        failed += done.returncode != 0
        parts.append(f"## {title}\n\n```text\n{done.stdout.strip()}\n```\n")
    REPORT.write_text("\n".join(parts), encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main())
