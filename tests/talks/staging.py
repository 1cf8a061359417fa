"""Puts written talks on the stage: plays them, and notes untranslated texts and steps that were reached."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.flow import model
from bot.flow.book import Book, Texts, Worded
from bot.flow.run import Run
from bot.flow.steps import KINDS
from bot.hear.understand import Hearing
from bot.school.rights import NATION, RightsLibrary
from bot.talk.acting import play
from bot.talk.library import FileLibrary, Folders
from bot.talk.rehearsal import Rehearsal
from bot.talk.stage import Stage
from bot.talk.subject import FACTS
from bot.talk.written import WrittenTalk, read_talk
from bot.words.glossary import Glossary

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


def files() -> list[Path]:
    """Every talk, in the order of flows and cases."""
    return sorted(FOLDER.glob("*/*.yaml"))


def name_of(path: Path) -> str:
    """flow/case, as the files stand."""
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> WrittenTalk:
    """One talk. Raises FilesBroken with file, line and column."""
    return read_talk(path.read_text(encoding="utf-8"), f"tests/talks/{path.parent.name}/{path.name}")


@dataclass
class Noting:
    """The catalogs, and which of their texts were not there when they were wanted."""

    texts: Texts
    lacking: set[str] = field(default_factory=set)

    def text(self, locale: str, context: str, msgid: str) -> Worded:
        return self._noted(self.texts.text(locale, context, msgid), locale, context)

    def plural(self, locale: str, context: str, one: str, other: str, n: int) -> Worded:
        return self._noted(self.texts.plural(locale, context, one, other, n), locale, context)

    def _noted(self, found: Worded, locale: str, context: str) -> Worded:
        if found.state in ("missing", "stale"):
            self.lacking.add(f"{locale}: {context} is {found.state}")
        return found


@dataclass(frozen=True)
class NotingLibrary:
    """The library of a stage with noting catalogs."""

    book: Book
    hearing: Hearing
    glossary: Glossary
    rights: RightsLibrary


@dataclass(frozen=True)
class Played:
    """A talk as it went, and what was wrong with its words."""

    talk: WrittenTalk
    lacking: list[str]
    """Texts that are not translated: the person was told them in English"""
    language: str
    """What the person was written to in after the first exchange"""


def perform(stage: Stage, talk: WrittenTalk, copy: Path) -> Played:
    """Play one talk on a copy of the stage's database."""
    moment = talk.now.replace(tzinfo=stage.zone)
    rehearsal = stage.rehearse(talk.family, moment, copy, channel=talk.channel, fails=talk.fails)
    if talk.state != NATION:
        where = Folders(ROOT / "flows", ROOT / "messages", FACTS, talk.state)
        rehearsal.talk = replace(rehearsal.talk, library=FileLibrary(where), jurisdiction=talk.state)
    of = rehearsal.talk.library
    book = of.book
    noting = Noting(book.texts)
    library = NotingLibrary(replace(book, texts=noting), of.hearing, of.glossary, of.rights)
    rehearsal.talk = replace(rehearsal.talk, library=library)
    try:
        first = play(rehearsal, talk.model_copy(update={"turns": talk.turns[:1]}))
        language = _language(rehearsal)
        rest = talk.model_copy(update={"turns": talk.turns[1:], "texted_before": "no"})
        went = [*first.turns, *play(rehearsal, rest).turns]
    finally:
        rehearsal.talk.db.close()
    return Played(talk.model_copy(update={"turns": went}), sorted(noting.lacking), language)


def _language(rehearsal: Rehearsal) -> str:
    contact = rehearsal.contact()
    return (contact.language if contact else None) or "en"


@contextmanager
def steps_entered() -> Iterator[set[str]]:
    """Collects flow/step of every step that any conversation comes to meanwhile."""
    entered: set[str] = set()
    kinds = dict(KINDS)

    def watched(kind: Callable[[Run, model.Step], str | None]) -> Callable[[Run, model.Step], str | None]:
        def enter(run: Run, step: model.Step) -> str | None:
            entered.add(f"{run.stack[-1].flow}/{run.stack[-1].step}")
            return kind(run, step)

        return enter

    KINDS.update({name: watched(kind) for name, kind in kinds.items()})
    try:
        yield entered
    finally:
        KINDS.update(kinds)
