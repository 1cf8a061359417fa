"""The time zone that a page tells its times in: of the first school of whoever reads it."""

from flask import current_app

from bot.people.access import ROLES
from bot.store import schools
from bot.web.bot_of import bot_of
from bot.web.console.visits import look_up_visit


def zone_here() -> str | None:
    """IANA; None where there is no school yet: UTC."""
    visit = look_up_visit()
    mine = visit.who.schools(ROLES) if visit is not None else None
    with bot_of(current_app).db.read() as session:
        every = schools.every_school(session)
    here = [one for one in every if mine is None or one.id in mine] or every
    return here[0].zone if here else None
