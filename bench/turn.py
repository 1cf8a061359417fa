"""How long one turn of a conversation takes: `advance` with matching and catalogs, beside its peers.

`python -m bench.turn [--rounds N]`

A talk in Spanish is played once; then each of its turns is measured alone, on the shipped flows and
catalogs: the state and the event in, the new state and the effects out. Peers on the same machine in
the same run: transitions and python-statemachine take one step of a bare machine without words, and
botbuilder-dialogs takes one turn of a dialog of questions, its state kept in memory. They are heavy, so
the first run makes an environment of their own for them under var/bench.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from babel.dates import format_date

from bench.machine import facts, median
from bot.flow.advance import advance
from bot.flow.book import Book
from bot.flow.state import State, Value, from_json, to_json
from bot.flow.turn import Acted, Count, Event, Found, Here, LookUp, Texted
from bot.talk.library import FileLibrary, Folders
from bot.talk.subject import FACTS

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "var" / "bench" / "peers"
# aiohttp is missing from botbuilder's dependencies
PACKAGES = (
    "botbuilder-dialogs==4.17.1",
    "botbuilder-core==4.17.1",
    "aiohttp",
    "transitions==0.9.3",
    "python-statemachine==3.2.2",
)
REACH = 60.0
TALK = (
    Texted("menú", command="menu"),
    Texted("1"),
    Texted("Horario, oficina, autobus"),
    Texted("abc"),
    Texted("menú", command="menu"),
    Texted("2"),
    Texted("Ana"),
    Texted("3"),
    Texted("30 de noviembre"),
    Texted("1"),
    Texted("¿Cuándo no hay clases?", topic="no_school"),
    Texted("gracias", small_talk="thanks"),
)
CHILD: dict[str, Value] = {"value": "c1", "name": "Ana", "school": "s1", "school_name": "Maple Grove"}
FOUND: dict[str, list[Value]] = {
    "directory.children": [dict(CHILD), {**CHILD, "value": "c2", "name": "Ben"}],
    "calendar.day": [{"days": {"date": "2026-11-30"}}],
    "calendar.dates": [
        {
            "when": {"date": f"2026-12-{day:02}"},
            "name": {"phrase": "date_no_school"},
            "school_name": "Maple Grove",
        }
        for day in range(1, 9)
    ],
}
KNOWN: dict[str, Value] = {
    "program.name": "Ally",
    "school.name": "Maple Grove",
    "school.phone": {"phone": "+15125550100"},
    "office.hours": "8:00 - 16:00",
    "family.school": "s1",
    "contact.language": {"language": "es", "value": "es"},
    "today": {"date": "2026-11-24"},
    "tomorrow": {"date": "2026-11-25"},
}
HERE = Here(datetime(2026, 11, 24, 16, tzinfo=UTC), "es", KNOWN)


@dataclass(frozen=True)
class Step:
    """One call of the engine, as it was made in the talk."""

    name: str
    state: State
    event: Event


def played(book: Book) -> list[Step]:
    """Every call of `advance` that the talk makes, look-ups and actions answered."""
    steps: list[Step] = []
    state = State()
    for said in TALK:
        event: Event | None = said
        while event is not None:
            name = said.text if event is said else f"{said.text} / {type(event).__name__}"
            steps.append(Step(name, state, event))
            turn = advance(book, state, event, HERE)
            assert not any(isinstance(one, Count) and one.name.startswith("broken/") for one in turn.effects)
            state, pending = from_json(to_json(turn.state)), turn.pending
            if pending is None:
                event = None
            else:
                event = (
                    Found(tuple(FOUND.get(pending.what, [])))
                    if isinstance(pending, LookUp)
                    else Acted(done=True)
                )
    return steps


def micros(call: Callable[[], object], rounds: int) -> float:
    """The middle of seven measurements of one call, in microseconds of CPU: other programs do not count."""
    times = []
    for _ in range(7):
        began = time.process_time()
        for _ in range(rounds):
            call()
        times.append((time.process_time() - began) / rounds * 1e6)
    return median(times)


def peers(rounds: int) -> dict[str, float]:
    """CPU time of each peer in microseconds, measured in the environment kept for them; empty without it."""
    python = CACHE / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE)], check=True)
        uv = Path(sys.executable).with_name("uv")
        install = [str(uv), "pip", "install", "--quiet", "--python", str(python), *PACKAGES]
        if subprocess.run(install, check=False).returncode != 0:
            shutil.rmtree(CACHE)
            return {}
    costs = {}
    for name in ("bare_steps", "botbuilder_turn"):
        command = [str(python), str(Path(__file__).parent / "peers" / f"{name}.py"), str(rounds)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        for line in answer.stdout.splitlines():
            what, _, cost = line.rpartition(" ")
            costs[what] = float(cost)
    return costs


def main() -> None:
    """Print the table of one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2000)
    given = parser.parse_args()
    book = FileLibrary(Folders(ROOT / "flows", ROOT / "messages", FACTS)).book
    steps = played(book)
    print(facts())
    print(f"\n{'turn':48}{'µs':>8}")
    costs = [_told(book, step, given.rounds) for step in steps]
    turn = sum(costs) / len(TALK)
    print(f"{'one turn, mean of the talk':48}{turn:8.1f}   (reach {REACH:.0f})")
    stored = to_json(steps[-1].state)
    beside = peers(given.rounds) | {
        "state read and written": micros(lambda: to_json(from_json(stored)), given.rounds),
        "one date by CLDR, not kept": micros(_cldr_date, given.rounds),
    }
    print(f"\n{'beside it':48}{'µs':>8}{'of our turn':>16}")
    for name, cost in beside.items():
        print(f"{name:48}{cost:8.1f}{cost / turn:15.2f}x")


def _told(book: Book, step: Step, rounds: int) -> float:
    cost = micros(lambda: advance(book, step.state, step.event, HERE), rounds)
    print(f"  {step.name:46}{cost:8.1f}")
    return cost


def _cldr_date() -> str:
    return format_date(date(2026, 12, 1), "EEEE, d 'de' MMMM", locale="es_US")


if __name__ == "__main__":
    main()
