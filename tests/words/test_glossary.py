"""The glossary is whole, and a translation without the agreed words is noticed."""

from pathlib import Path

import pytest

from bot.words.glossary import glossary_faults, lines_for, missing_terms, read_glossary, terms_in
from bot.words.po_read import read_catalog
from bot.words.po_write import new_catalog
from bot.words.yaml_tree import FilesBroken

MESSAGES = Path(__file__).parents[2] / "messages"
GLOSSARY = read_glossary((MESSAGES / "glossary.yaml").read_text("utf-8"), "messages/glossary.yaml")
FIRST = ("es", "ar", "zh_Hans", "ht")


def test_every_term_has_words_in_each_of_the_first_languages() -> None:
    assert [term.name for term in GLOSSARY if set(term.renderings) < set(FIRST)] == []
    assert all(len(lines_for(GLOSSARY, locale)) == len(GLOSSARY) + 1 for locale in FIRST)


@pytest.mark.parametrize(("term", "letters"), [("iep", "IEP"), ("plan_504", "504")])
def test_letters_and_numbers_that_stand_on_school_papers_are_kept(term: str, letters: str) -> None:
    renderings = next(entry for entry in GLOSSARY if entry.name == term).renderings
    assert all(letters in rendering.say for rendering in renderings.values())


@pytest.mark.parametrize(
    ("english", "names"),
    [
        ("Report cards come home Friday.", ["report_card"]),
        ("Your child is in grade {child.grade}.", ["grade_level"]),
        ("For grades 3 to 5", ["grade_level"]),
        ("How are the grades?", ["grade_mark"]),
        ("The 5th grade meets.", ["grade_level"]),
        ("Ask about a 504 plan or an IEP.", ["iep", "plan_504"]),
        ("The busy buses", ["bus"]),
        ("Special education has its own office.", ["special_education"]),
        ("{school.nurse} will call", []),
        ("The upgrade is done", []),
    ],
)
def test_terms_are_found_as_whole_words_and_the_longest_wins(english: str, names: list[str]) -> None:
    assert [term.name for term in terms_in(english, GLOSSARY)] == names


@pytest.mark.parametrize(
    ("locale", "text", "lacks"),
    [
        ("es", "Su ENLACE es Ana.", False),
        ("es", "Su contacto es Ana.", True),
        ("ar", "اتصل بمسؤول التواصل مع العائلات.", False),
        ("ar", "اتصل بالمدرسة.", True),
        ("zh_Hans", "您的家校联络员", False),
        ("ht", "Lyezon ou se Ana", False),
        ("fr", "Votre contact", False),
    ],
)
def test_a_translation_without_the_agreed_words_is_noticed(locale: str, text: str, *, lacks: bool) -> None:
    assert bool(missing_terms("Your liaison is Ana.", text, locale, GLOSSARY)) is lacks


def test_the_warning_names_the_text_and_the_words() -> None:
    catalog = new_catalog("es")
    catalog.add("Call the nurse", "Llame a la doctora", context="f/a/say", lineno=7)
    catalog.add(
        "Call the nurse.", "Llame a la doctora", context="f/b/say", flags={"fuzzy"}, user_comments=[STALE]
    )
    (fault,) = glossary_faults({"es": catalog}, GLOSSARY)
    assert str(fault) == (
        "messages/es/LC_MESSAGES/ally.po:7:1: f/a/say: the agreed words for `nurse` are not in it. "
        "Say: enfermera o enfermero de la escuela."
    )


def test_in_a_text_that_nobody_has_read_it_is_a_warning() -> None:
    catalog = new_catalog("es")
    catalog.add("Call the nurse", "Llame a la doctora", context="f/a/say", flags={"fuzzy"})
    (fault,) = glossary_faults({"es": catalog}, GLOSSARY)
    assert fault.severity == "warning"


STALE = 'ally: stale since 2026-11-20, was reviewed for: "Hi there"'


@pytest.mark.parametrize(
    "path", sorted(MESSAGES.glob("*/LC_MESSAGES/ally.po")), ids=lambda path: path.parts[-3]
)
def test_the_catalogs_use_the_agreed_words(path: Path) -> None:
    locale = path.parts[-3]
    catalog = read_catalog(path.read_bytes(), locale, str(path))
    found = [str(fault) for fault in glossary_faults({locale: catalog}, GLOSSARY)]
    assert found == [], "Use the agreed words, or add the form that is right to `accept` in the glossary."


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("other: {}", "there is no `terms:`"),
        ("terms: {a: {note: x}}", "`a` has no English"),
        ("terms: {a: {english: [x], xx: y}}", "`xx` is no language of the program"),
        ("terms: {a: {english: [x], es: {accept: [y]}}}", "`a` has no words for es"),
        ("terms: {a: {english: [x], es: {say: z, accept: [y]}}}", "is not among what it accepts"),
    ],
)
def test_a_glossary_with_faults_says_them(source: str, said: str) -> None:
    with pytest.raises(FilesBroken) as broken:
        read_glossary(source, "g.yaml")
    assert said in str(broken.value)
