"""How well asking for a person is heard, by language, on the sentences of tests/hear/asks_person.

`python -m bench.asks_person [--half even|odd] [--list]`

"Speaker" asks for somebody who speaks the language or for a call: the liaison is an answer to it too.
"Falsely" is everything else that is handed to a person. What is among the examples is not counted; what was
heard amiss of the even sentences improved them. `--list` prints what went wrong, and as what it was heard.
"""

import argparse
from collections.abc import Iterator

from bench.machine import facts
from tests.hear.asking import SENTENCES, Judged, heard_as, judged

HEAD = "language   asks  heard   speaker  heard   other  falsely   danger  missed"
ROW = "{:<9} {:>5} {:>6} {:>9} {:>6} {:>7} {:>8} {:>8} {:>7}"


def numbers(found: Judged) -> tuple[int, ...]:
    """One line of the table."""
    total, bad = found.counts, {name: len(listed) for name, listed in found.wrong.items()}
    return (
        total["person"],
        total["person"] - bad["person"],
        total["speaker"],
        total["speaker"] - bad["speaker"],
        total["other"],
        bad["other"],
        total["danger"],
        bad["danger"],
    )


def lines(locale: str, found: Judged) -> Iterator[str]:
    """What went wrong, and as what it was heard."""
    for kind, listed in found.wrong.items():
        for said in listed:
            yield f"{locale} {kind}: {said} -> {', '.join(sorted(heard_as(said, locale))) or 'nothing'}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="what went wrong too")
    parser.add_argument("--half", choices=("even", "odd"), help="every second sentence only")
    asked = parser.parse_args()
    first, step = {None: (0, 1), "even": (0, 2), "odd": (1, 2)}[asked.half]
    every = {path.stem: judged(path.stem, first, step) for path in sorted(SENTENCES.glob("*.yaml"))}
    rows = [(locale, numbers(found)) for locale, found in every.items()]
    rows.append(("all", tuple(map(sum, zip(*(row for _, row in rows), strict=True)))))
    print("\n".join([facts(), HEAD, *(ROW.format(locale, *row) for locale, row in rows)]))
    if asked.list:
        print("\n".join(line for locale, found in every.items() for line in lines(locale, found)))


if __name__ == "__main__":
    main()
