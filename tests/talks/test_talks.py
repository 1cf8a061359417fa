"""Every talk goes as it is written, and together they come to every step of every flow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import pytest

from bot.cli.stage import build_stage
from bot.talk.stage import Stage
from bot.talk.written import Exchange
from tests.talks.staging import ROOT, Played, files, name_of, perform, read, steps_entered

WHOLE = ("en",)
"""The languages in which every flow is proved; a language is added when its talks are written"""


@dataclass
class Performances:
    """Every talk that was played in this process, once, and the steps that it came to."""

    stage: Stage
    folder: Path
    _done: dict[Path, tuple[Played, set[str]]] = field(default_factory=dict)

    def of(self, path: Path) -> tuple[Played, set[str]]:
        """Play a talk, or remember how it went."""
        if path not in self._done:
            with steps_entered() as entered:
                played = perform(self.stage, read(path), self.folder / f"{len(self._done)}.db")
            self._done[path] = played, entered
        return self._done[path]


@pytest.fixture(scope="module")
def performances(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Performances:
    """Talks as they really go."""
    return Performances(stage, tmp_path_factory.mktemp("talks"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demo district, loaded once; every talk gets a copy of its database."""
    built = build_stage(tmp_path_factory.mktemp("stage"), flows=ROOT / "flows", messages=ROOT / "messages")
    yield built
    built.talk.db.close()


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_it_goes_as_it_is_written(path: Path, performances: Performances) -> None:
    """What we say, where we stand, whether a person has it; all of it, and nothing beside it."""
    written = read(path)
    played, _ = performances.of(path)
    faults = [
        *words_faults(played, written.language),
        *differences(written.turns, played.talk.turns),
    ]
    assert not faults, "\n".join(["", *faults, f"When it is right as it is now: {_rewrite(path)}"])


def test_talks_come_to_every_step_of_every_shipped_flow(
    performances: Performances, tell_at_the_end: Callable[[str], None]
) -> None:
    """A step that no talk comes to is proved by nobody: write a talk for it."""
    entered: set[str] = set()
    for path in files():
        entered |= performances.of(path)[1]
    flows = performances.stage.talk.library.book.flows
    every = {f"{flow.name}/{step}" for flow in flows.values() for step in flow.steps}
    tell_at_the_end(f"talks: {len(every & entered)} of {len(every)} steps reached by {len(files())} talks")
    left = sorted(every - entered)
    assert not left, "\n".join(["no talk comes to these steps; write one for each:", *left])


def test_a_talk_stands_in_the_folder_of_a_flow(stage: Stage) -> None:
    folders = {path.parent.name for path in files()}
    assert folders <= {*stage.talk.library.book.flows, "always"}


@pytest.mark.parametrize("language", WHOLE)
def test_every_flow_has_a_talk_in_the_language(language: str, stage: Stage) -> None:
    """Write one: `python -m tests.talks.other_language` says how."""
    proved = {path.parent.name for path in files() if read(path).language == language}
    left = sorted(stage.talk.library.book.flows.keys() - proved)
    assert not left, f"no talk in {language} for: {', '.join(left)}"


def words_faults(played: Played, language: str) -> list[str]:
    """A talk in a language whose texts are not there is told in English: that proves nothing."""
    wrong = [] if played.language == language else [f"we write in {played.language}, not in {language}"]
    return wrong + [f"not translated: {text}" for text in played.lacking]


def differences(written: list[Exchange], went: list[Exchange]) -> list[str]:
    """Every way in which a talk went otherwise than it is written."""
    found = []
    for number, (wanted, happened) in enumerate(zip_longest(written, went), 1):
        if wanted is None or happened is None:
            found.append(f"exchange {number}: {len(written)} are written, {len(went)} happened")
            continue
        said = zip_longest(wanted.we_say, happened.we_say, fillvalue="(no answer)")
        found += [
            f"exchange {number}: written:\n{_quoted(ours)}\nbut we say:\n{_quoted(theirs)}"
            for ours, theirs in said
            if ours != theirs
        ]
        pairs = (("at", wanted.at, happened.at), ("thread", wanted.thread, happened.thread))
        found += [
            f"exchange {number}: `{name}: {ours}` is written, it is `{theirs}`"
            for name, ours, theirs in pairs
            if ours != theirs
        ]
    return found


def _quoted(text: str) -> str:
    return "\n".join(f"    | {line}" for line in text.split("\n"))


def _rewrite(path: Path) -> str:
    return f"python -m tests.talks.rewrite {path.relative_to(ROOT)}"
