"""Of a picture that went to a family no copy stays at the carrier once its text is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.outbox.put import put
from bot.store import pictures
from bot.store.outbox import ROWS
from bot.store.pictures import TRIES, Picture
from bot.talk.pictures_sent import delete_copies
from tests.fixtures.installation import Installation
from tests.talk.test_pictures import FILE, SID, Shelf

HOUR = timedelta(hours=1)


def went(house: Installation, state: str, sid: str | None = SID) -> int:
    """Id of a picture whose text has come so far."""
    house.text("person")
    thread, now = house.thread(), house.clock()
    assert thread is not None
    told: dict[str, Any] = {"channel": "sms", "lane": "replies", "kind": "person", "now": now}
    with house.bot.db.write() as session:
        picture = Picture(
            thread_id=thread.id or 0, digest="d", kind="image/jpeg", size=1, content=b"1", created_at=now
        )
        picture_id = pictures.add(session, picture)
        (row,) = put(
            session, house.bot.vault, contact_id=thread.contact_id, body="Look", picture_id=picture_id, **told
        )
        session.connection().execute(update(ROWS).where(ROWS.c.id == row).values(state=state, sid=sid))
        pictures.goes(session, picture_id, now)
    return picture_id


def look_at(house: Installation, picture_id: int) -> datetime | None:
    with house.bot.db.read() as session:
        picture = session.get(Picture, picture_id)
    assert picture is not None
    return picture.look_at


def becomes(house: Installation, picture_id: int, state: str) -> None:
    with house.bot.db.write() as session:
        mine = update(ROWS).where(ROWS.c.picture_id == picture_id)
        session.connection().execute(mine.values(state=state))


def look(house: Installation, shelf: Shelf) -> int:
    return delete_copies(house.bot.db, house.clock, shelf)


@pytest.mark.parametrize("state", ["delivered", "read", "undelivered", "failed"])
def test_an_hour_later_the_copy_is_deleted_and_never_asked_for_again(house: Installation, state: str) -> None:
    went(house, state)
    shelf = Shelf({FILE: b"1"})
    assert look(house, shelf) == 0, "the phone may still be fetching it"
    house.clock.move(hours=1, minutes=1)
    assert look(house, shelf) == 1
    assert shelf.files == {}
    shelf.files[FILE] = b"another's"
    house.clock.move(days=30)
    assert look(house, shelf) == 0
    assert shelf.files


@pytest.mark.parametrize("state", ["pending", "submitting", "accepted", "sent", "unknown"])
def test_while_its_text_is_on_its_way_the_copy_stays(house: Installation, state: str) -> None:
    picture_id = went(house, state)
    shelf = Shelf({FILE: b"1"})
    for _ in range(3):
        house.clock.move(hours=1, minutes=1)
        assert look(house, shelf) == 0
    assert shelf.files
    becomes(house, picture_id, "delivered")
    house.clock.move(hours=1, minutes=1)
    assert look(house, shelf) == 1
    assert shelf.files == {}


def test_a_text_that_never_reached_the_carrier_left_no_copy(house: Installation) -> None:
    went(house, "skipped", sid=None)
    shelf = Shelf({FILE: b"another's"})
    house.clock.move(hours=2)
    assert look(house, shelf) == 1
    assert shelf.files


def test_while_the_carrier_is_away_it_is_asked_ever_more_seldom_and_at_last_no_more(
    house: Installation,
) -> None:
    picture_id = went(house, "delivered")
    shelf = Shelf({FILE: b"1"}, away=True)
    waits: list[timedelta] = []
    while (at := look_at(house, picture_id)) is not None:
        assert len(waits) <= TRIES
        waits.append(at - house.clock())
        house.clock.move(seconds=waits[-1].total_seconds())
        assert look(house, shelf) == 0
    assert waits[:4] == [HOUR, HOUR, 2 * HOUR, 4 * HOUR]
    assert waits == sorted(waits)
    assert len(waits) == TRIES + 1
    with house.bot.db.write() as session:
        pictures.goes(session, picture_id, house.clock())
    shelf.away = False
    house.clock.move(hours=1, minutes=1)
    assert look(house, shelf) == 1, "sent anew it is asked for anew"
