"""A text is sent only in a state in which it may be, and a broken catalog says all that is wrong with it."""

from pathlib import Path

import pytest

from bot.words.catalogs import Catalogs, Text, load
from bot.words.po_read import CatalogError

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
STALE = '# ally: stale since 2026-11-20, was reviewed for: "Hi there"\n#, fuzzy\n'


def entry(context: str, msgid: str, msgstr: str, before: str = "") -> str:
    return f'\n{before}msgctxt "{context}"\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


def loaded(folder: Path, **catalogs: str) -> Catalogs:
    for locale, source in catalogs.items():
        path = folder / locale / "LC_MESSAGES" / "ally.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return load(folder)


def faults(folder: Path, **catalogs: str) -> list[str]:
    with pytest.raises(CatalogError) as broken:
        loaded(folder, **catalogs)
    return [str(fault).removeprefix(f"{folder}/") for fault in broken.value.faults]


def test_each_state_gives_the_text_that_may_be_sent(tmp_path: Path) -> None:
    texts = loaded(
        tmp_path,
        es=HEADER
        + entry("a/b/say", "Hello", "Hola")
        + entry("a/c/say", "Bye", "Adiós", "#, fuzzy\n")
        + entry("a/d/say", "Hi", "Qué tal", STALE)
        + entry("a/e/say", "Yes", ""),
    )
    assert texts.text("es", "a/b/say", "Hello") == Text("Hola", "es", "reviewed")
    assert texts.text("es", "a/c/say", "Bye") == Text("Adiós", "es", "unreviewed")
    assert texts.text("es", "a/d/say", "Hi") == Text("Hi", "en", "stale")
    assert texts.text("es", "a/e/say", "Yes") == Text("Yes", "en", "missing")
    assert texts.text("es", "a/new/say", "New") == Text("New", "en", "missing")
    assert texts.text("vi", "a/b/say", "Hello") == Text("Hello", "en", "missing")
    assert texts.text("en", "a/b/say", "Hello") == Text("Hello", "en", "reviewed")
    assert texts.text("en", "a/new/say", "New") == Text("New", "en", "reviewed")
    assert texts.coverage("es") == {"reviewed": 1, "unreviewed": 1, "stale": 1, "missing": 1}
    assert texts.coverage("en") == {"reviewed": 4, "unreviewed": 0, "stale": 0, "missing": 0}
    assert texts.locales() == ["en", "es"]


def test_english_edited_since_the_last_update_is_never_answered_with_the_old_translation(
    tmp_path: Path,
) -> None:
    texts = loaded(tmp_path, es=HEADER + entry("a/b/say", "Closed Monday", "Cerrado el lunes"))
    assert texts.text("es", "a/b/say", "Closed Tuesday") == Text("Closed Tuesday", "en", "stale")


def test_a_stale_text_that_a_person_has_mended_is_reviewed_though_the_comment_stayed(tmp_path: Path) -> None:
    mended = STALE.replace("#, fuzzy\n", "")
    texts = loaded(tmp_path, es=HEADER + entry("a/d/say", "Hi", "Hola", mended))
    assert texts.text("es", "a/d/say", "Hi") == Text("Hola", "es", "reviewed")


def test_a_count_takes_the_form_of_its_language(tmp_path: Path) -> None:
    russian = (
        HEADER
        + '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && '
        + '(n%100<12 || n%100>14) ? 1 : 2);\\n"\n'
        + '\nmsgctxt "a/b/say"\nmsgid "One day"\nmsgid_plural "{n} days"\n'
        + 'msgstr[0] "{n} день"\nmsgstr[1] "{n} дня"\nmsgstr[2] "{n} дней"\n'
    )
    texts = loaded(tmp_path, ru=russian)
    said = {n: texts.plural("ru", "a/b/say", "One day", "{n} days", n).body for n in (1, 3, 5, 21, 0)}
    assert said == {1: "{n} день", 3: "{n} дня", 5: "{n} дней", 21: "{n} день", 0: "{n} дней"}
    assert texts.plural("en", "a/b/say", "One day", "{n} days", 1).body == "One day"
    assert texts.plural("es", "a/b/say", "One day", "{n} days", 2) == Text("{n} days", "en", "missing")
    assert texts.plural("ru", "a/b/say", "One day", "{n} school days", 2) == Text(
        "{n} school days", "en", "stale"
    )
    assert texts.coverage("ru")["reviewed"] == 1


def test_no_catalogs_at_all_means_english(tmp_path: Path) -> None:
    assert load(tmp_path).locales() == ["en"]
    assert load(tmp_path).text("es", "a/b/say", "Hello") == Text("Hello", "en", "missing")


def test_every_fault_of_every_catalog_is_listed_with_its_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        es=HEADER + entry("a/b/say", "Hello {name}", "Hola {nombre}") + entry("a/c/say", "Bye", "Adi{s"),
        fr=HEADER + '\nmsgctxt "a/b/say"\nmsgid "Hello"\nmsgstr "Bonjour\n<<<<<<< HEAD\n',
        xx=HEADER,
    )
    assert [fault.replace("/LC_MESSAGES/ally.po", "") for fault in found] == [
        "es:6:1: a/b/say: lacks {name}. Put it where the value belongs, untranslated.",
        "es:6:1: a/b/say: has {nombre}, which the English has not. It may use {name}.",
        "es:10:1: a/c/say: has a { or } that is no placeholder. Write {name} without spaces.",
        'fr:5:1: this entry has no msgstr. Add `msgstr ""` for a text not yet translated.',
        *(f"fr:{line}:1: this line cannot be read. {QUOTES}" for line in (7, 8)),
        f"xx:1:1: `xx` is no language of the program. {FOLDERS}",
    ]


QUOTES = "A line is a # comment, or msgctxt, msgid, msgid_plural, msgstr or nothing before a quoted text."
FOLDERS = "The folder of a language is one of es, ar, zh_Hans, ht, vi, pt_BR, ru, so, ur, fil, fr, ko, uk."


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('msgid "Hello"\nmsgstr "Hola"\n', "no msgctxt"),
        (entry("a/b/say", "Hello", "Hola") * 2, "stands here twice, first on line 6"),
        ('# a note\n"loose"\n', "without msgid"),
        ('msgctxt "a/b/c"\nmsgstr "Hola"\n', "no msgid"),
        ('msgctxt "a/b/c"\nmsgid "Hi"\nmsgstr "Hola"\nmsgstr "Hey"\n', "stands twice"),
        ('msgctxt "a/b/c"\nmsgid "Hi"\nmsgid_plural "His"\nmsgstr "Hola"\n', "do not fit"),
        ("msgctxt 'a/b/c'\n", "cannot be read"),
    ],
)
def test_an_entry_that_is_not_whole_is_a_fault(tmp_path: Path, source: str, said: str) -> None:
    assert any(said in fault for fault in faults(tmp_path, es=HEADER + "\n" + source))


def test_a_file_that_is_not_utf_8_is_a_fault_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "ally.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(HEADER.encode() + entry("a/b/say", "Hello", "Adiós").encode("latin-1"))
    with pytest.raises(CatalogError, match=r"ally.po:7:1: this line is not UTF-8"):
        load(tmp_path)


PLURAL = (
    '\nmsgctxt "a/b/say"\nmsgid "One day"\nmsgid_plural "{n} days"\n'
    'msgstr[0] "{n} día"\nmsgstr[1] "{n} días"\n'
)


@pytest.mark.parametrize(
    ("header", "entries", "said"),
    [
        ("", PLURAL, "does not count as es does"),
        ("nplurals=3; plural=n%3;", PLURAL, "does not count as es does"),
        ("nplurals=2; plural=n>1;", PLURAL, "does not count as es does"),
        ("nplurals=2; plural=((;", PLURAL, "does not count as es does"),
        ("nplurals=2; plural=n!=1;", PLURAL + 'msgstr[2] "x"\n', "more translations than"),
        ("nplurals=2; plural=n!=1;", PLURAL.replace("{n} días", ""), "msgstr[1] (other) is empty"),
        ("nplurals=2; plural=n!=1;", PLURAL.replace("{n} días", "unos"), "msgstr[1] (other) lacks {n}"),
        ("nplurals=2; plural=n!=1;", PLURAL.replace("{n} día", "{m} día"), "has {m}"),
    ],
)
def test_wrong_plural_forms_are_faults(tmp_path: Path, header: str, entries: str, said: str) -> None:
    line = f'"Plural-Forms: {header}\\n"\n' if header else ""
    assert any(said in fault for fault in faults(tmp_path, es=HEADER + line + entries))


def test_a_form_for_one_number_may_spell_it_out(tmp_path: Path) -> None:
    line = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    loaded(tmp_path, es=HEADER + line + PLURAL.replace('{n} día"', 'Un día"'))


def test_a_form_that_stands_for_several_numbers_must_show_the_number(tmp_path: Path) -> None:
    line = '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    french = PLURAL.replace('{n} día"', 'Un jour"').replace("{n} días", "{n} jours")
    assert "msgstr[0] (one) lacks {n}" in faults(tmp_path, fr=HEADER + line + french)[0]
