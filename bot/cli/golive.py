"""`ally golive`: from a fresh Twilio account to the first family; looks at every step anew, each time."""

from typing import Final

import click

from bot.cli.live import registration, steps
from bot.cli.with_bot import open_bot, with_bot
from bot.examine.finding import Finding, State
from bot.flow.state import Value
from bot.store import schools
from bot.wiring import Bot

_SIGNS: Final[dict[State, tuple[str, str]]] = {
    "ok": ("done    ", "green"),
    "warning": ("look    ", "yellow"),
    "broken": ("TO DO   ", "red"),
}


@click.group(invoke_without_command=True)
@click.pass_context
def golive(context: click.Context) -> None:
    """Walk through everything that texting real families needs; changes nothing.

    Ends with 1 while something is to be done. docs/going-live.md tells of each step at length.
    """
    if context.invoked_subcommand is None:
        _walk()


def _walk() -> None:
    bot = open_bot()
    try:
        left = 0
        for place, step in enumerate(steps.steps(bot.settings, bot.db), 1):
            click.secho(f"{place}. {step.title}", bold=True)
            found = steps.look(step)
            left += sum(one.state == "broken" for one in found)
            for finding in found:
                _show(finding)
    finally:
        bot.close()
    click.echo("\nFamilies can text." if not left else f"\n{left} to do. Then: ally golive")
    if left:
        raise SystemExit(1)


def _show(finding: Finding) -> None:
    sign, colour = _SIGNS[finding.state]
    click.echo(f"   {click.style(sign, fg=colour)}{finding.about}: {finding.says}")
    if finding.fix:
        click.echo(f"           -> {finding.fix}")


@golive.command("texts")
@with_bot
def texts(bot: Bot) -> None:
    """What the registration asks for, from our own flows and catalogs: copy it into Twilio's form."""
    faults = 0
    for entry in registration.entries(bot.library.book, bot.settings.program, _known(bot)):
        click.secho(f"{entry.name} ({len(entry.text)} characters)", bold=True)
        # Long lines stay whole: they are copied into a form.
        click.echo(f"{entry.text}\n")
        if entry.fault:
            faults += 1
            click.secho(f"{entry.fault}\n", fg="red")
    click.echo("Read it before you hand it in: where families opt in must be true of your schools.")
    if faults:
        raise SystemExit(1)


def _known(bot: Bot) -> dict[str, Value]:
    """Program and first school, as families read them."""
    known: dict[str, Value] = {"program.name": bot.settings.program}
    with bot.db.read() as session:
        every = schools.every_school(session)
    if every:
        known |= {"school.name": every[0].name, "school.phone": {"phone": every[0].phone}}
    return known
