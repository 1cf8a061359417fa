"""How well opting out is heard, by language: false stops and misses on the sentences of tests/words/leaving.

`python -m bench.leaving [--all]`

The rules were improved on the even sentences of each list; the odd ones judge them. Without `--all` only
the odd ones count. "Missed" is neither stopped nor asked back; "asked" is asked whether texts shall end.
"""

import argparse
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bench.machine import facts
from bot.words.locales import LOCALES
from bot.words.opt_out import asks_to_stop, keyword, may_ask_to_stop

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "words" / "leaving"
HEAD = "language   wants to stop  missed  asked   half-says it  missed  stopped   other  false stops  asked"
ROW = "{:<9} {:>14} {:>7} {:>6} {:>14} {:>7} {:>8} {:>7} {:>12} {:>6}"


@dataclass(frozen=True)
class Counts:
    """What became of the sentences of one language."""

    stop: int = 0
    stop_missed: int = 0
    stop_asked: int = 0
    unsure: int = 0
    unsure_missed: int = 0
    unsure_stopped: int = 0
    other: int = 0
    false_stops: int = 0
    asked_back: int = 0

    def __add__(self, more: "Counts") -> "Counts":
        return Counts(*(one + two for one, two in zip(astuple(self), astuple(more), strict=True)))


def heard(text: str) -> str:
    """What the program makes of a text: stop, ask or nothing."""
    if keyword(text) == "stop" or asks_to_stop(text):
        return "stop"
    return "ask" if may_ask_to_stop(text) else "nothing"


def counts(locale: str, first: int, step: int) -> Counts:
    """The sentences of one language, from the `first` on, every `step`th."""
    told = YAML(typ="safe").load(SENTENCES / f"{locale}.yaml")
    stop, unsure, other = (
        [heard(text) for text in told[name][first::step]] for name in ("stop", "unsure", "go_on")
    )
    return Counts(
        len(stop),
        stop.count("nothing"),
        stop.count("ask"),
        len(unsure),
        unsure.count("nothing"),
        unsure.count("stop"),
        len(other),
        other.count("stop"),
        other.count("ask"),
    )


def rows(first: int, step: int) -> Iterator[str]:
    """One line a language, and one for all."""
    total = Counts()
    for locale in LOCALES:
        found = counts(locale, first, step)
        total += found
        yield ROW.format(locale, *astuple(found))
    yield ROW.format("all", *astuple(total))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="the sentences that improved the rules too")
    first, step = (0, 1) if parser.parse_args().all else (1, 2)
    print("\n".join([facts(), HEAD, *rows(first, step)]))


if __name__ == "__main__":
    main()
