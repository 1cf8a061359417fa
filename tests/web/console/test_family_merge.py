"""A family that stands twice in the console: looked at, put together by administrators, taken apart again."""

import re

from bot.store import families
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_families import deeds, family_of


def test_two_families_are_compared_put_together_and_taken_apart(console: Console) -> None:
    kept, gone = family_of(console, ENGLISH), family_of(console, SPANISH)
    path, head = f"/staff/families/{kept}", console.signed_in("administrator")
    assert "within your reach" in console.get(head, f"{path}/merge?with=4999").text
    look = console.get(head, f"{path}/merge?with=%23{gone}").text
    for said in ("Dana", "Elena", "would hear of more children"):
        assert said in look
    assert ENGLISH not in look
    assert console.post(head, f"{path}/merge", other=str(gone)).status_code == 303
    page = console.get(head, path).text
    assert "Dana" in page
    assert "Elena" in page
    assert console.get(head, f"/staff/families/{gone}").location == path
    found = re.search(r'action="([^"]*/merges/\d+/undo)"', page)
    assert found is not None
    assert console.post(head, f"{path}/merge", other=str(gone)).status_code == 404
    console.post(head, found.group(1))
    assert "Elena" not in console.get(head, path).text
    assert family_of(console, SPANISH) == gone
    assert [len(deeds(console, one)) for one in ("families_merged", "families_parted")] == [1, 1]


def test_only_administrators_of_both_put_families_together(console: Console) -> None:
    kept, gone = family_of(console, ENGLISH), family_of(console, SPANISH)
    path, form = f"/staff/families/{kept}/merge", {"other": str(gone)}
    assert console.post(console.signed_in("liaison"), path, **form).status_code == 403
    far = console.signed_in("administrator", school=console.school("Cedar"))
    assert console.post(far, path, **form).status_code == 404
    late = console.signed_in("administrator")
    console.house.clock.move(hours=1)
    assert "prove" in (console.post(late, path, **form).location or "")
    with console.house.bot.db.read() as session:
        assert families.families_of(session, console.house.contact(SPANISH).id or 0) == [gone]
