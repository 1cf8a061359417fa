"""Liaisons look for a family by name, number or thread: found where it is theirs to see, and nowhere else."""

import re

import pytest

from bot.store import name_words
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_threads import opened


def find(console: Console, client: object, said: str) -> tuple[str, list[int]]:
    """Where a search leads, and the threads that stand there."""
    answer = console.post(client, "/staff/threads/find", q=said)  # type: ignore[arg-type]
    assert answer.status_code == 303
    page = console.get(client, answer.location).text  # type: ignore[arg-type]
    listed = re.search(r'<ul class="inbox".*?</ul>', page, re.DOTALL)
    ids = re.findall(r'href="/staff/threads/(\d+)"', listed.group(0)) if listed else []
    return answer.location, [int(one) for one in ids]


@pytest.mark.parametrize("said", ["Elena", "MORALES", "elena morales", SPANISH, "(512) 555-0101"])
def test_a_family_is_found_by_name_or_number_and_neither_stands_in_the_address(
    console: Console, said: str
) -> None:
    opened(console, ENGLISH)
    thread_id = opened(console, SPANISH, "persona")
    address, found = find(console, console.signed_in("administrator"), said)
    assert found == [thread_id]
    assert not re.search(r"elena|morales|0101|q=", address, re.IGNORECASE)


def test_a_thread_is_found_by_its_id_and_closed_ones_by_every_way(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    console.post(client, f"/staff/threads/{thread_id}/close")
    for said in (f"#{thread_id}", str(thread_id)):
        answer = console.post(client, "/staff/threads/find", q=said)
        assert answer.location == f"/staff/threads/{thread_id}"
    assert find(console, client, "Dana")[1] == [thread_id]
    assert find(console, client, "")[1] == []


@pytest.mark.parametrize("said", ["Elena", SPANISH, "#1"])
def test_who_may_not_see_a_family_is_told_nothing_by_a_search(console: Console, said: str) -> None:
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    before = find(console, elsewhere, said)
    assert opened(console, SPANISH, "persona") == 1
    assert before == find(console, elsewhere, said), "as if there were none"
    assert before[1] == []
    refused = console.post(console.signed_in("auditor"), "/staff/threads/find", q=said)
    assert refused.status_code == 403


def test_who_asked_to_be_forgotten_is_found_by_nothing(console: Console) -> None:
    opened(console, ENGLISH)
    client = console.signed_in("administrator")
    assert find(console, client, "Dana")[1] == [1]
    console.post(client, "/staff/threads/1/close")
    console.house.text("erase my data", ENGLISH)
    console.house.text("2", ENGLISH)
    assert console.house.contact(ENGLISH).erased_at is not None
    with console.house.bot.db.read() as session:
        assert name_words.contacts_named(session, console.house.bot.vault, "Dana") == []
    assert find(console, client, "Dana")[1] == []
