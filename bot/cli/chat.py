"""`ally chat`: talk with the bot in the terminal, as an invented parent of the demo district."""

import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from bot.outbox.doorbell import NoDoorbell
from bot.school.district import DEMO, load_district, read_district
from bot.settings import Settings
from bot.store.migrations import upgrade
from bot.store.vault import new_key
from bot.talk.rehearsal import Rehearsal, SetClock
from bot.wiring import build, now
from bot.words.phone import mask
from bot.words.segments import count
from bot.words.yaml_tree import FilesBroken

STRANGER = "+15125550199"
HELP = """Write as a parent would. Besides that:
  /step      where the conversation stands     /values   what it remembers
  /wait 3h   let time pass (m, h or d)         /close    the person at school has finished
  /quit      end"""


@click.command()
@click.option(
    "--language", default="es", show_default=True, help="Talk as an invented parent of this language."
)
@click.option("--stranger", is_flag=True, help="Talk from a number that the school does not know.")
def chat(language: str, *, stranger: bool) -> None:
    """Talk with the bot in this terminal; nothing is sent and nothing is kept."""
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = _rehearsal(Path(folder), STRANGER if stranger else _number_of(language))
        if sys.stdin.isatty():
            click.echo(f"You are {mask(rehearsal.number)}. {HELP}\n")
        for line in click.get_text_stream("stdin"):
            words = line.rstrip("\n")
            if words == "/quit":
                break
            if words.strip():
                _show(words, _said(rehearsal, words))


def _rehearsal(folder: Path, number: str) -> Rehearsal:
    settings = Settings.model_validate(
        {
            "DATABASE_URL": f"sqlite:///{folder / 'chat.db'}",
            "ALLY_KEYS": new_key(),
            "ALLY_FINGERPRINT_KEY": new_key(),
            "ALLY_NUMBER": "+15125550100",
            "ALLY_PROGRAM": "Ally, Cedar Valley Schools",
        }
    )
    clock = SetClock(now())
    try:
        bot = build(settings, clock=clock)
    except FilesBroken as broken:
        raise click.ClickException(f"{len(broken.faults)} faults in flows or words:\n{broken}") from None
    upgrade(bot.db)
    load_district(bot.db, bot.vault, DEMO, clock)
    return Rehearsal(replace(bot.talk, queue=NoDoorbell()), clock, number)


def _number_of(language: str) -> str:
    people = read_district(DEMO).roster.guardians.values()
    numbers = [person.number for person in people if person.language == language and person.number]
    if not numbers:
        known = ", ".join(sorted({person.language for person in people if person.language}))
        raise click.ClickException(f"No invented parent speaks `{language}`. There are: {known}.")
    return numbers[0]


def _said(rehearsal: Rehearsal, words: str) -> list[str]:
    command, _, rest = words.partition(" ")
    if command == "/wait":
        unit = {"m": "minutes", "h": "hours", "d": "days"}.get(rest[-1:], "hours")
        amount = "".join(char for char in rest if char.isdigit()) or "1"
        return rehearsal.time_passes(timedelta(**{unit: int(amount)}))
    if command == "/close":
        return rehearsal.person_closes()
    if command == "/step":
        return [f"({rehearsal.stands_at() or 'nothing is asked'})"]
    if command == "/values":
        return [f"({dict(rehearsal.state().values)})"]
    return rehearsal.they_say(words)


def _show(words: str, answers: list[str]) -> None:
    if not sys.stdin.isatty():
        click.secho(f"> {words}", fg="cyan")
    for answer in answers or ["(no answer)"]:
        size = count(answer)
        click.echo(answer)
        if not answer.startswith("("):
            click.secho(f"  [{size.segments} x {size.encoding}]", dim=True)
    click.echo()
