"""`ally chat`: talk with the bot in the terminal, as an invented parent of the demo district."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import click

from bot.cli.stage import build_stage
from bot.records import now
from bot.talk.acting import Protocol, have_met
from bot.talk.rehearsal import Rehearsal
from bot.talk.stage import NobodySuch, Stage
from bot.talk.written import NO_ANSWER, STRANGER, THE_END, Exchange, WrittenTalk, write_talk
from bot.words.phone import mask
from bot.words.segments import count
from bot.words.yaml_tree import FilesBroken

HELP = """Write as a parent would. Besides that:
  /step       where the conversation stands     /values   what it remembers
  /choices    what may be tapped                /tap X    tap the choice X
  /wait 3h    let time pass (m, h or d)         /picture  send a picture
  /close      the person at school has finished
  /quit       end"""
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@click.command()
@click.option(
    "--language", default="es", show_default=True, help="Talk as an invented parent of this language."
)
@click.option("--as", "who", help="Talk as this person of the demo roster (sourcedId).")
@click.option("--stranger", is_flag=True, help="Talk from a number that the school does not know.")
@click.option("--now", "moment", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="Begin at this time there.")
@click.option("--met", is_flag=True, help="As somebody who has texted before: no first-contact notice.")
@click.option("--fails", multiple=True, metavar="ACTION", help="Let an action of ours not work.")
@click.option("--steps", is_flag=True, help="Show after each answer where the conversation stands.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the talk as a test.")
@click.option("--about", default="", help="What the saved talk shows, in a sentence.")
def chat(
    *,
    language: str,
    who: str | None,
    stranger: bool,
    moment: datetime | None,
    met: bool,
    fails: tuple[str, ...],
    steps: bool,
    save: Path | None,
    about: str,
) -> None:
    """Talk with the bot in this terminal; nothing is sent and nothing is kept."""
    family = STRANGER if stranger else who or language
    with tempfile.TemporaryDirectory() as folder:
        stage = _stage(Path(folder))
        begun = (moment or now().astimezone(stage.zone)).replace(tzinfo=stage.zone)
        rehearsal = _rehearse(stage, family, begun, Path(folder) / "chat.db", fails)
        if met:
            have_met(rehearsal)
        talking = Talking(Protocol(rehearsal), shows_steps=steps)
        talking.run()
        talking.close()
    if save is not None and talking.protocol.exchanges:
        written = {
            "talk": about or "What this shows, in a sentence",
            "family": family,
            "language": talking.language or "en",
            "now": begun.replace(tzinfo=None, second=0, microsecond=0),
            "texted before": "yes" if met else "no",
            "fails": list(fails),
            "turns": talking.protocol.exchanges,
        }
        save.parent.mkdir(parents=True, exist_ok=True)
        save.write_text(write_talk(WrittenTalk.model_validate(written)), encoding="utf-8")
        click.echo(f"Written to {save}")


def _stage(folder: Path) -> Stage:
    try:
        return build_stage(folder)
    except FilesBroken as broken:
        raise click.ClickException(f"{len(broken.faults)} faults in flows or words:\n{broken}") from None


def _rehearse(stage: Stage, family: str, begun: datetime, copy: Path, fails: Sequence[str]) -> Rehearsal:
    try:
        return stage.rehearse(family, begun, copy, fails=fails)
    except NobodySuch as nobody:
        raise click.ClickException(str(nobody)) from None


@dataclass
class Talking:
    """One person at the keyboard."""

    protocol: Protocol
    shows_steps: bool = False
    language: str = field(default="", init=False)
    """What we wrote in after the first text"""

    @property
    def rehearsal(self) -> Rehearsal:
        """The phone that is played."""
        return self.protocol.rehearsal

    def run(self) -> None:
        """Take line after line until there are no more."""
        if sys.stdin.isatty():
            click.echo(f"You are {mask(self.rehearsal.number)}. {HELP}\n")
        with click.open_file("-", encoding="utf-8") as typed:
            self._take_all(typed)

    def _take_all(self, typed: IO[str]) -> None:
        for line in typed:
            words = line.strip()
            if words == "/quit":
                break
            if words:
                self._take(words)

    def close(self) -> None:
        """Let go of the database."""
        self.rehearsal.talk.db.close()

    def _take(self, words: str) -> None:
        if not sys.stdin.isatty():
            click.secho(f"> {words}", fg="cyan")
        told = self._told(words)
        if told is not None:
            click.echo(f"{told}\n")
            return
        exchange = self._meant(words)
        if exchange is None:
            click.echo(f"{HELP}\n")
            return
        self._show(self.protocol.act(exchange))
        contact = self.rehearsal.contact()
        self.language = self.language or (contact.language if contact else None) or ""

    def _told(self, words: str) -> str | None:
        """What is asked about the talk itself, None where it is something that happens in it."""
        if words == "/step":
            return f"({self.rehearsal.stands_at() or 'nothing is asked'})"
        if words == "/values":
            return f"({dict(self.rehearsal.state().values)})"
        if words == "/choices":
            return "\n".join(f"({one.value}) {one.label}" for one in self.rehearsal.offers()) or "(none)"
        return None

    def _meant(self, words: str) -> Exchange | None:
        """What happens; None for a command that nobody knows."""
        command, _, rest = words.partition(" ")
        if not words.startswith("/"):
            return _exchange({"they say": words})
        if command == "/close":
            return _exchange({"the person closes": "yes"})
        if command == "/picture":
            return _exchange({"they send": "picture"})
        if command == "/wait" and (period := _period(rest)):
            return _exchange({"time passes": period})
        labels = {one.value: one.label for one in self.rehearsal.offers()}
        if command == "/tap" and rest in labels:
            return _exchange({"they say": labels[rest], "they tap": f"{self.rehearsal.stands_at()}/{rest}"})
        return None

    def _show(self, exchange: Exchange) -> None:
        for answer in exchange.we_say or [NO_ANSWER]:
            click.echo(answer)
            if answer != NO_ANSWER:
                size = count(answer)
                click.secho(f"  [{size.segments} x {size.encoding}]", dim=True)
        if self.shows_steps:
            click.secho(f"  ({exchange.at}, {self.language or '?'})", dim=True)
        click.echo()


def _exchange(happening: dict[str, object]) -> Exchange:
    """Something that happens; what follows from it is not known yet."""
    return Exchange.model_validate({**happening, "we say": NO_ANSWER, "at": THE_END})


def _period(said: str) -> timedelta | None:
    amount, unit = said[:-1], _UNITS.get(said[-1:])
    return timedelta(**{unit: int(amount)}) if unit and amount.isdecimal() else None
