"""A broadcast in any order of pause, resume, cancel and death: nobody is written to twice, nobody skipped."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.broadcast import fan_out, sending
from bot.broadcast.drafts import Written
from bot.broadcast.sending import Order
from bot.outbox.drain import drain
from bot.outbox.reconcile import reconcile
from bot.store import broadcasts, claims
from bot.store.database import Database
from bot.store.vault import Vault
from bot.talk.library import FileLibrary
from tests.broadcast.conftest import Campus
from tests.faults.scale import read_scale
from tests.fixtures.household import SettableClock
from tests.outbox.rows import rows_of

PEOPLE = 11
SCALE = read_scale()
STEPS = st.lists(
    st.one_of(
        st.just(("fill", 0)),
        st.just(("drain", 0)),
        st.just(("pause", 0)),
        st.just(("resume", 0)),
        st.tuples(st.just("fill, killed"), st.integers(1, 4)),
        st.tuples(st.just("drain, killed"), st.integers(1, 9)),
        st.just(("cancel", 0)),
    ),
    max_size=12,
)


class Killed(BaseException):
    """This process is no more."""


class Mortal:
    """A database whose process dies at its n-th write: odd ones before the commit, even ones after."""

    def __init__(self, db: Database, writes: int) -> None:
        self.db, self.left, self.loses_last = db, writes, writes % 2 == 1
        self.read = db.read

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self.left <= 0:
            raise Killed
        self.left -= 1
        with self.db.write() as session:
            yield session
            if self.left == 0 and self.loses_last:
                raise Killed
        if self.left == 0:
            raise Killed


class Run:
    """One broadcast through one order of steps."""

    def __init__(self, campus: Campus, number: int, canary: int | None) -> None:
        self.campus, self.words = campus, f"text {number}"
        self.is_cancelled = False
        told = {"texts": {"en": Written(self.words)}, "emergency": "the boiler burst"}
        draft = campus.draft(campus.principal, **told)
        self.id = campus.send(draft, Order(canary=canary), campus.principal).broadcast_id

    def step(self, name: str, dies_at: int) -> None:
        campus, parts = self.campus, self.campus.parts
        if name.startswith("fill"):
            self.living(lambda db: fan_out.fill_page(replace(parts, db=db), self.id), dies_at)
        elif name.startswith("drain"):
            self.living(lambda db: drain(replace(campus.outbox, db=db), "broadcasts"), dies_at)
            campus.clock.move(minutes=2)
        else:
            with campus.db.write() as session:
                done = getattr(sending, name)(session, parts, campus.principal, self.id)
            self.is_cancelled |= name == "cancel" and done

    def living(self, work: Callable[[Any], object], dies_at: int) -> None:
        """Do it, or die at that write."""
        db = self.campus.db
        if not dies_at:
            work(db)
            return
        try:
            work(cast(Database, Mortal(db, dies_at)))
        except Killed:
            return

    def finish(self) -> None:
        """Whoever is left looks after it until nothing moves."""
        campus = self.campus
        for _ in range(6):
            with campus.db.write() as session:
                sending.resume(session, campus.parts, campus.principal, self.id)
            fan_out.fill_due(campus.parts)
            campus.clock.move(minutes=2)
            with campus.db.write() as session:
                claims.reclaim(session, campus.clock())
            reconcile(campus.outbox)
            campus.clock.move(minutes=2)
            drain(campus.outbox, "broadcasts")
            with campus.db.write() as session:
                broadcasts.look_after(session, campus.clock())

    def judge(self) -> None:
        got = Counter(one.to for one in self.campus.carrier.accepted if one.body == self.words)
        assert max(got.values(), default=0) <= 1, "somebody was written to twice"
        rows = [
            row for row in rows_of(self.campus.db, None, lane="broadcasts") if row.broadcast_id == self.id
        ]
        ends = Counter((row.state, row.reason) for row in rows)
        with self.campus.db.read() as session:
            found = broadcasts.by_id(session, self.id)
        assert found is not None
        if self.is_cancelled:
            assert found.state == "cancelled"
            assert set(ends) <= {("accepted", None), ("skipped", "cancelled")}
            assert ends["accepted", None] == len(got)
        else:
            assert found.state == "done"
            assert ends == {("accepted", None): PEOPLE}
            assert len(got) == PEOPLE, "somebody was skipped"


@pytest.fixture
def campus(
    db: Database, vault: Vault, clock: SettableClock, library: FileLibrary, monkeypatch: pytest.MonkeyPatch
) -> Campus:
    """A school with a few families, and pages of three."""
    monkeypatch.setattr(fan_out, "PAGE", 3)
    made = Campus(db, vault, clock, library)
    object.__setattr__(made.outbox, "senders", {"broadcasts": 2})
    for _ in range(PEOPLE):
        made.family(made.contact())
    return made


def test_any_order_of_pauses_cancels_and_deaths_doubles_nobody_and_skips_nobody(campus: Campus) -> None:
    """25 orders each database here, 1,000 in the long form."""
    numbers = iter(range(10**6))

    @seed(SCALE.seed)
    @settings(
        max_examples=SCALE.of(25, 1000),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS, st.sampled_from([None, None, 2, 5]))
    def in_this_order(steps: list[tuple[str, int]], canary: int | None) -> None:
        run = Run(campus, next(numbers), canary)
        for name, dies_at in steps:
            run.step(name, dies_at)
        run.finish()
        run.judge()

    in_this_order()
