"""The administrator of the demo: `ally run` prints a fresh link to the account until somebody takes it."""

from typing import Final

from bot.cli.with_bot import desk_of
from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.desk import email_hash
from bot.people.staff_accounts import Invited
from bot.store import accounts
from bot.wiring import Bot

EMAIL: Final = "administrator@demo.example"
NAME: Final = "Demo Administrator"


def demo_invitation(bot: Bot) -> str | None:
    """The link; None where texts are real, where the school is one's own, or where it was taken."""
    if not bot.settings.is_local_carrier or bot.settings.district is not None:
        return None
    with bot.db.read() as session:
        every = accounts.every(session)
        mine = accounts.by_email(session, email_hash(bot.vault, EMAIL))
    desk = desk_of(bot)
    if not every:
        _, token = staff_accounts.invite(desk, None, Invited(NAME, EMAIL, (Grant("administrator"),)))
    elif mine is not None and mine.id is not None and mine.state == "invited":
        token = staff_accounts.invite_again(desk, None, mine.id)
    else:
        return None
    return f"{bot.settings.public_url.rstrip('/')}/staff/link/{token}"
