"""What a parent's answer costs, by flow and language: segments and US dollars, from the talks of the tests.

`python -m bench.words [--over N]`

An answer is all texts that one text of a parent sets off. The talks are what we say today, word for
word: `pytest tests/talks` holds them against the running program. `--over` lists the answers above N
segments.
"""

import argparse
from collections.abc import Iterable, Iterator

from tests.talks.costs import Answer, answers

HEAD = "flow                 language  answers  segments: mean  most  US$: mean   most"


def rows(every: Iterable[Answer]) -> Iterator[str]:
    """One line a flow and language, and at the end one a language."""
    by_flow: dict[tuple[str, str], list[Answer]] = {}
    by_language: dict[tuple[str, str], list[Answer]] = {}
    for one in every:
        by_flow.setdefault((one.flow, one.language), []).append(one)
        by_language.setdefault(("all flows", one.language), []).append(one)
    for (flow, language), group in [*sorted(by_flow.items()), *sorted(by_language.items())]:
        yield _row(flow, language, group)


def _row(flow: str, language: str, group: list[Answer]) -> str:
    mean = sum(one.segments for one in group) / len(group)
    price = sum(one.price for one in group) / len(group)
    most, dearest = max(one.segments for one in group), max(one.price for one in group)
    return (
        f"{flow:<20} {language:<9} {len(group):>7}  {mean:>14.1f}  {most:>4}  {price:>9.4f}  {dearest:>6.4f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--over", type=int, help="list the answers that cost more segments than this")
    limit = parser.parse_args().over
    every = list(answers())
    print("\n".join([HEAD, *rows(every)]))
    if limit is not None:
        for one in sorted(every, key=lambda answer: -answer.segments):
            if one.segments > limit:
                encodings = ", ".join(sorted(one.encodings))
                print(f"{one.segments} x {encodings}: {one.talk}, exchange {one.number} ({one.language})")


if __name__ == "__main__":
    main()
