"""Who belongs to a family: linked on its word, unlinked as a wrong number, and everything taken back."""

import re

from bot.store import consents, families
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_families import deeds, family_of, path_of

NEW = "+15125550177"


def is_linked(console: Console, number: str) -> bool:
    """Whether a number belongs to any family."""
    with console.house.bot.db.read() as session:
        return families.is_linked(session, console.house.contact(number).id or 0)


def kinds(console: Console, number: str) -> list[str]:
    """What is kept of a number's consent, in order."""
    with console.house.bot.db.read() as session:
        return [one.kind for one in consents.of_contact(session, console.house.contact(number).id or 0)]


def undo_of(page: str) -> str:
    """Where the first button that takes something back posts to."""
    found = re.search(r'action="([^"]*/undo)"', page)
    assert found is not None
    return found.group(1)


def test_a_number_is_linked_on_the_family_s_word_and_nothing_is_sent(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    for form in ({"number": "12", "means": "spoken"}, {"number": NEW}, {"number": NEW, "means": "guess"}):
        assert console.post(client, f"{path}/link", **form).status_code == 400
    assert console.post(client, f"{path}/link", number="(512) 555-0177", means="paper").status_code == 303
    assert is_linked(console, NEW)
    assert console.house.contact(NEW).consent == "none"
    assert console.house.answers(NEW) == []
    assert kinds(console, NEW) == ["number_given"]
    page = console.get(client, path).text
    assert "the family gave this number" in page
    assert "account:" not in page
    again = console.post(client, f"{path}/link", number=NEW, means="paper")
    assert again.status_code == 400
    assert "belongs to the family already" in again.text
    console.house.text("menu", NEW)
    assert "STOP" in console.house.answers(NEW)[0]
    assert console.post(client, undo_of(console.get(client, path).text)).status_code == 303
    assert not is_linked(console, NEW)
    assert len(deeds(console, "family_linked")) == 1


def test_linking_asks_for_a_fresh_proof_and_reach(console: Console) -> None:
    path = path_of(console)
    far = console.signed_in("liaison", school=console.school("Cedar"))
    assert console.post(far, f"{path}/link", number=NEW, means="paper").status_code == 404
    near = console.signed_in("liaison", school=console.school())
    console.house.clock.move(hours=1)
    assert "prove" in (console.get(near, f"{path}/link").location or "")
    assert console.post(near, f"{path}/link", number=NEW, means="paper").status_code == 303
    assert deeds(console, "family_linked") == []


def test_whoever_is_unlinked_from_all_is_a_wrong_number_until_it_is_taken_back(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    contact_id = console.house.contact().id
    assert console.post(client, f"{path}/people/{contact_id}/unlink").status_code == 303
    after = console.house.contact()
    assert (after.name, after.language) == (None, None)
    assert kinds(console, ENGLISH) == ["wrong_number"]
    assert not is_linked(console, ENGLISH)
    page = console.get(client, path).text
    assert "No longer linked" in page
    assert console.post(client, f"{path}/people/{contact_id}/unlink").status_code == 404
    undo = undo_of(page)
    console.post(client, undo)
    back = console.house.contact()
    assert back.language == "en"
    assert "Dana" in console.get(client, path).text
    assert is_linked(console, ENGLISH)
    assert console.post(client, undo).status_code == 303
    assert is_linked(console, ENGLISH)


def test_a_change_of_another_family_or_of_long_ago_is_not_taken_back(console: Console) -> None:
    path, head = path_of(console), console.signed_in("administrator")
    console.post(head, f"{path}/people/{console.house.contact().id}/unlink")
    change = undo_of(console.get(head, path).text).rpartition("/changes/")[2]
    other = path_of(console, SPANISH)
    assert console.post(head, f"{other}/changes/{change}").status_code == 404
    console.house.clock.move(days=31)
    console.post(console.signed_in("administrator"), f"{path}/changes/{change}")
    assert not is_linked(console, ENGLISH)


def test_who_asked_to_be_forgotten_is_linked_by_nobody(console: Console) -> None:
    family = family_of(console)
    console.house.text("DELETE")
    console.house.text("2")
    client = console.signed_in("administrator")
    answer = console.post(client, f"/staff/families/{family}/link", number=ENGLISH, means="spoken")
    assert answer.status_code == 400
    assert "asked to be forgotten" in answer.text
