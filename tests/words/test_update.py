"""An edited or renamed step never loses a translation, and never lends one to another text."""

import shutil
import subprocess
from datetime import date

import polib
import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from bot.words.marks import msgid_of, state_of, strings_of
from bot.words.po_read import entries, read_catalog
from bot.words.po_write import new_catalog, po_bytes, template_bytes
from bot.words.update import UpdateReport, update
from tests.fixtures.missing import missing

TODAY = date(2026, 11, 24)
LATER = date(2026, 12, 1)
English = str | tuple[str, str]


def made(texts: dict[str, English]) -> Catalog:
    catalog = Catalog()
    for context, english in texts.items():
        catalog.add(english, context=context, locations=[("flows/x.yaml", 3)])
    return catalog


def spanish(*known: tuple[str, English, str, bool]) -> Catalog:
    catalog = new_catalog("es")
    for context, english, text, reviewed in known:
        strings = text if isinstance(english, str) else (text, f"{text}s")
        catalog.add(english, strings, context=context, flags=() if reviewed else {"fuzzy"})
    return catalog


def stored(catalog: Catalog) -> Catalog:
    """Written out and read back, as every catalog is between two updates."""
    return read_catalog(po_bytes(catalog), "es", "es.po")


def updated(texts: dict[str, English], existing: Catalog, day: date = TODAY) -> UpdateReport:
    report = update(made(texts), stored(existing), "es", day)
    report.catalog = stored(report.catalog)
    return report


def states(catalog: Catalog) -> dict[str, tuple[str, str]]:
    return {str(one.context): (strings_of(one)[0], state_of(one)) for one in entries(catalog)}


def test_a_new_text_is_missing_and_takes_nothing_from_one_that_looks_like_it() -> None:
    existing = spanish(("f/a/say", "No school on Monday", "No hay clases el lunes", True))
    report = updated({"f/a/say": "No school on Monday", "f/b/say": "No school on Sunday"}, existing)
    assert states(report.catalog) == {
        "f/a/say": ("No hay clases el lunes", "reviewed"),
        "f/b/say": ("", "missing"),
    }
    assert (report.kept, report.added) == (["f/a/say"], ["f/b/say"])


@pytest.mark.parametrize("reviewed", [True, False])
def test_edited_english_keeps_the_translation_but_marks_it_stale(*, reviewed: bool) -> None:
    existing = spanish(("f/a/say", "Closed Monday", "Cerrado el lunes", reviewed))
    report = updated({"f/a/say": "Closed Tuesday"}, existing)
    assert states(report.catalog) == {"f/a/say": ("Cerrado el lunes", "stale")}
    comments = entries(report.catalog)[0].user_comments
    was = "reviewed" if reviewed else "unreviewed"
    assert comments == [f'ally: stale since 2026-11-24, was {was} for: "Closed Monday"']


@pytest.mark.parametrize("reviewed", [True, False])
def test_english_that_returns_ends_the_stale_state_as_it_was_before(*, reviewed: bool) -> None:
    existing = spanish(("f/a/say", "Closed Monday", "Cerrado el lunes", reviewed))
    once = updated({"f/a/say": "Closed Tuesday"}, existing).catalog
    twice = updated({"f/a/say": "Closed Friday"}, once, LATER).catalog
    assert "2026-11-24" in entries(twice)[0].user_comments[0]
    back = updated({"f/a/say": "Closed Monday"}, twice, LATER).catalog
    assert states(back) == {"f/a/say": ("Cerrado el lunes", "reviewed" if reviewed else "unreviewed")}
    assert entries(back)[0].user_comments == []


def test_a_renamed_step_keeps_its_translation_and_its_review() -> None:
    existing = spanish(("f/a/say", "Hello", "Hola", True), ("f/b/say", "Bye", "Adiós", False))
    report = updated({"f/begin/say": "Hello", "f/end/say": "Bye"}, existing)
    assert states(report.catalog) == {
        "f/begin/say": ("Hola", "reviewed"),
        "f/end/say": ("Adiós", "unreviewed"),
    }
    assert report.moved == ["f/begin/say", "f/end/say"]
    assert not report.put_aside


def test_two_steps_that_change_places_keep_their_own_translations() -> None:
    existing = spanish(("f/a/say", "Hello", "Hola", True), ("f/b/say", "Bye", "Adiós", True))
    report = updated({"f/a/say": "Bye", "f/b/say": "Hello"}, existing)
    assert states(report.catalog) == {"f/a/say": ("Adiós", "reviewed"), "f/b/say": ("Hola", "reviewed")}


def test_the_same_english_in_two_living_steps_stays_two_texts() -> None:
    existing = spanish(("f/a/choices.yes", "Yes", "Sí", True))
    report = updated({"f/a/choices.yes": "Yes", "g/b/choices.yes": "Yes"}, existing)
    assert states(report.catalog)["g/b/choices.yes"] == ("", "missing")


@pytest.mark.parametrize("reviewed", [True, False])
def test_a_text_that_goes_is_put_aside_and_comes_back_as_it_was(*, reviewed: bool) -> None:
    existing = spanish(("f/a/say", "Hello", "Hola", reviewed), ("f/b/say", "Bye", "", True))
    gone = updated({"f/c/say": "New"}, existing)
    assert gone.put_aside == ["f/a/say"]
    assert b'#~ msgstr "Hola"' in po_bytes(gone.catalog)
    still_gone = updated({"f/c/say": "New"}, gone.catalog)
    back = updated({"f/a/say": "Hello"}, still_gone.catalog)
    assert states(back.catalog) == {"f/a/say": ("Hola", "reviewed" if reviewed else "unreviewed")}
    assert back.revived == ["f/a/say"]
    assert not back.catalog.obsolete


def test_a_person_who_mends_a_stale_text_ends_it_and_the_mark_is_cleared() -> None:
    stale = updated({"f/a/say": "New"}, spanish(("f/a/say", "Old", "Viejo", True))).catalog
    entry = entries(stale)[0]
    entry.string, entry.flags = "Nuevo", set()
    report = updated({"f/a/say": "New"}, stale)
    assert states(report.catalog) == {"f/a/say": ("Nuevo", "reviewed")}
    assert entries(report.catalog)[0].user_comments == []


def test_what_translators_wrote_beside_a_text_stays() -> None:
    existing = spanish(("f/a/say", "Hello", "Hola", True))
    entries(existing)[0].user_comments = ["reviewed-by: Ana Solis, 2026-11-02"]
    entries(existing)[0].flags.add("max-length:20")
    entry = entries(updated({"f/a/say": "Hello"}, existing).catalog)[0]
    assert entry.user_comments == ["reviewed-by: Ana Solis, 2026-11-02"]
    assert "max-length:20" in entry.flags


def test_a_text_that_becomes_a_count_keeps_its_translation_for_the_translator() -> None:
    existing = spanish(("f/a/say", "Days", "Días", True))
    report = updated({"f/a/say": ("One day", "{n} days")}, existing)
    assert strings_of(entries(report.catalog)[0]) == ("Días", "Días")
    assert state_of(entries(report.catalog)[0]) == "stale"
    back = updated({"f/a/say": "Days"}, report.catalog)
    assert states(back.catalog) == {"f/a/say": ("Días", "reviewed")}


def test_a_percent_sign_is_not_taken_for_a_program() -> None:
    report = update(made({"f/a/say": "We are 100% sure {name}"}), spanish(), "es", TODAY)
    assert b"#, python-brace-format\n" in po_bytes(report.catalog)


CONTEXTS = st.sampled_from(["f/a/say", "f/b/say", "f/c/ask", "g/a/say"])
ENGLISH = st.sampled_from(["Hello", "Bye", 'Say "hi"\nand \\ go', ("One", "{n} many"), "x" * 200])
TEMPLATES = st.dictionaries(CONTEXTS, ENGLISH, max_size=4)


@given(history=st.lists(TEMPLATES, min_size=1, max_size=5), reviewed=st.booleans())
def test_after_any_edits_no_translation_stands_unmarked_under_english_it_was_not_made_for(
    history: list[dict[str, English]], *, reviewed: bool
) -> None:
    catalog = new_catalog("es")
    for template in history:
        catalog = updated(template, catalog).catalog
        assert {str(one.context): msgid_of(one) for one in entries(catalog)} == template
        assert po_bytes(updated(template, catalog, LATER).catalog) == po_bytes(catalog)
        for entry in entries(catalog):
            if state_of(entry) == "missing":
                mark = f"es:{entry.id!r}".replace("{n}", "").replace("}", "").replace("{", "")
                entry.string = mark if isinstance(entry.id, str) else (f"{mark}{{n}}", f"{mark}{{n}}")
                entry.flags |= set() if reviewed else {"fuzzy"}
            elif state_of(entry) != "stale":
                mark = f"es:{entry.id!r}".replace("{n}", "").replace("}", "").replace("{", "")
                assert strings_of(entry)[0].replace("{n}", "") == mark
                assert state_of(entry) == ("reviewed" if reviewed else "unreviewed")


@pytest.mark.parametrize("locale", ["es", "ar", "zh_Hans", "ht", "ru"])
def test_a_new_language_is_plain_po_that_other_tools_read(locale: str) -> None:
    report = update(made({"f/a/say": "Hello", "f/b/say": ("One", "{n}")}), new_catalog(locale), locale, TODAY)
    content = po_bytes(report.catalog)
    assert b"POT-Creation-Date" not in content
    assert b"Generated-By" not in content
    theirs = polib.pofile(content.decode())
    assert [entry.msgctxt for entry in theirs] == ["f/a/say", "f/b/say"]
    assert po_bytes(read_catalog(content, locale, "x.po")).count(b"msgstr") == content.count(b"msgstr")


def test_the_template_has_no_date_and_no_line_numbers() -> None:
    content = template_bytes(made({"f/a/say": "Hello"}))
    assert b"POT-Creation-Date" not in content
    assert b"#: flows/x.yaml\n" in content


def test_the_stale_mark_survives_gettext_itself() -> None:
    """GNU msgcat reads and writes a catalog as gettext's other tools do; Poedit and Weblate keep as much."""
    if shutil.which("msgcat") is None:
        missing("GNU gettext", "apt-get install gettext, or brew install gettext")
    stale = updated({"f/a/say": "New"}, spanish(("f/a/say", "Old", "Viejo", True))).catalog
    written = subprocess.run(
        ["msgcat", "--no-wrap", "-"], input=po_bytes(stale), stdout=subprocess.PIPE, check=True
    ).stdout
    assert states(read_catalog(written, "es", "es.po")) == {"f/a/say": ("Viejo", "stale")}
