"""`ally token`: other programs that text families in somebody's name; each token is shown once."""

from typing import Final

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.with_bot import desk_of, with_records
from bot.people import api_tokens
from bot.people.access import Who
from bot.people.api_tokens import LASTS, MAKERS, READ, SCOPES, SEND, NotAllowed, Wanted
from bot.people.desk import email_hash, who_of
from bot.records import Records
from bot.store import accounts, schools

_MAY: Final = {"read": READ, "send": SEND}
assert set(_MAY.values()) == set(SCOPES)
_LONGEST: Final = 80


@click.group()
def token() -> None:
    """Tokens of the HTTP API: they open what an account may do, and end with it."""


@token.command()
@click.argument("name")
@click.option("--as", "email", required=True, help="E-mail of the account in whose name the program writes.")
@click.option("--may", multiple=True, required=True, type=click.Choice(list(_MAY)), help="May be repeated.")
@click.option(
    "--school", "school_ids", multiple=True, help="sourcedId of a school; without: wherever it may."
)
@click.option("--days", type=click.Choice([str(one) for one in LASTS]), default="90", show_default=True)
@with_records
def create(
    here: Records, name: str, email: str, may: tuple[str, ...], school_ids: tuple[str, ...], days: str
) -> None:
    """Make a token for the program NAME. The token alone goes to standard output, this once."""
    if not name.strip() or len(name) > _LONGEST:
        raise click.BadParameter(f"write a name of 1 to {_LONGEST} letters", param_hint="NAME")
    who = _account(here, email)
    wanted = Wanted(
        name.strip(), tuple({_MAY[one]: 1 for one in may}), _schools(here, who, school_ids), int(days)
    )
    try:
        made = api_tokens.make(desk_of(here), who, wanted, by_command=True)
    except NotAllowed:
        roles = ", ".join(MAKERS)
        raise click.BadParameter(
            f"{who.name} has no role that writes to families: {roles}", param_hint="--as"
        ) from None
    click.echo(
        f"This is shown once. It ends in {days} days. Keep it where the program alone reads it.", err=True
    )
    click.echo(made)


@token.command("list")
@with_records
def list_tokens(here: Records) -> None:
    """Tokens that stand, without their secrets."""
    found = api_tokens.listed(desk_of(here), None)
    if not found:
        click.echo("None. Make one: ally token create NAME --as EMAIL --may send")
        return
    with here.db.read() as session:
        names = {one.id: one.name for one in schools.every_school(session)}
    table = Table("id", "program", "begins", "in the name of", "may", "schools", "last used", "ends (UTC)")
    for one in found:
        at = ", ".join(names.get(id_, str(id_)) for id_ in one.schools) if one.schools else "all of theirs"
        used = f"{one.used_at:%Y-%m-%d}" if one.used_at else "never"
        cells = (one.name, one.prefix, one.owner, "\n".join(one.scopes), at)
        table.add_row(str(one.id), *map(escape, cells), used, f"{one.expires_at:%Y-%m-%d}")
    Console().print(table)


@token.command()
@click.argument("token_id", type=int)
@with_records
def revoke(here: Records, token_id: int) -> None:
    """End a token at once, by the id that `list` shows."""
    try:
        done = api_tokens.revoke(desk_of(here), None, token_id)
    except NotAllowed:
        raise click.ClickException("There is no token with this id. `ally token list` shows all.") from None
    click.echo("It opens nothing any more." if done else "It had ended before.")


def _account(here: Records, email: str) -> Who:
    with here.db.read() as session:
        account = accounts.by_email(session, email_hash(here.vault, email))
        if account is None or account.id is None or account.state != "active":
            raise click.BadParameter(
                "no open account has this address; `ally staff list` shows all", param_hint="--as"
            )
        return who_of(here.vault, account, accounts.grants_of(session, [account.id])[account.id])


def _schools(here: Records, who: Who, source_ids: tuple[str, ...]) -> frozenset[int] | None:
    if not source_ids:
        return None
    mine = api_tokens.places(who)
    with here.db.read() as session:
        every = {one.source_id: one.id or 0 for one in schools.every_school(session)}
    known = {name: one for name, one in every.items() if mine is None or one in mine}
    if unknown := sorted(set(source_ids) - set(known)):
        there = ", ".join(known) or "none"
        raise click.BadParameter(
            f"no school of this account is called {', '.join(unknown)}. There are: {there}",
            param_hint="--school",
        )
    return frozenset(known[one] for one in source_ids)
