"""The page of languages: how each stands, its texts one by one, files for translators."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.web.console import rehearsing
from bot.web.console import written as files
from tests.web.console.conftest import BASE, Console


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What was read and made once for all tests of this file."""
    return {}


@pytest.fixture
def console(console: Console, kept: dict[str, Any]) -> Iterator[Console]:
    """The console, without reading every catalog anew."""
    console.app.extensions.update(kept)
    yield console
    names = (files.EXTENSION, rehearsing.EXTENSION)
    kept.update({name: console.app.extensions[name] for name in names if name in console.app.extensions})


def test_the_list_tells_coverage_cost_and_who_reads_it(console: Console) -> None:
    page = console.get(console.signed_in("administrator"), "/staff/languages/").text
    for own in ("Español", "العربية", "简体中文", "Kreyòl ayisyen"):
        assert own in page
    assert "Tiếng Việt" in page, "a language without texts is named too"
    assert "$0.0" in page
    assert "ally catalogs update --add vi" in page


def test_a_liaison_reads_only_the_numbers_of_the_own_school(console: Console) -> None:
    everywhere = console.get(console.signed_in("administrator"), "/staff/languages/").text
    school = console.school("Maple Grove")
    here = console.get(console.signed_in("liaison", school=school), "/staff/languages/").text
    assert everywhere != here
    assert console.get(console.signed_in("teacher"), "/staff/languages/").status_code == 403


def test_a_text_stands_beside_its_english_each_in_its_own_direction(console: Console) -> None:
    page = console.get(console.signed_in("administrator"), "/staff/languages/ar?state=all").text
    assert '<p lang="ar" dir="rtl" translate="no" class="said">' in page
    assert '<p lang="en" dir="ltr" translate="no" class="said">' in page
    assert "UCS-2" in page


@pytest.mark.parametrize("state", ["", "missing", "stale", "unreviewed", "reviewed"])
def test_the_list_narrows_to_a_state_and_says_when_there_is_none(console: Console, state: str) -> None:
    answer = console.get(console.signed_in("administrator"), f"/staff/languages/es?state={state}")
    assert answer.status_code == 200
    assert ('<article class="text"' in answer.text) != ("No text is in this state." in answer.text)


def test_htmx_gets_the_texts_alone(console: Console) -> None:
    client = console.signed_in("administrator")
    answer = client.get("/staff/languages/es?page=2", base_url=BASE, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Earlier" in answer.text


@pytest.mark.parametrize("wrong", ["en", "xx", "es?state=nonsense", "es/texts.exe"])
def test_what_is_not_there_is_not_found(console: Console, wrong: str) -> None:
    assert console.get(console.signed_in("administrator"), f"/staff/languages/{wrong}").status_code == 404


def test_translators_get_a_workbook_a_table_or_a_catalog(console: Console) -> None:
    client = console.signed_in("liaison")
    book = console.get(client, "/staff/languages/es/texts.xlsx?state=all")
    assert book.headers["Content-Disposition"] == 'attachment; filename="ally-es.xlsx"'
    assert load_workbook(io.BytesIO(book.data)).sheetnames == ["Texts", "Glossary"]
    assert "Translation (es)" in console.get(client, "/staff/languages/es/texts.csv").data.decode("utf-8-sig")
    assert '"Language: es' in console.get(client, "/staff/languages/es/texts.po").text
