"""The `ally` command. Each command has a file of its own, loaded only when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "run": "Start everything on this machine.",
    "doctor": "What is wrong with this installation, and the fix.",
    "golive": "From a fresh account to the first family: what is left to do.",
    "migrate": "Bring the database to the schema of this version.",
    "backup": "The whole database in one file.",
    "restore": "Make a backup the database; it sends nothing until armed.",
    "arm": "Let a restored system send again.",
    "disarm": "Send nothing until armed.",
    "chat": "Talk with the bot in this terminal.",
    "check": "Prove every flow in every language.",
    "flows": "The flow language: schema, differences.",
    "draw": "A flow as a diagram.",
    "catalogs": "Translations: update, coverage.",
    "translate": "Send texts to translators and take them back.",
    "district": "Check or load a district's folder.",
    "roster": "Check or load a roster.",
    "staff": "Who may sign in: invite, list, deactivate.",
    "token": "Other programs that may text families: create, list, revoke.",
    "broadcast": "Write to many families: draft, preview, send, watch.",
    "threads": "Who waits for a person.",
    "absences": "Children reported away.",
    "notices": "Staff who are not told yet.",
    "consent": "Opt-outs and opt-ins: write down, show.",
    "delivery": "What keeps texts from arriving, and numbers to mend.",
    "family": "All that is held for one number: show, erase.",
    "whatsapp": "Buttons, lists and templates: push, status.",
    "rights": "Facts about rights that somebody must look at.",
}
"""Command and what it does; the command is bot/cli/<command>.py"""


class _Commands(click.Group):
    """Knows its commands without loading them: `ally --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"bot.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands)
@click.version_option(package_name="ally")
def ally() -> None:
    """Ally: texts between immigrant families and the schools that serve them."""
