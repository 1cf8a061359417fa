"""Writes docs/talks from the running program: one talk a flow in each language, and its cost: `make talks`.

English comes from the talks of the tests; what parents of another language type stands in
docs/talks/said/<locale>.yaml. The clock is that of each talk, so a second run writes the same.
"""

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from ruamel.yaml import YAML

from bot.carrier.local.prices import Measure, measure
from bot.cli.stage import build_stage
from bot.talk.stage import Stage
from bot.talk.written import Exchange, WrittenTalk
from bot.words.locales import facts
from tests.talks.other_language import ORIGINALS, in_language, original, sayings
from tests.talks.staging import ROOT, perform

DOCS = ROOT / "docs" / "talks"
SAID = DOCS / "said"
LOCALES = ("en", "es", "ar", "zh_Hans", "ht")
RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True)
class Transcript:
    """One talk as it goes today."""

    name: str
    """flow/case of the English talk it follows"""
    talk: WrittenTalk
    astray: tuple[str, ...]
    """Where it stands otherwise than the English talk does; empty when all is well"""

    @property
    def flow(self) -> str:
        """The flow that the talk is about."""
        return self.name.partition("/")[0]

    @property
    def answers(self) -> list[list[Measure]]:
        """The size of every text of every answer; silence is none."""
        turns = self.talk.turns
        return [[measure(text, self.talk.channel) for text in turn.we_say] for turn in turns if turn.we_say]


def transcripts(
    stage: Stage, locale: str, folder: Path, names: Sequence[str] = ORIGINALS
) -> list[Transcript]:
    """Play talks in a language; `folder` takes the databases. Raises ValueError, KeyError for a bad sheet."""
    sheet = said(locale)
    return [
        _played(stage, name, locale, sheet[name], folder / f"{locale}-{n}.db") for n, name in enumerate(names)
    ]


def said(locale: str) -> dict[str, list[str]]:
    """What parents type in each talk."""
    if locale == "en":
        return {name: sayings(original(name)) for name in ORIGINALS}
    sheet = YAML(typ="safe").load((SAID / f"{locale}.yaml").read_text(encoding="utf-8"))
    return {name: [str(one) for one in texts] for name, texts in sheet.items()}


def _played(stage: Stage, name: str, locale: str, texts: list[str], copy: Path) -> Transcript:
    english = original(name)
    played = perform(stage, in_language(english, locale, texts), copy)
    astray = [
        f"{name}.{locale}, exchange {number}: it stands at {turn.at}, in English at {wanted.at}"
        for number, (wanted, turn) in enumerate(zip(english.turns, played.talk.turns, strict=True), 1)
        if wanted.at != turn.at
    ]
    return Transcript(name, played.talk, (*astray, *played.lacking))


# --- a page a language --------------------------------------------------------------------------


def page(locale: str, talks: Sequence[Transcript]) -> str:
    """All talks of a language. Markdown."""
    known = facts(locale)
    lines = [
        f"# {known.english} ({known.own})" if locale != "en" else f"# {known.english}",
        "",
        f"One talk for each flow, as the program holds it today. {_WHAT_IT_IS}",
        "",
        *(f"- [{one.flow}](#{one.flow}): {one.talk.talk}" for one in talks),
    ]
    for one in talks:
        lines += ["", f"## {one.flow}", "", f"{one.talk.talk}. It begins on {one.talk.now:%d %B %Y, %H:%M}."]
        for turn in one.talk.turns:
            lines += ["", *_exchange(turn, one.talk)]
    return "\n".join(lines) + "\n"


_WHAT_IT_IS = (
    "The family and its names are invented. Under each answer stands its size: segments are what phone "
    "companies charge for. Where a text reads wrong, mend it as [Translating Ally](../translating.md) says."
)


def _exchange(turn: Exchange, talk: WrittenTalk) -> Iterator[str]:
    yield from _happening(turn, talk.language)
    if not turn.we_say:
        yield from (
            "",
            "*We say nothing.*" if turn.thread == "closed" else "*We are quiet: a person answers.*",
        )
    for text in turn.we_say:
        yield from (
            "",
            "**We say:**",
            "",
            *_quoted(text, talk.language),
            "",
            _size([measure(text, talk.channel)]),
        )


def _happening(turn: Exchange, locale: str) -> Iterator[str]:
    if turn.they_say is not None:
        yield from ("**They say:**", "", *_quoted(turn.they_say, locale))
    elif turn.the_person_closes is not None:
        yield "*The person at school has finished.*"
    else:
        yield f"*{_period(turn.time_passes or timedelta())} pass.*"


def _period(passed: timedelta) -> str:
    return f"{passed.days} days" if passed.days else f"{passed.seconds // 3600} hours"


def _quoted(text: str, locale: str) -> Iterator[str]:
    """A text as a quotation, line by line, from the right where the language is read so."""
    if locale in RIGHT_TO_LEFT:
        yield (
            '<blockquote dir="rtl">'
            + "<br>\n".join(text.replace("\n\n", "\n&nbsp;\n").split("\n"))
            + "</blockquote>"
        )
        return
    yield from (
        f"> {line}" if line else ">" for line in re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", text).split("\n")
    )


def _size(texts: Sequence[Measure]) -> str:
    segments = sum(one.segments for one in texts)
    encodings = " and ".join(sorted({one.encoding for one in texts}))
    price = sum((one.price for one in texts), Decimal())
    return f"<sub>{segments} segment{'s' if segments > 1 else ''}, {encodings}, {price} US dollars</sub>"


# --- the table ----------------------------------------------------------------------------------


def table(played: Mapping[str, Sequence[Transcript]]) -> str:
    """Segments and cost by flow and language, for the head of README.md. Markdown."""
    lines = [
        "| flow | " + " | ".join(facts(locale).english for locale in played) + " |",
        "|---|" + "---|" * len(played),
    ]
    for row, name in enumerate(ORIGINALS):
        flow = name.partition("/")[0]
        cells = (_cell([talks[row]]) for talks in played.values())
        lines.append(f"| {flow} | " + " | ".join(cells) + " |")
    lines.append("| **all** | " + " | ".join(_cell(talks) for talks in played.values()) + " |")
    return "\n".join(lines)


def _cell(talks: Sequence[Transcript]) -> str:
    """Mean and most segments of an answer, and what the whole talks cost."""
    sizes = [sum(text.segments for text in answer) for one in talks for answer in one.answers]
    price = sum((text.price for one in talks for answer in one.answers for text in answer), Decimal())
    return f"{sum(sizes) / len(sizes):.1f} / {max(sizes)}, ${price:.2f}" if sizes else "-"


README = """# Talks

What families read, for liaisons, translators and whoever decides: one talk for each flow, in {languages}.
Written by the running program (`make talks`); do not edit these pages. What parents type in a language other
than English stands in [said](said), and may be improved there.

## What an answer costs

Mean and most segments of one answer, and what all answers of the talk cost by Twilio's list price for a US
long code (the phone companies' own fees come on top). An answer is all texts that follow from one text of a
parent. Until somebody who reads the language has reviewed a text, the first answer of a day says so, which
costs a segment or two.

{table}
"""


def readme(played: Mapping[str, Sequence[Transcript]]) -> str:
    """The first page. Markdown."""
    languages = ", ".join(f"[{facts(locale).english}]({locale}.md)" for locale in played)
    return README.format(languages=languages, table=table(played))


def main() -> int:
    """Write every page; 1 where a talk goes otherwise than in English, or a text is not translated."""
    astray: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        stage = build_stage(Path(folder), flows=ROOT / "flows", messages=ROOT / "messages")
        played = {locale: transcripts(stage, locale, Path(folder)) for locale in LOCALES}
        stage.talk.db.close()
    for locale, talks in played.items():
        (DOCS / f"{locale}.md").write_text(page(locale, talks), encoding="utf-8")
        astray += [line for one in talks for line in one.astray]
    (DOCS / "README.md").write_text(readme(played), encoding="utf-8")
    sys.stdout.write("\n".join([*astray, f"{sum(map(len, played.values()))} talks written"]) + "\n")
    return 1 if astray else 0


if __name__ == "__main__":
    sys.exit(main())
