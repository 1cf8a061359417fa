"""The `ally` command: each of its commands has a file of its own."""

import click

from bot.cli.catalogs import catalogs
from bot.cli.chat import chat
from bot.cli.check import check
from bot.cli.district import district
from bot.cli.roster import roster
from bot.cli.run import run
from bot.cli.threads import threads


@click.group()
@click.version_option(package_name="ally")
def ally() -> None:
    """Ally: texts between immigrant families and the schools that serve them."""


for _command in (run, chat, check, catalogs, district, roster, threads):
    ally.add_command(_command)
