"""The table of states, and a long random life of rows that never steps outside it."""

from datetime import timedelta
from random import Random

import pytest

from bot.outbox.drain import drain
from bot.outbox.reconcile import reconcile, send_again
from bot.outbox.status import record_status
from bot.ports import NotAccepted, Uncertain
from bot.store import claims
from bot.store.database import Database
from bot.store.outbox import unknown_ids
from bot.store.states import MAY_BECOME, RANK, TOLD_AS, ranks_below
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.conftest import Desk
from tests.outbox.fake_carrier import Answer


def test_every_state_has_its_line_and_leads_only_to_states_that_have_one() -> None:
    for followers in MAY_BECOME.values():
        assert followers <= set(MAY_BECOME)


def test_the_carriers_words_all_mean_a_state_with_a_rank() -> None:
    assert set(TOLD_AS.values()) == set(RANK)


def test_a_told_state_never_leads_to_one_that_proves_less() -> None:
    for state in set(RANK) - {"failed"}:
        assert not MAY_BECOME[state] & set(ranks_below(state))
        assert state not in MAY_BECOME[state]


def test_nothing_follows_read_and_only_read_follows_delivered() -> None:
    assert MAY_BECOME["read"] == frozenset()
    assert MAY_BECOME["delivered"] == {"read"}


class Life:
    """Rows to which anything may happen next."""

    def __init__(self, desk: Desk, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self.rows = [desk.want(desk.person(n % 6), f"text {n}") for n in range(12)]

    def send(self) -> None:
        busy = NotAccepted(20429, "", retry_after=1.0)
        endings: list[Answer] = [None, None, Uncertain("?"), "accept and fall silent", busy]
        self.desk.carrier.script = [self.chance.choice(endings) for _ in range(4)]
        drain(self.desk.parts, "replies")

    def receipt(self) -> None:
        if self.desk.carrier.accepted:
            sid = self.chance.choice(self.desk.carrier.accepted).sid
            row_id = next((one for one in self.rows if self.desk.row(one).sid == sid), None)
            status = self.chance.choice([*TOLD_AS, "odd"])
            with self.desk.db.write() as session:
                record_status(session, sid, row_id, status, None, self.desk.clock())

    def look(self) -> None:
        self.desk.carrier.list_is_readable = self.chance.random() < 0.5
        reconcile(self.desk.parts)

    def person(self) -> None:
        with self.desk.db.read() as session:
            unknown = unknown_ids(session)
        if unknown:
            send_again(self.desk.parts, self.chance.choice(unknown))

    def free(self) -> None:
        with self.desk.db.write() as session:
            claims.reclaim(session, self.desk.clock())


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_every_step_is_lawful_and_no_text_goes_out_twice(
    db: Database, vault: Vault, clock: SettableClock, seed: int
) -> None:
    chance = Random(seed)
    life = Life(Desk(db, vault, clock), chance)
    before = life.desk.states()
    for _ in range(60):
        chance.choice([life.send, life.receipt, life.look, life.person, life.free])()
        clock.now += timedelta(seconds=chance.choice([1, 20, 90, 700]))
        after = life.desk.states()
        wrong = [step for step in zip(before, after, strict=True) if not _reachable(*step)]
        assert not wrong, (seed, wrong)
        before = after
    bodies = life.desk.carrier.bodies()
    assert len(bodies) == len(set(bodies)), "a text was accepted twice"


def _reachable(start: str, end: str) -> bool:
    """Whether lawful steps lead there: one call may take several (pending, claimed, submitting, accepted)."""
    seen: set[str] = set()
    edge = {start}
    while edge:
        seen |= edge
        edge = {after for state in edge for after in MAY_BECOME[state]} - seen
    return end in seen
