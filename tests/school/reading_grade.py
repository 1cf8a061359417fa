"""How many years of school an English text asks for, measured as staff are told of their own texts."""

from bot.words.reading import english_grade, sentences


def grade(text: str) -> float:
    """The US school grade of an English text."""
    return english_grade(sentences(text))
