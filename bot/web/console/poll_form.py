"""The form that questions are written in: each language has its question, its answers, and maybe a second."""

from collections.abc import Mapping
from typing import Final

from flask import request

from bot.store.poll_words import Question, Questions
from bot.words.locales import LOCALES

PLACES: Final = ("first", "second")
_LONGEST: Final = 1600

Asked = Mapping[str, Mapping[str, str]]
"""By locale: what stands in the fields first, first_choices, second, second_choices"""


def from_questions(questions: Questions) -> Asked:
    """The fields as kept questions fill them."""
    return {locale: _fields(asked) for locale, asked in questions.by_language.items()}


def from_request() -> Asked:
    """The fields as they were posted."""
    return {locale: {name: _told(name, locale) for name in _names()} for locale in LOCALES}


def questions_of(asked: Asked, source: str) -> Questions:
    """What the fields ask, in each language that has anything in them; the writer's own always."""
    found = {
        locale: tuple(_question(fields, place) for place in PLACES if _is_there(fields, place))
        for locale, fields in asked.items()
    }
    return Questions(source, {one: said for one, said in found.items() if said or one == source})


def as_texts(asked: Asked) -> dict[str, str]:
    """Each language as one text, for the checks while somebody writes."""
    every = {
        locale: "\n\n".join(_question(fields, one).as_text for one in PLACES if _is_there(fields, one))
        for locale, fields in asked.items()
    }
    return {locale: text for locale, text in every.items() if text}


def _names() -> list[str]:
    return [name for place in PLACES for name in (place, f"{place}_choices")]


def _fields(asked: tuple[Question, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, one in zip(PLACES, asked, strict=False):
        found |= {place: one.text, f"{place}_choices": "\n".join(one.choices)}
    return found


def _is_there(fields: Mapping[str, str], place: str) -> bool:
    return bool(fields.get(place) or fields.get(f"{place}_choices"))


def _question(fields: Mapping[str, str], place: str) -> Question:
    choices = (one.strip() for one in fields.get(f"{place}_choices", "").splitlines())
    return Question(fields.get(place, ""), tuple(one for one in choices if one))


def _told(name: str, locale: str) -> str:
    return request.form.get(f"{name}_{locale}", "").replace("\r\n", "\n").strip()[:_LONGEST]
