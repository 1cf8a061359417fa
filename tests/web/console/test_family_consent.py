"""A stop that a family says aloud, on paper or by e-mail is written down on its page, and holds at once."""

import pytest

from bot.store import consents
from bot.store.consents import ConsentEvent
from tests.fixtures.installation import ENGLISH
from tests.web.console.conftest import Console
from tests.web.console.test_families import deeds, path_of


def address(console: Console) -> str:
    """Where it is posted to."""
    return f"{path_of(console)}/people/{console.house.contact(ENGLISH).id}/consent"


def proofs(console: Console) -> list[ConsentEvent]:
    """What is kept of the person's consent, in order."""
    with console.house.bot.db.read() as session:
        return list(consents.of_contact(session, console.house.contact(ENGLISH).id or 0))


def test_a_stop_on_paper_holds_at_once_and_says_who_wrote_it_down(console: Console) -> None:
    client = console.signed_in("liaison", school=console.school())
    day = console.house.clock().date().replace(day=1).isoformat()
    answer = console.post(client, address(console), said="stop", means="paper", day=day)
    assert answer.status_code == 303
    page = console.get(client, path_of(console)).text
    for said in ("No more texts go to this number", "asked for no more texts", "on paper"):
        assert said in page
    assert console.house.contact(ENGLISH).consent == "stopped"
    assert console.house.answers(ENGLISH) == [], "nothing is sent to say so"
    last = proofs(console)[-1]
    assert (last.kind, last.source, last.at.date().isoformat()) == ("stopped", "paper", day)
    assert (last.recorded_by or "").startswith("account:")
    assert len(deeds(console, "consent_written")) == 1


def test_texts_again_take_the_stop_back_and_tell_of_the_phone_company(console: Console) -> None:
    client = console.signed_in("administrator")
    console.post(client, address(console), said="stop", means="spoken")
    console.post(client, address(console), said="start", means="email")
    page = console.get(client, path_of(console)).text
    assert "must text START from that phone" in page
    assert console.house.contact(ENGLISH).consent != "stopped"
    assert [one.kind for one in proofs(console)][-2:] == ["stopped", "started"]


@pytest.mark.parametrize(
    "form",
    [
        {"said": "stop"},
        {"means": "paper"},
        {"said": "stop", "means": "guess"},
        {"said": "stop", "means": "paper", "day": "2999-01-01"},
        {"said": "stop", "means": "paper", "day": "soon"},
    ],
    ids=["without how", "without what", "an unknown way", "a day to come", "no day"],
)
def test_what_is_missing_changes_nothing_and_is_said(console: Console, form: dict[str, str]) -> None:
    client = console.signed_in("liaison", school=console.school())
    assert console.post(client, address(console), **form).status_code == 303
    assert "Not written down" in console.get(client, path_of(console)).text
    assert proofs(console) == []


def test_only_who_sees_the_whole_family_writes_it_down(console: Console) -> None:
    form = {"said": "stop", "means": "spoken"}
    far = console.signed_in("liaison", school=console.school("Cedar"))
    assert console.post(far, address(console), **form).status_code == 404
    assert console.post(console.signed_in("auditor"), address(console), **form).status_code == 403
    assert proofs(console) == []
