"""The address of a picture: for the carrier alone, while its text is on its way, and for a day."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import update

from bot.outbox.picture_links import link_to, picture_of
from bot.outbox.put import put
from bot.store import pictures
from bot.store.outbox import ROWS
from bot.store.pictures import CONTENT, Picture
from bot.web.application import create_application
from tests.fixtures.installation import Installation


@pytest.fixture
def client(house: Installation) -> FlaskClient:
    return create_application(house.bot).test_client()


def drawn() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    return written.getvalue()


def sent(house: Installation, state: str) -> str:
    """Path of a picture whose text is in this state."""
    house.text("person")
    thread = house.thread()
    assert thread is not None
    bot, now = house.bot, house.clock()
    with bot.db.write() as session:
        picture = Picture(
            thread_id=thread.id or 0,
            digest="d",
            kind="image/jpeg",
            size=len(drawn()),
            content=bot.vault.seal_bytes(drawn(), CONTENT),
            created_at=now,
        )
        picture_id = pictures.add(session, picture)
        told: dict[str, Any] = {"channel": "sms", "lane": "replies", "kind": "person", "now": now}
        (row,) = put(
            session, bot.vault, contact_id=thread.contact_id, body="Look", picture_id=picture_id, **told
        )
        session.connection().execute(update(ROWS).where(ROWS.c.id == row).values(state=state))
    return link_to(bot.vault, "", picture_id, now)


@pytest.mark.parametrize("state", ["submitting", "accepted", "sent", "unknown"])
def test_the_carrier_fetches_it_with_its_true_type_by_head_and_get(
    house: Installation, client: FlaskClient, state: str
) -> None:
    path = sent(house, state)
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", drawn())
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'inline; filename="picture.jpg"'
    head = client.head(path)
    assert (head.status_code, head.mimetype, head.data) == (200, "image/jpeg", b"")


@pytest.mark.parametrize("state", ["pending", "claimed", "delivered", "read", "failed", "skipped"])
def test_before_its_text_goes_and_once_that_is_over_nobody_gets_it(
    house: Installation, client: FlaskClient, state: str
) -> None:
    assert client.get(sent(house, state)).status_code == 404


def test_after_a_day_the_address_is_over(house: Installation, client: FlaskClient) -> None:
    path = sent(house, "accepted")
    house.clock.move(hours=23, minutes=59)
    assert client.get(path).status_code == 200
    house.clock.move(minutes=2)
    assert client.get(path).status_code == 404


def test_an_address_cannot_be_made_up_nor_changed(house: Installation, client: FlaskClient) -> None:
    path = sent(house, "accepted")
    token = path.removeprefix("/pictures/").removesuffix(".jpg")
    picture_id, until, proof = token.split("-")
    for other in (
        f"{picture_id}-{int(until) + 1}-{proof}",
        f"{int(picture_id) + 1}-{until}-{proof}",
        f"{picture_id}-{until}-{'0' * 64}",
        f"{picture_id}-{until}-",
        f"{picture_id}-{until}",
        "1" * 400,
        "٣-٤-" + proof,
    ):
        assert client.get(f"/pictures/{other}.jpg").status_code == 404
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


def test_an_address_holds_for_exactly_a_day(house: Installation) -> None:
    link = link_to(house.bot.vault, "https://texts.example.org", 7, house.clock())
    found = re.fullmatch(r"https://texts\.example\.org/pictures/(7-\d+-[0-9a-f]{64})\.jpg", link)
    assert found is not None
    assert picture_of(house.bot.vault, found[1], house.clock()) == 7
    assert picture_of(house.bot.vault, found[1], house.clock() + timedelta(hours=24)) is None


def test_a_fault_says_nothing_of_the_address(
    house: Installation,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = sent(house, "accepted")

    def broken(*_: object) -> bytes:
        raise RuntimeError(path)

    monkeypatch.setattr(type(house.bot.vault), "open_bytes", broken)
    assert client.get(path).status_code == 503
    told = "".join(capsys.readouterr())
    assert "unexpected" in told
    assert path.removeprefix("/pictures/")[:20] not in told
