"""A job that was forked finds what it asks first compiled already, and warming up changes nothing."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.util import LRUCache

from bot.outbox.warm_up import warm_up
from bot.store import claims
from bot.store.submits import submit
from tests.fixtures import once
from tests.outbox.conftest import Desk


@pytest.mark.parametrize("lane", ["replies", "broadcasts"])
def test_nothing_is_taken_or_changed(desk: Desk, lane: str) -> None:
    due = desk.want(desk.person(1), "Hello", lane=lane)
    warm_up(desk.db, lane)
    assert desk.row(due).state == "pending"
    assert desk.row(due).claimed_by is None


@pytest.mark.parametrize("lane", ["replies", "broadcasts"])
def test_the_claim_and_the_last_look_are_known_by_then(
    desk: Desk, lane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing that other tests have compiled
    monkeypatch.setattr(once, "_STATEMENTS", LRUCache(100))
    warm_up(desk.db, lane)
    desk.want(desk.person(1), "Hello", lane=lane)
    compiled: list[str] = []

    def note(_to: object, _cursor: object, statement: str, _told: object, context: Any, _: object) -> None:
        if context.cache_hit not in (CacheStats.CACHE_HIT, CacheStats.NO_DIALECT_SUPPORT):
            compiled.append(statement)

    event.listen(desk.db.engine, "before_cursor_execute", note)
    with desk.db.write() as session:
        now = desk.clock()
        taken = claims.claim(session, lane, "me", now=now, due_by=now, limit=1)
        assert submit(session, taken.rows, now=now, look_at=now)
    assert [one for one in compiled if "UPDATE outbox" in one] == []
