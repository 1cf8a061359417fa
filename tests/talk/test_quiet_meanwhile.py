"""While a person has the conversation the bot is quiet, whatever comes in whatever order."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from sqlmodel import select

from bot.settings import Settings
from bot.store.inbound import Inbound
from bot.store.outbox import OutboxRow
from bot.store.thread_marks import ThreadMark
from bot.store.thread_texts import ThreadReply
from bot.store.threads import Thread
from bot.talk import thread_desk
from bot.talk.library import FileLibrary
from bot.talk.replying import By, Seen, Written, answer, working
from bot.talk.wake import wake_all
from bot.wiring import build
from tests.faults.scale import read_scale
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ENGLISH, Installation

ORTIZ: Final = "+15125550191"
SCALE: Final = read_scale()
LIVES: Final = SCALE.of(12, 1_000)
"""Interleavings; the long form plays a thousand"""
LONG: Final = 14
ASKED_FOR: Final = frozenset({"opt_out_confirmation", "opt_in_confirmation", "help"})
FAMILY: Final = (
    "talk to a person", "person", "Is there school tomorrow?", "thank you", "0", "3", "5", "menu",
    "my son is sick",
    "Liked \u201cI am back\u201d", "STOP", "HELP", "START", "please no more texts", "hola",
    "my child is in danger, he has a knife", "he hits me", "yes", "ok", "qwerty asdf",
)  # fmt: skip
LIAISON: Final = (
    "#{m} Good morning, this is Rosa", "#{m} close", "{m} later", "#next", "#{m} open", "Good morning to you",
    "close", "#Z9 hello there", "#{m} Hola, buenos dias se\u00f1ora", "stop it #{m}",
)  # fmt: skip


@dataclass
class Life:
    """One family, one liaison, and everything that can happen to them."""

    house: Installation
    chance: random.Random
    happened: Counter[str] = field(default_factory=Counter)
    wrote: int = 0

    def play(self) -> None:
        """As many events as a life is long, each judged."""
        for _ in range(LONG):
            name = self.chance.choice(
                (
                    "family",
                    "family",
                    "family",
                    "liaison",
                    "liaison",
                    "page",
                    "close",
                    "reopen",
                    "time",
                    "carried",
                )
            )
            self.happened[name] += 1
            self.one(getattr(self, name), name)
        self.holds()

    def one(self, event: Callable[[], None], name: str) -> None:
        """Let it happen, and hold what must always be true."""
        was_open, before = self.open() is not None, self.rows()
        event()
        new = self.rows()[len(before) :]
        if name == "family" and was_open:
            assert all(one.kind in ASKED_FOR or one.kind == "danger" for one in new), [
                one.kind for one in new
            ]
            assert len(new) <= 1
        if name in ("liaison", "page") and was_open:
            assert len(new) <= 1
        if name == "family" and not was_open and self.open() is None and self.last_heard() != "while_stopped":
            assert len(new) <= 1

    def holds(self) -> None:
        """Of the whole life so far."""
        with self.house.bot.db.read() as session:
            replies = list(session.exec(select(ThreadReply)))
            threads = list(session.exec(select(Thread)))
            rows = {row.id: row for row in session.exec(select(OutboxRow))}
        assert sum(one.state == "open" for one in threads) <= 1
        assert len({one.reply_key for one in replies}) == len(replies)
        mine = self.house.contact().id
        assert all(rows[one.outbox_id].contact_id == mine for one in replies if one.outbox_id is not None)
        assert all(one.outbox_id is None for one in replies if one.state == "held")
        persons = [row for row in rows.values() if row.kind == "person"]
        assert len(persons) == sum(one.state == "sent" for one in replies), "each answer is one text"

    # --- what can happen ---

    def family(self) -> None:
        """The family texts."""
        self.house.text(self.chance.choice(FAMILY))
        self.house.clock.move(seconds=7)

    def liaison(self) -> None:
        """The liaison texts from her phone."""
        words = self.chance.choice(LIAISON)
        with self.house.bot.db.read() as session:
            marks = [one.mark for one in session.exec(select(ThreadMark))]
        self.house.text(words.format(m=self.chance.choice(marks) if marks else "K7"), ORTIZ)
        self.house.clock.move(seconds=7)

    def page(self) -> None:
        """Somebody answers on the pages of staff, with or without having seen all."""
        thread = self.open()
        if thread is not None:
            self.wrote += 1
            seen = self.chance.choice([Seen.of(thread), Seen()])
            with working(self.house.bot.talk, By(None)) as at:
                answer(at, thread.id or 0, Written(f"Answer {self.wrote}", f"k{self.wrote}", seen))

    def close(self) -> None:
        """Somebody closes it there."""
        thread = self.open()
        if thread is not None:
            before = len(self.rows())
            with working(self.house.bot.talk, By(None)) as at:
                assert thread_desk.close(at, thread.id or 0)
            told = 0 if self.house.contact().consent == "stopped" else 1
            assert len(self.rows()) == before + told, "the bot says once that it is back"

    def reopen(self) -> None:
        """Somebody opens the last one again; the family hears nothing of it."""
        with self.house.bot.db.read() as session:
            last = session.exec(select(Thread).order_by(Thread.id.desc())).first()  # type: ignore[union-attr]
        if last is not None:
            before = len(self.rows())
            with working(self.house.bot.talk, By(None)) as at:
                thread_desk.reopen(at, last.id or 0)
            assert len(self.rows()) == before

    def time(self) -> None:
        """Time passes, and whatever it brings about happens."""
        before = len(self.rows())
        self.house.clock.move(hours=self.chance.choice([0.1, 2, 5, 30, 80]))
        wake_all(self.house.bot.talk)
        new = self.rows()[before:]
        assert len(new) <= 1
        assert all(one.kind in ("timer", "danger") for one in new)

    def carried(self) -> None:
        """The carrier takes what waits."""
        with self.house.bot.db.write() as session:
            for row in session.exec(select(OutboxRow).where(OutboxRow.state == "pending")):
                row.state, row.submitted_at = "accepted", self.house.clock.now
                session.add(row)
        self.house.clock.move(minutes=1)

    # --- what is there ---

    def open(self) -> Thread | None:
        """The family's open thread."""
        return self.house.thread()

    def rows(self) -> list[OutboxRow]:
        """All texts to the family, in order."""
        mine = select(OutboxRow).where(OutboxRow.contact_id == self.house.contact().id)
        with self.house.bot.db.read() as session:
            return list(session.exec(mine.order_by(OutboxRow.id)))  # type: ignore[arg-type]

    def last_heard(self) -> str:
        """What the last text was taken for."""
        with self.house.bot.db.read() as session:
            last = session.exec(select(Inbound).order_by(Inbound.id.desc())).first()  # type: ignore[union-attr]
        return last.heard_as if last is not None else ""


@pytest.fixture
def lives(
    sqlite_district: Path, tmp_path: Path, make_settings: Callable[..., Settings], library: FileLibrary
) -> Callable[[int], Life]:
    """Makes a life: an installation on a copy of the demo district, in the place of the life before."""
    path = tmp_path / "life.db"

    def make(seed: int) -> Life:
        for old in tmp_path.glob("life.db*"):
            old.unlink()
        shutil.copyfile(sqlite_district, path)
        clock = SettableClock()
        settings = make_settings(
            DATABASE_URL=f"sqlite:///{path}", ALLY_NUMBER="+15125550100", ALLY_STOP_BY="us",
            TWILIO_BASE_URL="http://127.0.0.1:9",
        )  # fmt: skip
        return Life(Installation(build(settings, clock=clock, library=library), clock), random.Random(seed))

    return make


def test_a_thousand_interleavings_and_the_bot_never_speaks_between(lives: Callable[[int], Life]) -> None:
    happened: Counter[str] = Counter()
    first = SCALE.seed
    for seed in range(first, first + LIVES):
        life = lives(seed)
        try:
            life.house.text("talk to a person", ENGLISH)
            life.play()
        except AssertionError as broken:
            raise AssertionError(f"the life of seed {seed}: {broken}") from broken
        finally:
            life.house.bot.close()
        happened += life.happened
    assert sum(happened.values()) == LIVES * LONG
