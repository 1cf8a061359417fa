"""Open pages look for news: it keeps nobody signed in, and costs nothing where nothing changed."""

import re

from sqlmodel import select

from bot.people.access import Grant
from bot.store import media, schools
from bot.store.audit import AuditLine
from bot.store.media import CONTENT, Media
from bot.store.sign_ins import SignIn
from tests.fixtures.installation import ENGLISH, STRANGER
from tests.web.console.conftest import Console
from tests.web.console.test_threads import opened

BASE = "https://texts.example.org"
HTMX = {"HX-Request": "true"}


def look(page: str) -> str:
    """The address that a page asks by itself."""
    found = re.search(r'hx-get="([^"]*news[^"]*)"', page)
    assert found is not None
    return found.group(1).replace("&amp;", "&")


def actions(console: Console) -> list[str]:
    with console.house.bot.db.read() as session:
        return [*session.exec(select(AuditLine.action).order_by(AuditLine.id))]  # type: ignore[arg-type]


def test_pages_that_look_for_news_by_themselves_keep_no_sign_in_alive(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    addresses = [look(console.get(client, f"/staff/threads/{one}").text) for one in ("", thread_id)]
    console.house.clock.move(minutes=70)
    for address in (*addresses, "/staff/delivery/now"):
        answer = client.get(address, base_url=BASE, headers=HTMX)
        assert answer.status_code in (200, 204)
    with console.house.bot.db.read() as session:
        kept = session.exec(select(SignIn)).one()
    assert kept.seen_at == kept.began_at
    console.house.clock.move(minutes=51)
    answer = client.get(addresses[0], base_url=BASE, headers=HTMX)
    assert answer.headers["HX-Redirect"].startswith("/staff/sign-in")


def test_a_thread_says_that_somebody_wrote_and_nothing_where_nobody_did(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    first = client.get(look(page), base_url=BASE, headers=HTMX)
    assert first.status_code == 200
    assert client.get(look(first.text), base_url=BASE, headers=HTMX).status_code == 204
    console.house.text("It is about bus 12.")
    told = client.get(look(first.text), base_url=BASE, headers=HTMX).text
    assert "Somebody wrote meanwhile" in told
    assert "bus 12" not in told
    console.house.clock.move(minutes=3)
    slower = client.get(look(told), base_url=BASE, headers=HTMX).text
    assert 'hx-trigger="every 30s"' in slower
    assert actions(console).count("thread_read") == 1, "news hold no word of a family"


def test_a_picture_is_shown_to_who_may_see_the_thread_and_who_looked_is_written_down(
    console: Console,
) -> None:
    thread_id, bot = opened(console), console.house.bot
    console.house.text("Look", ENGLISH)
    with bot.db.write() as session:
        inbound_id = console.house.received()[-1].id or 0
        row = Media(inbound_id=inbound_id, place=0, kind="image/png", state="kept")
        row.content = bot.vault.seal_bytes(b"\x89PNG", CONTENT)
        session.add(row)
        session.flush()
        path = f"/staff/threads/{thread_id}/pictures/{row.id}"
        assert [one.id for one in media.of_thread(session, thread_id)] == [row.id]
    shown = console.get(console.signed_in("administrator"), path)
    assert (shown.data, shown.mimetype) == (b"\x89PNG", "image/png")
    assert actions(console)[-1] == "picture_read"
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    assert console.get(elsewhere, path).status_code == 404
    assert console.get(console.signed_in("administrator"), f"{path}9").status_code == 404
    assert actions(console).count("picture_read") == 1


def test_a_thread_that_is_handed_on_leaves_the_list_of_who_did_and_the_others_are_told(
    console: Console,
) -> None:
    thread_id = opened(console)
    here = console.enter(console.account(Grant("liaison", console.school())))
    there = console.enter(console.account(Grant("liaison", console.school("Pecan"))))
    assert console.get(there, f"/staff/threads/{thread_id}").status_code == 404
    pecan = str(console.school("Pecan"))
    wrong = console.post(here, f"/staff/threads/{thread_id}/hand-on", to="liaison", school="999")
    assert wrong.location == f"/staff/threads/{thread_id}"
    given = console.post(here, f"/staff/threads/{thread_id}/hand-on", to="liaison", school=pecan)
    assert given.location == "/staff/threads/"
    assert console.get(here, f"/staff/threads/{thread_id}").status_code == 404
    assert "Dana" in console.get(there, f"/staff/threads/{thread_id}").text
    assert "thread_handed_on" in actions(console)


def test_of_a_stranger_no_school_is_known_whoever_looks_after_the_thread(console: Console) -> None:
    thread_id, client = opened(console, STRANGER), console.signed_in("administrator")
    page = console.get(client, "/staff/threads/").text
    listed = page.partition('<ul class="inbox"')[2].partition("</ul>")[0]
    assert "no school known" in listed
    with console.house.bot.db.read() as session:
        names = [one.name for one in schools.every_school(session)]
    assert not any(name in listed for name in names)
    shown = console.get(client, f"/staff/threads/{thread_id}").text
    assert "canned-will_call" in shown
    assert "canned-call_office" not in shown, "of which office?"
