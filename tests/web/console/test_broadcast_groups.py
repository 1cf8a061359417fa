"""Groups of families on the pages: named, filled by class, name and number, chosen as whom a text is for."""

import re

import pytest

from bot.people.access import Grant
from bot.store import classes
from bot.store.audit import AuditLine
from bot.store.schools import Staff
from bot.store.tags import FamilyTag
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_broadcasts import ROOT, rows

PAGE = f"{ROOT}/groups"
BUS = f"{PAGE}/Bus%2012"


def a_class(console: Console, school: str = "Maple") -> str:
    """The id of a class."""
    with console.house.bot.db.read() as session:
        return str(classes.listed(session, school_ids=[console.school(school)])[0].id)


def test_a_group_is_named_filled_and_written_to(console: Console) -> None:
    client = console.signed_in("administrator")
    assert "There is no group yet." in console.get(client, f"{PAGE}/").text
    begun = console.post(client, f"{PAGE}/", name="  Bus   12 ")
    assert begun.location == BUS
    assert "Nobody is in it yet." in console.get(client, BUS).text
    console.post(client, f"{BUS}/add", people=f"Elena Morales\n{ENGLISH}\nNobody Known")
    page = console.get(client, BUS).text
    assert "2 families are new in this group." in page
    assert "1 line is of no family" in page
    assert "(Noah)" in page
    assert "Elena" in page
    assert ENGLISH not in page
    console.post(client, f"{BUS}/add", classes=a_class(console))
    assert len(rows(console, FamilyTag)) > 2
    form = console.get(client, f"{ROOT}/write").text
    assert re.search(r'name="tags" value="Bus 12"', form)
    counted = console.post(client, f"{ROOT}/look", text_en="Hello", tags="Bus 12").text
    assert re.search(r"[1-9]\d* phones", counted)
    said = [line.action for line in rows(console, AuditLine) if line.action.startswith("group_")]
    assert said[:2] == ["group_grown", "group_read"]
    assert not any("Bus" in f"{line.detail}{line.subject}" for line in rows(console, AuditLine))


def test_families_are_taken_out(console: Console) -> None:
    client = console.signed_in("administrator")
    console.post(client, f"{BUS}/add", people=f"{ENGLISH}\n{SPANISH}")
    first, second = rows(console, FamilyTag)
    console.post(client, f"{BUS}/remove", families=str(first.family_id))
    assert [one.family_id for one in rows(console, FamilyTag)] == [second.family_id]


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 33, "Undocumented", "refugee families", "{child}"])
def test_what_is_no_group_has_no_name(console: Console, name: str) -> None:
    client = console.signed_in("administrator")
    assert console.post(client, f"{PAGE}/", name=name).location == f"{PAGE}/"
    assert "A group has a short name" in console.get(client, f"{PAGE}/").text
    if name.strip() and "/" not in name:
        console.post(client, f"{PAGE}/{name}/add", people=ENGLISH)
    assert not rows(console, FamilyTag)


def test_nobody_reaches_beyond_the_own_families(console: Console) -> None:
    console.post(console.signed_in("administrator"), f"{BUS}/add", people=f"{ENGLISH}\n{SPANISH}")
    kept = len(rows(console, FamilyTag))
    far = console.enter(console.account(Grant("administrator", console.school("Pecan"))))
    assert "Dana Carter" not in console.get(far, BUS).text
    assert "Bus 12" not in console.get(far, f"{PAGE}/").text
    console.post(far, f"{BUS}/add", people="Dana Carter", classes=a_class(console))
    console.post(far, f"{BUS}/remove", families=str(rows(console, FamilyTag)[0].family_id))
    assert len(rows(console, FamilyTag)) == kept


def test_a_teacher_groups_the_families_of_the_own_classes(console: Console) -> None:
    [teacher] = [one for one in rows(console, Staff) if one.source_id == _teacher_of(console)]
    client = console.enter(console.account(Grant("teacher"), staff_id=teacher.id))
    page = console.get(client, BUS).text
    mine = re.findall(r'name="classes" value="(\d+)"', page)
    assert mine
    console.post(client, f"{BUS}/add", classes=mine[0])
    assert rows(console, FamilyTag)


def _teacher_of(console: Console) -> str:
    """The sourcedId of somebody who teaches a class."""
    found = rows(console, classes.ClassTeacher)[0]
    return str(next(one.source_id for one in rows(console, Staff) if one.id == found.staff_id))
