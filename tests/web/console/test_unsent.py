"""Whoever wrote for longer than a sign-in lasts reads the own words again; no other site puts words there."""

from werkzeug.test import TestResponse

from tests.web.console.conftest import BASE, ORIGIN, Console
from tests.web.console.test_threads import opened

WORDS = "The meeting is on Thursday at three. Please bring the letter."
HERE = {"Sec-Fetch-Site": "same-origin"}


def sent(
    console: Console, *, token: str | None = None, headers: dict[str, str] | None = None
) -> TestResponse:
    """An answer that is sent after three hours over a page that was open."""
    thread_id, client = opened(console), console.signed_in("liaison")
    token = token or console.token(client)
    console.house.clock.move(hours=3)
    page = f"{BASE}/staff/threads/{thread_id}"
    told = {"csrf_token": token, "text": WORDS, "language": "en"}
    headers = ORIGIN | {"Referer": page} | (headers or {})
    return client.post(f"{page}/send", data=told, base_url=BASE, headers=headers)


def test_what_was_written_stands_on_the_page_with_the_way_back(console: Console) -> None:
    answer = sent(console)
    assert answer.status_code == 401
    for said in ("You were signed out meanwhile", WORDS, "next=/staff/threads/"):
        assert said in answer.text
    assert console.house.answers()[-1:] != [WORDS]


def test_a_form_of_an_older_sign_in_gives_the_words_back_too(console: Console) -> None:
    answer = sent(console, token="x" * 40, headers=HERE)
    assert answer.status_code == 400
    assert WORDS in answer.text
    assert 'href="/staff/threads/' in answer.text


def test_no_other_site_puts_words_on_our_page(console: Console) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        answer = sent(console, token="x" * 40, headers=headers)
        assert answer.status_code == 400
        assert WORDS not in answer.text


def test_without_words_the_way_leads_to_sign_in_and_back_to_the_page(console: Console) -> None:
    client = console.signed_in("liaison")
    token = console.token(client)
    console.house.clock.move(hours=3)
    headers = ORIGIN | {"Referer": f"{BASE}/staff/threads/1"}
    answer = client.post("/staff/threads/1/close", data={"csrf_token": token}, base_url=BASE, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/staff/sign-in?next=/staff/threads/1")
    part = client.get("/staff/threads/news", base_url=BASE, headers=headers | {"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/staff/sign-in?next=/staff/threads/1"
