"""People of a school whom no roster names: they are written down, told, and gone with a way back."""

from bot.store import first_steps, schools
from tests.web.console.conftest import Console


def names(console: Console, school_id: int) -> list[str]:
    with console.house.bot.db.read() as session:
        return [one.name for one in schools.staff_at(session, "liaison", [school_id])]


def test_a_liaison_is_written_down_changed_and_gone_with_a_way_back(console: Console) -> None:
    high = console.school("Cedar Valley High")
    client, here = console.signed_in("administrator", school=high), f"/staff/schools/{high}/people/"
    form = {"name": "Robin Reyes", "role": "liaison", "languages": "es", "text": "512-555-0171"}
    assert console.post(client, f"{here}new", **form).status_code == 303
    assert "Robin Reyes" in names(console, high)
    with console.house.bot.db.read() as session:
        [made] = [one for one in schools.staff_at(session, "liaison", [high]) if one.name == "Robin Reyes"]
        assert high not in first_steps.without_liaison(session)
    assert "512" in console.get(client, f"{here}{made.id}").text
    console.post(client, f"{here}{made.id}", **form | {"name": "Robin R. Reyes"})
    assert "Robin R. Reyes" in names(console, high)
    console.post(client, f"{here}{made.id}/leave")
    assert "Robin R. Reyes" not in names(console, high)
    console.post(client, f"{here}{made.id}/stay")
    assert "Robin R. Reyes" in names(console, high)


def test_nobody_is_written_down_whom_nothing_reaches_or_who_comes_from_the_roster(console: Console) -> None:
    maple = console.school()
    client, here = console.signed_in("administrator", school=maple), f"/staff/schools/{maple}/people/"
    answer = console.post(client, f"{here}new", name="Robin", role="liaison")
    assert answer.status_code == 400
    assert "a liaison is told there when a family asks" in answer.text
    assert (
        "This is no telephone number"
        in console.post(client, f"{here}new", name="R", role="aide", text="5").text
    )
    with console.house.bot.db.read() as session:
        rostered = schools.staff_at(session, "", [maple])[0].id
    assert console.get(client, f"{here}{rostered}").status_code == 404
