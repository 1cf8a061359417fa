"""Every English text for families reads at sixth grade; seventh where it needs a named term."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.words.extract import texts_of
from bot.words.yaml_tree import read_tree
from tests.school.reading_grade import grade

FOLDERS = (Path("flows"), Path("bot/school/facts"))
NAMED_TERMS = re.compile(
    r"immigration|Social Security|special education|certificate|interpreter|attendance office", re.IGNORECASE
)
"""Words that a family must know as they are, since they stand on the school's letters"""
LONG_ENOUGH = 10
"""Words from which the measure means anything; shorter texts of a file are measured together"""
CARRIERS_WORDS = {"phrase/first_contact", "phrase/help"}
"""CTIA asks for their wording: program, frequency, "Msg & data rates may apply" """
NAMES = re.compile(r"\{[a-z][a-z0-9_.]*\}|California")
"""Placeholders and names of places: they are read as one looks at a picture"""
CONTRACTION = re.compile(
    r"\b(?:\w+n['’]t|(?:I|you|we|they|he|she|it|that|there)['’](?:m|re|ve|ll|d|s))\b", re.IGNORECASE
)


class Text(NamedTuple):
    """One English text and where it stands."""

    file: str
    context: str
    english: str

    @property
    def is_long(self) -> bool:
        """Whether it can be measured alone."""
        return len(re.findall(r"[A-Za-z']+", NAMES.sub("Ann", self.english))) >= LONG_ENOUGH

    @property
    def read(self) -> str:
        """With a plain name for each placeholder, and a full stop where a line ends without one."""
        lines = [line.strip().rstrip(":") for line in NAMES.sub("Ann", self.english).split("\n")]
        return " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines if line)


def texts() -> Iterator[Text]:
    """Every text that a family may be sent."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.yaml")):
            for found in texts_of(read_tree(path.read_text(encoding="utf-8"), path.name)):
                for english in {found.one or found.other, found.other}:
                    yield Text(path.name, found.context, english)


def test_every_text_reads_at_sixth_grade() -> None:
    def faults() -> Iterator[str]:
        for text in texts():
            if not text.is_long or text.context in CARRIERS_WORDS or text.context.endswith("source_words"):
                continue
            if (level := grade(text.read)) > (7.0 if NAMED_TERMS.search(text.english) else 6.0):
                yield f"{text.file} {text.context}: grade {level:.1f}: {text.english}"

    hard = sorted(faults())
    assert not hard, "\n".join(["", *hard])


def test_the_labels_and_short_texts_of_a_file_together_read_at_sixth_grade() -> None:
    short: dict[str, list[str]] = defaultdict(list)
    for text in texts():
        if not text.is_long and not text.context.startswith("fact/"):
            short[text.file].append(text.read)
    levels = {file: round(grade(" ".join(lines)), 1) for file, lines in short.items()}
    assert {file: level for file, level in levels.items() if level > 6.0} == {}


def test_no_text_has_a_contraction() -> None:
    """People who read little stumble over them: `do not`, not `don't`."""
    found = [f"{text.file} {text.context}" for text in texts() if CONTRACTION.search(text.english)]
    assert found == []
