"""The page of staff: who is seen by whom, invitations, roles and back, resets, closed and open again."""

import re

from bot.people.access import Grant
from bot.store import accounts, audit, schools
from tests.web.console.conftest import Console


def actions(console: Console) -> list[str]:
    """What was written down, latest first."""
    with console.house.bot.db.read() as session:
        return [line.action for line in audit.latest(session, 20)]


def grants(console: Console, account_id: int) -> set[tuple[str, int | None]]:
    """What somebody may do."""
    with console.house.bot.db.read() as session:
        return {(one.role, one.school_id) for one in accounts.grants_of(session, [account_id])[account_id]}


def state(console: Console, account_id: int) -> str:
    """Whether an account is invited, active or deactivated."""
    with console.house.bot.db.read() as session:
        found = accounts.by_id(session, account_id)
    assert found is not None
    return found.state


def test_an_administrator_of_one_school_sees_only_who_works_there(console: Console) -> None:
    maple, other = console.school("Maple Grove"), console.school("Cedar")
    console.account(Grant("liaison", maple), email="here@school.example")
    console.account(Grant("liaison", other), email="there@school.example")
    page = console.get(console.signed_in("administrator", school=maple), "/staff/staff/").text
    assert "here@school.example" in page
    assert "there@school.example" not in page
    district = console.signed_in("administrator")
    assert "there@school.example" in console.get(district, "/staff/staff/").text
    narrowed = console.get(district, f"/staff/staff/?role=liaison&school={maple}").text
    assert "here@school.example" in narrowed
    assert "there@school.example" not in narrowed
    assert "Nobody has this role there." in console.get(district, "/staff/staff/?role=auditor").text


def test_somebody_is_invited_and_the_link_is_shown_where_nothing_can_be_sent(console: Console) -> None:
    client, school = console.signed_in("administrator"), console.school()
    answer = console.post(
        client, "/staff/staff/invite", name="Rosa Vega", email="rosa@school.example",
        language="en", person="", grants=f"liaison@{school}",
    )  # fmt: skip
    link = re.search(r'value="https://texts\.example\.org(/staff/link/[^"]+)"', answer.text)
    assert link is not None
    assert "Rosa Vega" in answer.text, "whom it is for"
    assert "Rosa Vega" in console.get(console.visitor(), link.group(1)).text
    assert "invited" in actions(console)
    again = console.post(
        client, "/staff/staff/invite", name="Rosa Vega", email="ROSA@school.example",
        language="en", person="", grants=f"liaison@{school}",
    )  # fmt: skip
    assert again.status_code == 400
    assert "Somebody has this address already." in again.text


def test_what_is_wrong_stands_at_its_field(console: Console) -> None:
    client = console.signed_in("administrator")
    answer = console.post(
        client, "/staff/staff/invite", name="", email="no address", text="12", language="en", person=""
    )
    assert answer.status_code == 400
    for words in (
        "Write the name.",
        "This is no e-mail address.",
        "This is no telephone number.",
        "Choose at least one role.",
    ):
        assert words in answer.text
    assert 'id="grants-fault"' in answer.text


def test_nobody_grants_more_than_they_administer(console: Console) -> None:
    maple = console.school("Maple Grove")
    client = console.signed_in("administrator", school=maple)
    form = {"name": "Ann Lee", "email": "ann@school.example", "language": "en", "person": ""}
    assert console.post(client, "/staff/staff/invite", grants="administrator@", **form).status_code == 400
    district = console.account(Grant("administrator"))
    assert (
        console.post(client, f"/staff/staff/{district}/roles", grants=f"liaison@{maple}").status_code == 404
    )
    both = console.account(Grant("liaison", maple), Grant("liaison", console.school("Cedar")))
    answer = console.post(client, f"/staff/staff/{both}/roles", grants=f"teacher@{maple}")
    assert answer.status_code == 400
    assert "Only who administers everything" in answer.text


def test_roles_are_changed_end_the_sign_in_and_can_be_taken_back(console: Console) -> None:
    school = console.school()
    account = console.account(Grant("liaison", school))
    theirs, client = console.enter(account), console.signed_in("administrator")
    assert console.get(theirs, "/staff/flows/").status_code == 200
    console.post(client, f"/staff/staff/{account}/roles", grants=f"teacher@{school}")
    assert grants(console, account) == {("teacher", school)}
    assert console.get(theirs, "/staff/flows/").status_code == 303
    page = console.get(client, f"/staff/staff/{account}").text
    undo = re.search(rf'action="(/staff/staff/{account}/roles/undo\?[^"]+)"', page)
    assert undo is not None
    console.post(client, undo.group(1))
    assert grants(console, account) == {("liaison", school)}
    assert actions(console).count("roles_changed") == 2


def test_the_last_administrator_of_the_district_stays(console: Console) -> None:
    mine = console.account(Grant("administrator"))
    client = console.enter(mine)
    console.post(client, f"/staff/staff/{mine}/deactivate")
    assert "Nobody would be left" in console.get(client, f"/staff/staff/{mine}").text
    answer = console.post(client, f"/staff/staff/{mine}/roles", grants="auditor@")
    assert "Nobody would be left" in answer.text
    assert state(console, mine) == "active"
    assert grants(console, mine) == {("administrator", None)}


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(console: Console) -> None:
    account = console.account(Grant("liaison"))
    theirs, client = console.enter(account), console.signed_in("administrator")
    console.post(client, f"/staff/staff/{account}/deactivate")
    assert console.get(theirs, "/staff/flows/").status_code == 303
    assert f"/staff/staff/{account}/reactivate" in console.get(client, f"/staff/staff/{account}").text
    console.post(client, f"/staff/staff/{account}/reactivate")
    assert state(console, account) != "deactivated"
    assert {"deactivated", "reactivated"} <= set(actions(console))


def test_a_reset_is_a_link_that_signs_the_person_out(console: Console) -> None:
    account = console.account(Grant("liaison"))
    theirs, client = console.enter(account), console.signed_in("administrator")
    assert "call them on a number you know" in console.get(client, f"/staff/staff/{account}/reset").text
    answer = console.post(client, f"/staff/staff/{account}/reset", second_factor_too="y")
    assert "/staff/link/" in answer.text
    assert console.get(theirs, "/staff/flows/").status_code == 303
    assert "reset" in actions(console)


def test_resetting_wants_a_fresh_proof(console: Console) -> None:
    account, client = console.account(Grant("liaison")), console.signed_in("administrator")
    console.house.clock.move(minutes=30)
    assert "/staff/account/prove" in console.get(client, f"/staff/staff/{account}/reset").location


def test_an_account_is_linked_to_a_person_of_the_own_schools_and_back(console: Console) -> None:
    here, elsewhere = console.school(), console.school("Cedar")
    with console.house.bot.db.read() as session:
        ours = {one.id or 0 for one in schools.staff_at(session, "", [here])}
        own = min(ours)
        other = min({one.id or 0 for one in schools.staff_at(session, "", [elsewhere])} - ours)
    account_id = console.account(Grant("teacher", here))
    client, path = console.signed_in("administrator", school=here), f"/staff/staff/{account_id}/person"
    kept = []
    for at, person in (
        (path, own),
        (path, other),
        (f"{path}/undo?to=", None),
        (f"{path}/undo?to={other}", None),
    ):
        console.post(client, at, person=str(person or ""))
        with console.house.bot.db.read() as session:
            found = accounts.by_id(session, account_id)
            kept.append(found and found.staff_id)
    assert kept == [own, own, None, None], "nobody of another school"


def test_an_administrator_enrols_the_phone_somebody_writes_from(console: Console) -> None:
    rosa, iman = console.account(Grant("teacher")), console.account(Grant("teacher"))
    client, number = console.signed_in("administrator"), "512 555 0111"
    assert console.post(client, f"/staff/staff/{rosa}/phone", number=number).status_code == 303
    page = console.get(client, f"/staff/staff/{rosa}").text
    assert "The phone is enrolled." in page
    assert "0111" not in page, "masked"
    theirs = f"/staff/staff/{iman}/phone"
    refused = console.post(client, theirs, number=number)
    assert refused.status_code == 400
    assert "one phone, one person" in refused.text
    assert "This is no telephone number" in console.post(client, theirs, number="12").text
    console.post(client, f"/staff/staff/{rosa}/phone", number="")
    assert console.post(client, theirs, number=number).status_code == 303
    assert {"phone_enrolled", "phone_taken_back"} <= set(actions(console))
