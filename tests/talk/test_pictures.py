"""A picture's way: from the phone, sealed into the database, gone at the carrier and with time."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlmodel import select

from bot.carrier.local.pictures import picture
from bot.carrier.media_kinds import MOST_BYTES, kind_of
from bot.carrier.twilio.media import MediaAway, MediaTooLarge, TwilioMedia
from bot.people.holdings import held_for
from bot.people.retention import forget_old_words
from bot.store import erasure, media
from bot.store.media import CONTENT, Media
from bot.talk.pictures import keep_pictures
from tests.fixtures.installation import Installation

PICTURE = (("http://elsewhere.example/p/1", "image/jpeg"),)
ACCOUNT, SECRET = "AC" + "5" * 32, "a token for tests"
SID = "MM" + "1" * 32
FILE = "ME" + "2" * 32


@dataclass
class Shelf:
    """The carrier's files of texts, in memory."""

    files: dict[str, bytes] = field(default_factory=dict)
    away: bool = False
    fetched: int = 0
    on_delete: Callable[[], None] = lambda: None

    def of_text(self, sid: str) -> list[str]:
        del sid
        if self.away:
            raise MediaAway("404")
        return list(self.files)

    def fetch(self, sid: str, media_sid: str) -> bytes:
        del sid
        self.fetched += 1
        if len(self.files[media_sid]) > MOST_BYTES:
            raise MediaTooLarge
        return self.files[media_sid]

    def delete(self, sid: str, media_sid: str) -> None:
        del sid
        self.on_delete()
        del self.files[media_sid]


def look(house: Installation, shelf: Shelf) -> int:
    return keep_pictures(house.bot.db, house.bot.vault, house.clock, shelf)


def rows(house: Installation) -> list[Media]:
    with house.bot.db.read() as session:
        return list(session.exec(select(Media).order_by(Media.id)))  # type: ignore[arg-type]


def test_a_picture_is_kept_sealed_for_the_thread_and_deleted_at_the_carrier(house: Installation) -> None:
    house.text("", media=PICTURE)
    shelf = Shelf({FILE: picture()})

    def is_committed() -> None:
        assert [one.state for one in rows(house)] == ["kept"]

    shelf.on_delete = is_committed
    assert look(house, shelf) == 1
    assert shelf.files == {}
    thread = house.thread()
    assert thread is not None
    with house.bot.db.read() as session:
        (kept,) = media.of_thread(session, thread.id or 0)
    assert (kept.kind, kept.size) == ("image/png", len(picture()))
    assert picture()[:40] not in (kept.content or b"")
    assert house.bot.vault.open_bytes(kept.content or b"", CONTENT) == picture()
    assert look(house, shelf) == 0


@pytest.mark.parametrize(
    "content", [b"<html>", b"MZ\x90", b"\0\0\0\x18ftypmp42film", b"", b"\xff\xd8\xff" * MOST_BYTES]
)
def test_what_is_no_picture_or_too_large_is_not_kept_and_deleted_all_the_same(
    house: Installation, content: bytes
) -> None:
    house.text("", media=PICTURE)
    shelf = Shelf({FILE: content})
    assert look(house, shelf) == 1
    assert [(one.state, one.content) for one in rows(house)] == [("refused", None)]
    assert shelf.files == {}


def test_what_must_not_be_kept_is_deleted_and_never_fetched(house: Installation) -> None:
    house.text("STOP")
    house.text("Look at this", media=PICTURE)
    shelf = Shelf({FILE: picture()})
    assert look(house, shelf) == 1
    assert (shelf.files, shelf.fetched) == ({}, 0)
    assert [(one.state, one.content) for one in rows(house)] == [("unwanted", None)]


def test_a_file_that_is_not_there_yet_is_asked_for_again_ever_later_and_given_up_at_last(
    house: Installation,
) -> None:
    house.text("", media=PICTURE)
    shelf = Shelf({FILE: picture()}, away=True)
    assert look(house, shelf) == 0
    assert look(house, shelf) == 0
    assert rows(house)[0].tries == 1
    for _ in range(20):
        house.clock.move(hours=7)
        look(house, shelf)
    assert (rows(house)[0].state, rows(house)[0].tries) == ("lost", media.TRIES)


def test_a_moment_later_it_is_there(house: Installation) -> None:
    house.text("", media=PICTURE)
    shelf = Shelf({FILE: picture()}, away=True)
    look(house, shelf)
    shelf.away = False
    house.clock.move(minutes=1)
    assert look(house, shelf) == 1
    assert rows(house)[0].state == "kept"


def test_pictures_are_shown_to_who_asks_forgotten_with_time_and_erased(house: Installation) -> None:
    house.text("menu", media=PICTURE)
    look(house, Shelf({FILE: picture()}))
    with house.bot.db.read() as session:
        held = held_for(session, house.bot.vault, house.contact())
    assert json.dumps(held, default=str)
    assert held["media"][0]["kind"] == "image/png"
    house.clock.move(days=31)
    forget_old_words(house.bot.db, house.clock)
    assert [(one.state, one.content) for one in rows(house)] == [("forgotten", None)]
    with house.bot.db.write() as session:
        erasure.forget(session, house.contact().id or 0, house.clock())
    assert rows(house) == []


def test_a_link_in_a_text_is_never_fetched(house: Installation) -> None:
    house.text("Look: https://elsewhere.example/picture.jpg")
    assert rows(house) == []


@contextmanager
def server(answers: dict[str, tuple[int, dict[str, str], bytes]]) -> Iterator[tuple[TwilioMedia, list[str]]]:
    """A server with fixed answers by path, and what it was asked: method, path, with a password or not."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(
                f"{self.command} {self.path} {'with' if self.headers['Authorization'] else 'without'}"
            )
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_DELETE(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as here:
        Thread(target=here.serve_forever, daemon=True).start()
        yield TwilioMedia(ACCOUNT, SECRET, base_url=f"http://127.0.0.1:{here.server_port}"), asked
        here.shutdown()


PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media"


def test_a_file_is_fetched_with_the_password_and_by_way_of_the_carriers_own_redirect_without() -> None:
    answers = {
        f"{PATH}/{FILE}": (307, {"Location": "/short-lived"}, b""),
        "/short-lived": (200, {}, picture()),
    }
    with server(answers) as (there, asked):
        assert there.fetch(SID, FILE) == picture()
    assert asked == [f"GET {PATH}/{FILE} with", "GET /short-lived without"]


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:9/x", "http://localhost/x", "file:///etc/passwd", "//evil.example/x"]
)
def test_a_redirect_to_anywhere_else_is_not_followed(place: str) -> None:
    with server({f"{PATH}/{FILE}": (307, {"Location": place}, b"")}) as (there, asked):
        with pytest.raises(MediaAway):
            there.fetch(SID, FILE)
        assert len(asked) == 1


def test_reading_ends_where_a_file_is_too_large_whatever_it_said_of_itself() -> None:
    huge = {
        f"{PATH}/{FILE}": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" * (MOST_BYTES // 8 + 99))
    }
    with server(huge) as (there, _), pytest.raises(MediaTooLarge):
        there.fetch(SID, FILE)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"media_list": 7}', b'{"media_list": [{}]}'])
def test_an_unreadable_list_is_asked_for_again(body: bytes) -> None:
    with server({f"{PATH}.json": (200, {}, body)}) as (there, _), pytest.raises(MediaAway):
        there.of_text(SID)


def test_deleting_what_is_gone_is_fine_and_no_other_sid_is_ever_asked() -> None:
    with server({}) as (there, asked):
        there.delete(SID, FILE)
        with pytest.raises(MediaAway):
            there.of_text("../../Accounts")
    assert asked == [f"DELETE {PATH}/{FILE} with"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", None),
        (b"%PDF-1.7", "application/pdf"),
        (b"OggS", "audio/ogg"),
        (b"#!AMR\n", "audio/amr"),
        (b"<svg onload=", None),
        (b"PK\x03\x04", None),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind
