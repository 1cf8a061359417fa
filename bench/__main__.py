"""`make bench`: every measurement in turn, each a process of its own, with the machine's facts in its table."""

import subprocess
import sys

MEASUREMENTS = (
    ("One flow turn, pure (reach: 60 µs, 20 times faster than botbuilder-dialogs)", ["bench.turn"]),
    (
        "Inbound text, webhook to committed reply, SQLite (reach: 40 % of the floor, p99 5 x p50)",
        ["bench.inbound", "--database", "sqlite"],
    ),
    ("Inbound text, PostgreSQL", ["bench.inbound", "--database", "postgresql"]),
    ("ally check, 1,000 steps in 15 languages (reach: 5 s)", ["bench.check"]),
)


def main() -> int:
    """Run them all; the exit code counts those that failed."""
    failed = 0
    for title, command in MEASUREMENTS:
        print(f"\n== {title}", flush=True)
        failed += subprocess.run([sys.executable, "-m", *command], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
