"""docs/talks is what the program says: held for two talks in two languages; `make talks` writes the rest."""

from pathlib import Path

import pytest

from bot.cli.stage import build_stage
from tests.talks.other_language import ORIGINALS
from tests.talks.staging import ROOT
from tools.transcripts import DOCS, LOCALES, page, said, transcripts

HELD = ("talk_to_person/nobody_answers", "school_dates/tomorrow")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_flow_has_its_words_in_every_language(locale: str) -> None:
    assert list(said(locale)) == list(ORIGINALS)


def test_the_pages_say_what_the_program_says(tmp_path: Path) -> None:
    """When it is right as it is now: make talks."""
    stage = build_stage(tmp_path, flows=ROOT / "flows", messages=ROOT / "messages")
    try:
        for locale in ("en", "ar"):
            written = (DOCS / f"{locale}.md").read_text("utf-8")
            for one in transcripts(stage, locale, tmp_path, HELD):
                assert one.astray == ()
                talk = page(locale, [one]).partition(f"\n## {one.flow}\n")[2].rstrip("\n")
                assert talk
                assert talk in written
    finally:
        stage.talk.db.close()
