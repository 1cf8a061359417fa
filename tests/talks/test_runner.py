"""The runner of talks finds every way in which a talk goes otherwise than it is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.stage import build_stage
from bot.talk.stage import Stage
from bot.talk.written import WrittenTalk, read_talk, write_talk
from tests.talks.rewrite import rewrite
from tests.talks.staging import ROOT, perform
from tests.talks.test_talks import differences, words_faults

HEAD = "talk: x\nfamily: en\nlanguage: en\nnow: 2026-10-13 10:00\ntexted before: yes\nturns:\n"
RIGHT = "  - they say: ok\n    we say: (no answer)\n    at: the end\n"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    built = build_stage(tmp_path_factory.mktemp("stage"), flows=ROOT / "flows", messages=ROOT / "messages")
    yield built
    built.talk.db.close()


def faults(stage: Stage, source: str, copy: Path) -> list[str]:
    talk = read_talk(source, "x.yaml")
    played = perform(stage, talk, copy)
    return [*words_faults(played, talk.language), *differences(talk.turns, played.talk.turns)]


def test_a_talk_that_goes_as_it_is_written_has_no_fault(stage: Stage, tmp_path: Path) -> None:
    assert faults(stage, HEAD + RIGHT, tmp_path / "x.db") == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("we say: (no answer)", "we say: Hello", "written:\n    | Hello\nbut we say:\n    | (no answer)"),
        ("they say: ok", "they say: thanks", "written:\n    | (no answer)\nbut we say:\n    | You are"),
        ("at: the end", "at: menu/start", "`at: menu/start` is written, it is `the end`"),
        ("    at: the end", "    at: the end\n    thread: open", "`thread: open` is written, it is `closed`"),
        ("they say: ok", "they send: picture", "`thread: closed` is written, it is `open`"),
        ("we say: (no answer)", "we say: [Hello, Hello]", "    | Hello"),
        ("language: en", "language: es", "we write in en, not in es"),
        ("family: en", "family: vi", "not translated: "),
    ],
)
def test_whatever_goes_otherwise_is_found(
    stage: Stage, tmp_path: Path, before: str, after: str, fault: str
) -> None:
    source = (HEAD + RIGHT).replace(before, after)
    if after == "family: vi":
        source = source.replace("they say: ok", "they say: menu").replace("language: en", "language: vi")
    assert any(fault in one for one in faults(stage, source, tmp_path / "x.db"))


def test_texts_that_are_too_many_or_too_few_are_found_both_ways() -> None:
    talk = read_talk(HEAD + RIGHT + RIGHT, "x.yaml")
    shorter = talk.turns[:1]
    assert differences(talk.turns, shorter) == ["exchange 2: 2 are written, 1 happened"]
    assert differences(shorter, talk.turns) == ["exchange 2: 1 are written, 2 happened"]
    said = talk.turns[0].model_copy(update={"we_say": ["One", "Two"]})
    more = talk.turns[0].model_copy(update={"we_say": ["One"]})
    assert len(differences([said], [more])) == 1
    assert len(differences([more], [said])) == 1


def test_state_goes_through_the_database_between_two_exchanges(stage: Stage, tmp_path: Path) -> None:
    """Each exchange reads the conversation anew: nothing of it lives in the runner."""
    source = HEAD + RIGHT.replace("ok", "menu") + RIGHT.replace("ok", "1")
    copy = tmp_path / "x.db"
    perform(stage, read_talk(source, "x.yaml"), copy)
    assert copy.stat().st_size > 0


def test_rewriting_writes_what_we_say_today_and_shows_it(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "menu").mkdir()
    path = tmp_path / "menu" / "x.yaml"
    path.write_text(HEAD + RIGHT.replace("ok", "thanks"))
    shown = rewrite(stage, path, tmp_path / "x.db")
    assert "-    we say: (no answer)" in shown
    assert "+    we say: |" in shown
    assert rewrite(stage, path, tmp_path / "y.db") == ""
    rewritten: WrittenTalk = read_talk(path.read_text(), "x.yaml")
    assert write_talk(rewritten) == path.read_text()
