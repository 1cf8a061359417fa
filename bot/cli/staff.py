"""`ally staff`: who may sign in to the console; makes the first administrator."""

import click
from rich.console import Console
from rich.table import Table

from bot.cli.with_bot import desk_of, with_bot
from bot.people import own_phone, staff_accounts
from bot.people.access import ROLES, Grant
from bot.people.desk import email_hash, who_of
from bot.people.staff_accounts import AlreadyThere, Invited
from bot.store import accounts, schools
from bot.store.accounts import EMAIL
from bot.talk import staff_links
from bot.talk.notice_words import Words
from bot.wiring import Bot
from bot.words.email_address import is_email
from bot.words.phone import to_e164


@click.group()
def staff() -> None:
    """Accounts for the pages of staff."""


@staff.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues know the person.")
@click.option("--role", type=click.Choice(ROLES), default="administrator", show_default=True)
@click.option("--school", "school_ids", multiple=True, help="sourcedId of a school; without: the district.")
@click.option("--text", help="Mobile number for links, where there is no mail server.")
@click.option("--language", default="en", show_default=True, help="Language of the pages.")
@with_bot
def invite(
    bot: Bot, email: str, name: str, role: str, school_ids: tuple[str, ...], text: str | None, language: str
) -> None:
    """Invite somebody, or send the invitation again to who has not taken it."""
    if not is_email(email):
        raise click.ClickException("That is not an e-mail address.")
    number = to_e164(text) if text else None
    if text and number is None:
        raise click.ClickException("That is not a telephone number. Write it as +15125550123.")
    grants = tuple(Grant(role, school) for school in _schools(bot, school_ids))
    invited = Invited(name, email, grants, language=language, text=number)
    account_id, token = _made(bot, invited)
    url = f"{bot.settings.public_url.rstrip('/')}/staff/link/{token}"
    if _sent(bot, account_id, url):
        click.echo("The invitation is on its way. It works for 7 days.")
    else:
        click.echo(f"Hand this link over; it works once, within 7 days:\n\n  {url}\n")


@staff.command("list")
@with_bot
def list_staff(bot: Bot) -> None:
    """Everybody who may sign in, or might."""
    with bot.db.read() as session:
        every = accounts.every(session)
        grants = accounts.grants_of(session, [account.id or 0 for account in every])
        names = {school.id: school.name for school in schools.every_school(session)}
    if not every:
        click.echo("Nobody yet. The first: ally staff invite EMAIL --name NAME")
        return
    table = Table("account", "name", "e-mail", "roles", "state", "second factor")
    for account in every:
        who = who_of(bot.vault, account, grants[account.id or 0])
        roles = [f"{one.role}, {names.get(one.school_id, 'every school')}" for one in who.grants]
        email = bot.vault.open(account.email, EMAIL)
        factor = "set" if account.totp else "-"
        table.add_row(str(account.id), who.name, email, "\n".join(roles), account.state, factor)
    Console().print(table)


@staff.command()
@click.argument("email")
@with_bot
def deactivate(bot: Bot, email: str) -> None:
    """Close an account at once; everywhere it is signed out."""
    staff_accounts.deactivate(desk_of(bot), None, _account_id(bot, email))
    click.echo("Closed.")


@staff.command()
@click.argument("email")
@click.argument("source_id", required=False)
@with_bot
def link(bot: Bot, email: str, source_id: str | None) -> None:
    """Say who of the roster an account is, by sourcedId; without one: nobody. Teachers need it."""
    account_id = _account_id(bot, email)
    with bot.db.read() as session:
        people = {one.source_id: one.id for one in schools.staff_at(session, "")}
    if source_id is not None and source_id not in people:
        raise click.ClickException("Nobody at a school of the roster has this sourcedId.")
    staff_accounts.set_person(desk_of(bot), None, account_id, people[source_id] if source_id else None)
    click.echo("Linked." if source_id else "Not linked any more.")


@staff.command()
@click.argument("email")
@click.argument("number", required=False)
@with_bot
def phone(bot: Bot, email: str, number: str | None) -> None:
    """Enrol the phone somebody may write from; without a number: none. Teachers write to families by it."""
    account_id = _account_id(bot, email)
    try:
        own_phone.enrol(desk_of(bot), None, account_id, number)
    except own_phone.NoNumber:
        raise click.ClickException("That is not a telephone number. Write it as +15125550123.") from None
    except own_phone.OthersPhone:
        raise click.ClickException("That phone is somebody else's here: one phone, one person.") from None
    click.echo("Enrolled." if number else "No phone any more.")


def _account_id(bot: Bot, email: str) -> int:
    with bot.db.read() as session:
        account = accounts.by_email(session, email_hash(bot.vault, email))
    if account is None or account.id is None:
        raise click.ClickException("Nobody has this address. `ally staff list` shows all.")
    return account.id


def _schools(bot: Bot, source_ids: tuple[str, ...]) -> list[int | None]:
    with bot.db.read() as session:
        known = {school.source_id: school.id for school in schools.every_school(session)}
    if unknown := sorted(set(source_ids) - set(known)):
        raise click.ClickException(
            f"No school is called {', '.join(unknown)}. There are: {', '.join(known)}."
        )
    return [known[one] for one in source_ids] or [None]


def _made(bot: Bot, invited: Invited) -> tuple[int, str]:
    desk = desk_of(bot)
    try:
        return staff_accounts.invite(desk, None, invited)
    except AlreadyThere:
        with bot.db.read() as session:
            account = accounts.by_email(session, email_hash(bot.vault, invited.email))
    if account is None or account.id is None or account.state != "invited":
        raise click.ClickException("Somebody with this address may sign in already (`ally staff list`).")
    return account.id, staff_accounts.invite_again(desk, None, account.id)


def _sent(bot: Bot, account_id: int, url: str) -> bool:
    with bot.db.read() as session:
        account = accounts.by_id(session, account_id)
    subject = f"{bot.settings.program}: your invitation"
    lead = "You are invited to the staff pages. Set your password within 7 days:"
    words = Words(f"{subject}. {lead} {url}", subject, f"{lead}\n\n{url}\n")
    return account is not None and staff_links.send(bot.talk, account, words)
