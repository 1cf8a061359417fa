"""The questions of a poll as its row keeps them: by language, each with its choices in one order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

QUESTIONS: Final = "poll.questions"


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language."""

    text: str = field(repr=False)
    choices: tuple[str, ...] = field(repr=False)

    @property
    def as_text(self) -> str:
        """With a number before each choice, as it goes out."""
        return "\n".join([self.text, *(f"{number} {one}" for number, one in enumerate(self.choices, 1))])


@dataclass(frozen=True, slots=True)
class Questions:
    """One or two questions in every language that has them."""

    source: str
    """The language in which they were written first"""
    by_language: Mapping[str, tuple[Question, ...]]

    def fit(self, language: str | None) -> tuple[str, tuple[Question, ...]]:
        """The questions for a reader, and the language that they really are in."""
        chosen = language if language in self.by_language else self.source
        return chosen or self.source, self.by_language[chosen or self.source]


def to_json(questions: Questions) -> str:
    """As the row keeps them, before it is sealed."""
    told = {
        language: [{"text": one.text, "choices": list(one.choices)} for one in asked]
        for language, asked in questions.by_language.items()
    }
    return json.dumps({"source": questions.source, "questions": told}, ensure_ascii=False)


def from_json(kept: str) -> Questions:
    """The questions of a row."""
    told = json.loads(kept)
    return Questions(
        told["source"],
        {
            language: tuple(Question(one["text"], tuple(one["choices"])) for one in asked)
            for language, asked in told["questions"].items()
        },
    )
