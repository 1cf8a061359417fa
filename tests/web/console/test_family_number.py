"""Another number of a family in the console: what is asked, shown and written down."""

import re

from bot.store import families
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_families import deeds, path_of

NEW = "+15125550179"


def test_a_new_number_takes_over_once_its_code_is_told_and_can_be_given_back(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    form, old = f"{path}/people/{console.house.contact().id}/new-number", console.house.contact().id or 0
    for told in (
        {"number": "1", "means": "spoken", "tells_old": "yes"},
        {"number": NEW, "tells_old": "yes"},
        {"number": NEW, "means": "spoken"},
        {"number": NEW, "means": "spoken", "tells_old": "no"},
        {"number": ENGLISH, "means": "in_person", "tells_old": "no"},
    ):
        assert console.post(client, form, **told).status_code == 400
    assert console.post(client, form, number=NEW, means="spoken", tells_old="yes").status_code == 303
    page = console.get(client, form).text
    code = re.findall(r"\b\d{6}\b", console.house.answers(NEW)[-1])[0]
    assert "•179" in page
    assert NEW not in page
    assert code not in page
    assert console.post(client, f"{form}/code", code="12").status_code == 303
    assert console.post(client, f"{form}/code", code=code).location == path
    page = console.get(client, path).text
    assert "•179" in page
    assert code not in page
    undo = re.search(r'action="([^"]*/numbers/\d+/undo)"', page)
    assert undo is not None
    console.post(client, undo.group(1))
    with console.house.bot.db.read() as session:
        assert families.families_of(session, old)
        assert not families.families_of(session, console.house.contact(NEW).id or 0)
    assert len(deeds(console, "number_change_told")) == 2


def test_a_change_can_be_stopped_and_is_nobody_s_out_of_reach(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    form = f"{path}/people/{console.house.contact().id}/new-number"
    console.post(client, form, number=NEW, means="in_person", tells_old="no")
    code = re.findall(r"\b\d{6}\b", console.house.answers(NEW)[-1])[0]
    console.post(client, f"{form}/withdraw")
    console.post(client, f"{form}/code", code=code)
    assert "•179" not in console.get(client, path).text
    far = console.signed_in("liaison", school=console.school("Cedar"))
    for more in ("", "/code", "/withdraw"):
        assert (
            console.post(far, f"{form}{more}", number=NEW, means="spoken", tells_old="yes").status_code == 404
        )
    other = f"{path}/people/{console.house.contact(SPANISH).id}/new-number"
    assert console.get(client, other).status_code == 404
