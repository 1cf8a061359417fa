"""What one text is taken for: language, command, small talk; in the person's language first, then in any."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hear.heard import Heard, read_heard
from bot.hear.language import which
from bot.hear.private import volunteers_status
from bot.hear.understand import Hearing
from bot.words.yaml_tree import FilesBroken
from tests.hear.test_topics import held_out


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_sentence_is_never_taken_for_another_language(heard: Heard, locale: str) -> None:
    found = {one.said: which(one.said, heard) for one in held_out(heard, locale)}
    wrong = {said: other for said, other in found.items() if other not in (locale, None)}
    assert not wrong
    assert list(found.values()).count(locale) >= 0.85 * len(found)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("متى لا توجد دراسة", "ar"),
        ("什么时候不上课", "zh_Hans"),
        ("Hola buenos días", "es"),
        ("¿Cuándo no hay clases?", "es"),
        ("When is there no school?", "en"),
        ("no", None),
        ("ok", None),
        ("1", None),
        ("", None),
        ("👍", None),
        ("Привет, когда каникулы", None),
        ("안녕하세요", None),
        ("school escuela", None),
    ],
)
def test_a_language_is_told_only_where_it_is_sure(heard: Heard, text: str, locale: str | None) -> None:
    assert which(text, heard) == locale


@pytest.mark.parametrize(
    ("text", "locale", "command"),
    [
        ("MENU", "en", "menu"),
        ("Menú", "es", "menu"),
        ("menú!", "en", "menu"),
        ("0", "es", "menu"),
        ("٠", "ar", "menu"),
        ("idioma", None, "language"),
        ("hablar con una persona", "en", "person"),
        ("Person.", "es", "person"),
        ("the menu of the school", "en", None),
        ("I am a person", "en", None),
        ("menu menu", "en", None),
    ],
)
def test_a_command_is_an_exact_whole_message_in_any_language(
    hearing: Hearing, text: str, locale: str | None, command: str | None
) -> None:
    assert hearing.understand(text, locale).command == command


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thanks!!", "thanks"),
        ("muchas gracias", "thanks"),
        ("Ok.", "ok"),
        ("¡Hola!", "hello"),
        ("Good morning", "hello"),
        ("👍", "reaction"),
        ("👍🏽", "reaction"),
        ("thanks but when is there no school", None),
        ("hello is there school tomorrow", None),
    ],
)
def test_small_talk_is_a_whole_message_too(hearing: Hearing, text: str, kind: str | None) -> None:
    assert hearing.understand(text, "en").small_talk == kind


def test_a_topic_in_another_language_than_the_persons_is_heard_too(hearing: Hearing) -> None:
    understood = hearing.understand("¿Cuándo no hay clases?", "en")
    assert (understood.language, understood.topic) == ("es", "no_school")


def test_a_short_text_is_not_telling_and_a_topic_is(hearing: Hearing) -> None:
    assert not hearing.understand("hola", None).is_telling
    assert hearing.understand("vacaciones", "es").is_telling
    assert hearing.understand("mi hijo tiene preguntas", None).is_telling


@given(st.text(max_size=60), st.sampled_from([None, "en", "es", "xx"]))
def test_anything_is_heard_without_a_fault_and_always_the_same(
    hearing: Hearing, text: str, locale: str | None
) -> None:
    once = hearing.understand(text, locale)
    assert hearing.understand(text, locale) == once
    assert len(once.near) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "We are undocumented",
        "my SSN is 123-45-6789",
        "A 123 456 789 no, A123456789",
        "somos indocumentados",
        "no tenemos papeles",
        "mi esposo fue deportado",
        "pedimos asilo",
        "my visa expired",
    ],
)
def test_a_status_that_is_volunteered_is_noticed(text: str) -> None:
    assert volunteers_status(text)


@pytest.mark.parametrize(
    "text",
    ["When is there no school?", "call 512-555-0123", "grade A 12", "mi hijo está enfermo", "11/26/2026"],
)
def test_what_volunteers_nothing_is_kept(text: str) -> None:
    assert not volunteers_status(text)


def broken(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    with pytest.raises(FilesBroken) as raised:
        read_heard(folder)
    return str(raised.value)


def test_a_file_of_sentences_says_where_it_is_wrong(tmp_path: Path) -> None:
    assert "the file is for `en`" in broken(tmp_path, "es.yaml", b"heard: en\n")
    assert "not UTF-8" in broken(tmp_path, "es.yaml", b"heard: \xff\n")
    said = broken(tmp_path, "es.yaml", b"heard: es\ntopic: {a: [b]}\n")
    assert "es.yaml:2:1" in said
    assert "topics" in said


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("heard: xx\n")
    assert broken(tmp_path, "es.yaml", b"hear: es\n").count(".yaml:") >= 2
