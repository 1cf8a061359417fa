"""A liaison's phone between one family and many: what is for whom, and nothing to a family by mistake."""

import re

from sqlmodel import select

from bot.people import own_phone, staff_accounts
from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited
from bot.store import accounts
from bot.store.schools import Staff
from tests.fixtures.installation import ENGLISH, Installation
from tests.talk.test_by_phone import ORTIZ, asks, persons_texts, says


def joined(house: Installation) -> None:
    """The liaison signs in, too."""
    desk = Desk(house.bot.db, house.bot.vault, house.bot.clock)
    with house.bot.db.read() as session:
        staff_id = session.exec(select(Staff.id).where(Staff.source_id == "staff-ortiz")).one()
    told = Invited("Ms. Ortiz", "ortiz@school.example", (Grant("liaison"),), staff_id=staff_id)
    account_id, _ = staff_accounts.invite(desk, None, told)
    with house.bot.db.write() as session:
        account = accounts.locked(session, account_id)
        assert account is not None
        account.state = "active"
    own_phone.enrol(desk, None, account_id, ORTIZ)


def test_while_a_family_waits_only_what_is_clearly_for_many_is_an_order(house: Installation) -> None:
    joined(house)
    mark = asks(house)
    assert "Whose families?" not in says(house, "picture day tomorrow")
    assert persons_texts(house) == ["picture day tomorrow"]
    said = says(house, "grade 3 picture day tomorrow")
    assert re.search(r"answer [A-Z0-9]{6} within 10 minutes", said)
    assert said.endswith(f"To answer one family, begin with its mark: #{mark}")
    assert says(house, f"#{mark} grade 3 starts at 8").count("answer") <= 1
    assert persons_texts(house)[1:] == ["grade 3 starts at 8"]
    assert persons_texts(house, ENGLISH) == persons_texts(house)
