"""What translators are handed, the page and Weblate's settings, is true of this program."""

import json
import re
from pathlib import Path

import pytest

from bot.words.locales import LOCALES
from bot.words.po_read import PLACEHOLDER
from bot.words.segments import count
from bot.words.slots import is_label

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "translating.md").read_text("utf-8")
(WEBLATE,) = json.loads((ROOT / "messages" / "weblate.json").read_text("utf-8"))
EXAMPLES = re.findall(r"^\| ([^|]+) \| (\d (?:GSM-7|UCS-2)) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("text", "cost"), EXAMPLES)
def test_each_example_of_the_page_costs_what_it_says(text: str, cost: str) -> None:
    found = count(text)
    assert f"{found.segments} {found.encoding}" == cost


def test_the_page_has_examples_and_an_address_for_all_languages_but_those_that_wait() -> None:
    assert len(EXAMPLES) == 4
    named = set(re.findall(r"\b([a-z]{2,3}(?:_[A-Z][A-Za-z]+)?)\b(?=[),])", PAGE))
    assert set(LOCALES) - named <= {"en", "so"}  # Somali waits for its first reviewer


def test_weblate_finds_the_catalogs_and_the_template() -> None:
    assert (ROOT / WEBLATE["new_base"]).is_file()
    found = {path.parent.parent.name for path in ROOT.glob(WEBLATE["filemask"])}
    assert "es" in found
    assert all(re.fullmatch(WEBLATE["language_regex"], name) for name in {*found, *LOCALES})


def test_weblate_knows_a_placeholder_when_it_sees_one() -> None:
    (pattern,) = re.findall(r'placeholders:r"([^"]+)"', WEBLATE["check_flags"])
    for text in ("{child.name} {n}", "{Nombre}", "{ n }", "no braces"):
        assert re.findall(pattern, text) == [match[0] for match in PLACEHOLDER.finditer(text)]


@pytest.mark.parametrize(
    "context",
    [
        "menu/ask/choices.dates",
        "f/list/each.more",
        "phrase/topic_rights",
        "f/a/say",
        "phrase/sorry",
        "f/c/ask",
    ],
)
def test_weblate_limits_the_same_texts_as_the_program(context: str) -> None:
    (pattern,) = re.findall(r'context:r\\"(.+?)\\" AND', PAGE)
    assert bool(re.search(pattern, context)) is is_label(context)
