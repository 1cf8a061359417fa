"""A broadcast as a terminal shows it: its preview, how far it is, the list, and why something was refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.broadcast import refused
from bot.broadcast.audience import UNKNOWN
from bot.broadcast.preview import Preview
from bot.broadcast.progress import Progress
from bot.broadcast.refused import Refused
from bot.broadcast.sending import Sent
from bot.store.broadcasts import Broadcast
from bot.words.locales import language_name

_TO_DO: Final[Mapping[type[Refused], str]] = {
    refused.EmptyAudience: "Choose others: `ally broadcast draft --to ...`.",
    refused.OutOfReach: "`ally staff list` shows what an account may do; teachers need `ally staff link`.",
    refused.NotYours: "`ally broadcast list` shows those there are.",
    refused.NotDraft: "`ally broadcast list` shows what became of it.",
    refused.Changed: "Look again: `ally broadcast preview`, then send with its token.",
    refused.TooLong: "Say less.",
    refused.NoText: "Give it words: ally broadcast change --text en WORDS.",
    refused.NoDate: "Say which: --day 2026-12-04.",
    refused.MissingText: "ally broadcast change: --text for each, or --missing all wait (or english).",
    refused.NoTime: "Write --at '2026-12-04 08:00', and a rule as FREQ=WEEKLY;BYDAY=MO.",
    refused.InPast: "Choose a later time.",
    refused.InQuietHours: "Choose a time between these: --at '2026-12-04 08:00'.",
    refused.NeedsApproval: "A second person agrees in the staff pages, under Broadcasts.",
}
_STATES: Final[Mapping[str, str]] = {
    "running": "It goes out now. Watch it: ally broadcast watch",
    "scheduled": "It is planned for {at}.",
    "series": "It repeats; the first time is {at}.",
    "waiting_approval": "It waits: a second person agrees in the staff pages. Until then nothing goes out.",
}


def refusal(error: Refused) -> str:
    """What is wrong, and what to do."""
    words = str(error)
    if isinstance(error, refused.MissingText):
        words = f"No text in {', '.join(map(_language, error.languages))}"
    to_do = next((said for kind, said in _TO_DO.items() if isinstance(error, kind)), "")
    return f"{words[:1].upper()}{words[1:].rstrip('.')}. {to_do}".strip()


def preview(found: Preview, *, is_draft: bool, local: str) -> None:
    """Each language with its text, then the sums, then what stands in the way or the token."""
    out = Console()
    table = Table("language", "text", "phones", "first text", "segments", "encoding", "about US$")
    for line in found.lines:
        choice = f", gets {line.choice}" if line.choice == "english" else ""
        state = f"{line.state}{', waits for a translator' if line.waits else choice}"
        cells = (_language(line.language), state, line.recipients, line.new, line.segments or "-")
        encoding = line.encoding if line.body else "-"
        table.add_row(*map(str, cells), encoding, f"{line.micros / 1_000_000:.2f}")
    out.print(table)
    for line in found.lines:
        if line.body:
            out.print(f"[bold]{_language(line.language)}[/]\n{escape(line.body)}\n")
    counted = found.counted
    click.echo(f"{counted.families} families, {counted.contacts} phones, {found.segments} segments.")
    if left_out := {reason: number for reason, number in counted.left_out.items() if number}:
        said = ", ".join(f"{number} {reason.replace('_', ' ')}" for reason, number in left_out.items())
        click.echo(f"Left out: {said}.")
    click.echo(
        f"About US$ {found.micros / 1_000_000:.2f}." + (f" The last goes out {local}." if local else "")
    )
    if found.place.is_spread:
        click.echo(f"A time is each school's own; they are in {', '.join(found.place.zones)}.")
    if found.needs_approval:
        click.echo("So many need a second person, who agrees in the staff pages.")
    for problem in found.problems:
        click.echo(f"Not yet: {refusal(problem)}")
    if is_draft and not found.problems:
        click.echo(f"Send exactly this: ally broadcast send {found.broadcast_id} --token {found.token}")
    elif is_draft:
        click.echo(f"Draft {found.broadcast_id} is kept.")


def sent(one: Sent) -> str:
    """What became of it."""
    at = f"{one.starts_at:%Y-%m-%d %H:%M} UTC" if one.starts_at else ""
    words = _STATES.get(one.state, f"It is {one.state}.").format(at=at)
    return words if one.is_new else f"It was sent before, once; nothing was sent again. {words}"


def line(found: Progress) -> str:
    """How far it is, in one line."""
    states = ", ".join(f"{number} {state}" for state, number in sorted(found.by_state.items()) if number)
    reason = f" ({found.reason})" if found.reason else ""
    return f"{found.state}{reason}: {found.share:.0%} of {found.recipients} phones. {states}".rstrip(". ")


def progress(found: Progress) -> None:
    """By language and state, with the reasons of those who got nothing."""
    states = [state for state, number in found.by_state.items() if number]
    if states:
        table = Table("language", *states)
        for language, numbers in sorted(found.by_language.items()):
            table.add_row(_language(language), *(str(numbers.get(state, 0)) for state in states))
        Console().print(table)
    for reason, number in sorted(found.reasons.items()):
        click.echo(f"{number} got nothing: {reason.replace('_', ' ')}.")
    if found.replies:
        click.echo(f"{found.replies} families answered: see Questions in the staff pages.")


def rows(found: Sequence[Broadcast], titles: Mapping[int, str]) -> None:
    """The list."""
    table = Table("id", "what", "state", "sent (UTC)", "phones")
    for row in found:
        at = f"{row.sent_at:%Y-%m-%d %H:%M}" if row.sent_at else "-"
        phones = str((row.counts or {}).get("contacts", "-"))
        table.add_row(str(row.id), escape(titles[row.id or 0]) or "-", row.state, at, phones)
    Console().print(table)


def local(moment: datetime, zone: str) -> str:
    """A moment in the school's time."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"


def _language(code: str) -> str:
    return "not known" if code == UNKNOWN else language_name(code, "en")
