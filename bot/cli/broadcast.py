"""`ally broadcast`: the school writes to many from a terminal, as one named account and within its reach."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final, cast

import click

from bot.broadcast import audience, drafts, progress, sending, templates
from bot.broadcast import preview as previews
from bot.broadcast.audience import SENDERS, Audience
from bot.broadcast.drafts import Change, Choice, Written
from bot.broadcast.order_offer import URGENT
from bot.broadcast.order_reading import Order, Reader, Which
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import Refused
from bot.broadcast.sending import Order as When
from bot.cli import broadcast_shown as shown
from bot.cli.with_bot import with_bot, with_records
from bot.flow.book import Book
from bot.people.access import Who
from bot.people.desk import email_hash, who_of
from bot.records import Records
from bot.store import accounts, audit
from bot.store.audit import Deed
from bot.store.broadcast_moves import TITLE
from bot.wiring import Bot, broadcasting_of
from bot.words.locales import LOCALES

BY_COMMAND: Final = "broadcast_by_command"
_LOOK: Final = 2.0
"""Seconds between two looks of `watch`"""
_STILL: Final = ("running", "scheduled", "waiting_approval", "series")
_as = click.option("--as", "email", required=True, help="E-mail of the account that writes.")
_id = click.argument("broadcast_id", type=int)


@click.group()
def broadcast() -> None:
    """Write to many families: draft, preview, send with the preview's token, watch."""


@broadcast.command()
@_as
@click.option("--to", "whom", required=True, help='As by text: "3B", "3B and 4A", "grade 3", "ALL".')
@click.option("--in", "languages", multiple=True, help="Only who reads this language; may be repeated.")
@click.option("--template", help="Name of a template, e.g. picture_day; then --set what it asks for.")
@click.option("--set", "values", nargs=2, multiple=True, metavar="NAME VALUE", help="day 2026-12-04")
@click.option("--text", "texts", nargs=2, multiple=True, metavar="LANGUAGE TEXT", help='en "Bring a coat."')
@click.option("--missing", nargs=2, multiple=True, metavar="LANGUAGE wait|english", help="Or: all wait.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day that {date} stands for.")
@click.option("--title", default="", help="What you call it; families do not see it.")
@with_bot
def draft(bot: Bot, /, email: str, whom: str, **told: Any) -> None:
    """Begin a draft and show its preview; nothing is sent."""
    who = _account(bot, email)
    with _refusals(), bot.db.write() as session:
        meant = _whom(Reader(audience.choices(session, audience.reach_of(session, who))), whom)
        change = _change(bot, meant.model_copy(update={"languages": frozenset(told["languages"])}), told)
        draft_id = drafts.create(session, bot.broadcasting, who, change, template=told["template"])
    _show(bot, who, draft_id)


@broadcast.command()
@_as
@_id
@click.option("--to", "whom", help="Others than before, as in `draft`.")
@click.option("--text", "texts", nargs=2, multiple=True, metavar="LANGUAGE TEXT", help="New words.")
@click.option("--missing", nargs=2, multiple=True, metavar="LANGUAGE wait|english", help="Or: all wait.")
@with_bot
def change(bot: Bot, /, email: str, broadcast_id: int, whom: str | None, **told: Any) -> None:
    """Change a draft and show its preview."""
    who = _account(bot, email)
    with _refusals(), bot.db.write() as session:
        held = drafts.read(session, bot.broadcasting, who, broadcast_id)
        reader = Reader(audience.choices(session, audience.reach_of(session, who)))
        changed = Change(
            audience=_whom(reader, whom) if whom else None,
            texts={language: Written(text) for language, text in _known(told["texts"])} or None,
            missing={**held.missing, **_choices(told["missing"])},
        )
        drafts.change(session, bot.broadcasting, who, broadcast_id, changed)
    _show(bot, who, broadcast_id)


@broadcast.command()
@_as
@_id
@with_bot
def preview(bot: Bot, email: str, broadcast_id: int) -> None:
    """What would go out now: each language, how many, the price; and the token that sends exactly this."""
    _show(bot, _account(bot, email), broadcast_id)


@broadcast.command()
@_as
@_id
@click.option("--token", required=True, help="Of the preview that you looked at.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="The school's time; without: now.")
@click.option("--rule", help="RRULE of RFC 5545, with --at for the first: FREQ=WEEKLY;BYDAY=MO")
@click.option("--canary", type=click.IntRange(min=1), help="To so many first; then it waits for `resume`.")
@click.option("--hours", type=click.IntRange(1, 168), default=24, show_default=True, help="Then it expires.")
@with_bot
def send(bot: Bot, /, email: str, broadcast_id: int, token: str, hours: int, **when: Any) -> None:
    """Let a draft go out as its preview showed it; asked twice, it goes out once."""
    who = _account(bot, email)
    order = When(at=when["at"], rule=when["rule"], canary=when["canary"], lives=timedelta(hours=hours))
    with _refusals(), bot.db.write() as session:
        sent = sending.send(session, bot.broadcasting, who, broadcast_id, token, order)
        if sent.is_new:
            deed = Deed(BY_COMMAND, who.account_id, f"broadcast:{broadcast_id}")
            audit.append(session, bot.vault, bot.clock(), deed)
    bot.bell.ring("chores")
    click.echo(shown.sent(sent))


@broadcast.command()
@_as
@_id
@click.option("--once", is_flag=True, help="One look, for scripts.")
@with_records
def watch(here: Records, email: str, broadcast_id: int, once: bool) -> None:  # noqa: FBT001
    """How far it is, again and again until it is over; Ctrl-C ends the watching, not the sending."""
    who, before = _account(here, email), ""
    while True:
        with _refusals(), here.db.read() as session:
            found = progress.progress(session, _without_words(here), who, broadcast_id)
        if (line := shown.line(found)) != before:
            click.echo(line)
        before = line
        if once or found.state not in _STILL:
            shown.progress(found)
            return
        time.sleep(_LOOK)


@broadcast.command("list")
@_as
@with_records
def list_broadcasts(here: Records, email: str) -> None:
    """Yours and those of your schools, latest first."""
    who = _account(here, email)
    with here.db.read() as session:
        mine = list(progress.mine(session, who))
        own = {row.id for row in mine}
        rows = mine + [row for row in progress.visible(session, who) if row.id not in own]
        titles = {row.id or 0: here.vault.open(row.title, TITLE) if row.title else "" for row in rows}
    if not rows:
        click.echo("Nothing yet. Begin: ally broadcast draft --as EMAIL --to 3B --text en WORDS")
        return
    shown.rows(rows, titles)


@broadcast.command()
@_as
@_id
@with_records
def pause(here: Records, email: str, broadcast_id: int) -> None:
    """Let nothing more of it be handed over, within two seconds."""
    with _refusals(), here.db.write() as session:
        done = sending.pause(session, _without_words(here), _account(here, email), broadcast_id)
    _said(done=done, yes="Paused. Go on: ally broadcast resume", no="It is not going out just now.")


@broadcast.command()
@_as
@_id
@with_records
def resume(here: Records, email: str, broadcast_id: int) -> None:
    """Go on, also after a canary."""
    with _refusals(), here.db.write() as session:
        done = sending.resume(session, _without_words(here), _account(here, email), broadcast_id)
    for lane in ("chores", "broadcasts"):
        here.bell.ring(lane)
    _said(done=done, yes="It goes on.", no="It is not held: nothing to let go on.")


@broadcast.command()
@_as
@_id
@with_records
def cancel(here: Records, email: str, broadcast_id: int) -> None:
    """End it for good; what was handed over cannot be taken back."""
    with _refusals(), here.db.write() as session:
        done = sending.cancel(session, _without_words(here), _account(here, email), broadcast_id)
    _said(done=done, yes="Cancelled.", no="It is over already, or still a draft.")


def _account(here: Records, email: str) -> Who:
    with here.db.read() as session:
        account = accounts.by_email(session, email_hash(here.vault, email))
        if account is None or account.id is None or account.state != "active":
            raise click.ClickException("No open account has this address. `ally staff list` shows all.")
        who = who_of(here.vault, account, accounts.grants_of(session, [account.id])[account.id])
    if not who.may(SENDERS):
        raise click.ClickException(f"{who.name} has no role that writes to families: {', '.join(SENDERS)}.")
    return who


def _whom(reader: Reader, written: str) -> Audience:
    """The audience in the words of an order by text. Raises click.ClickException with what there is."""
    read = reader.read(written)
    if isinstance(read, Order) and not read.words:
        return read.meant.audience
    if isinstance(read, Which):
        raise click.ClickException(f"Several are called so: {'; '.join(one.label for one in read.options)}.")
    names = ", ".join(one.label for one in reader.classes[:20])
    raise click.ClickException(
        f'--to is not understood. Write a class ("3B and 4A"), "grade 3", a school or "ALL". '
        f"Classes here: {names or 'none'}."
    )


def _change(bot: Bot, meant: Audience, told: dict[str, Any]) -> Change:
    texts = _filled(bot, told["template"], dict(told["values"])) if told["template"] else {}
    texts |= {language: Written(text) for language, text in _known(told["texts"])}
    if not texts:
        raise click.ClickException("Say something: --text en WORDS, or --template NAME.")
    language = "en" if "en" in texts else next(iter(texts))
    return Change(
        audience=meant,
        texts=dict(texts),
        missing=_choices(told["missing"]),
        language=language,
        title=told["title"] or told["template"] or "",
        topic="urgent" if told["template"] in URGENT else "news",
        day=date(told["day"].year, told["day"].month, told["day"].day) if told["day"] else None,
    )


def _known(told: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Pairs of language and something. Raises click.ClickException for a language that is none."""
    if unknown := {language for language, _ in told} - set(LOCALES):
        raise click.ClickException(f"No language {', '.join(sorted(unknown))}. Known: {', '.join(LOCALES)}.")
    return told


def _choices(told: Sequence[tuple[str, str]]) -> dict[str, Choice]:
    """What happens where no text is, by language; `all` for every language."""
    if wrong := {choice for _, choice in told} - {"wait", "english"}:
        raise click.ClickException(f"--missing LANGUAGE wait, or english; not {', '.join(sorted(wrong))}.")
    every = [(one, choice) for language, choice in told if language == "all" for one in LOCALES]
    some = _known([pair for pair in told if pair[0] != "all"])
    return {language: cast("Choice", choice) for language, choice in (*every, *some)}


def _filled(bot: Bot, template: str, values: dict[str, str]) -> dict[str, Written]:
    book = bot.library.book
    known = [one.name for one in templates.templates(book)]
    if template not in known:
        raise click.ClickException(f"No template is called {template}. There are: {', '.join(known)}.")
    try:
        found = {one: templates.filled(book, template, values, one) for one in LOCALES}
    except templates.Unfilled as lacking:
        asks = templates.template(book, template).asks
        wanted = " ".join(f"--set {name} {kind.upper()}" for name, kind in asks.items())
        raise click.ClickException(f"{template} lacks its {lacking.name}: {wanted}") from None
    return {
        name: Written(one.body, "template", one.state == "reviewed" or name == "en")
        for name, one in found.items()
        if one.is_fit
    }


def _show(bot: Bot, who: Who, draft_id: int) -> None:
    with _refusals(), bot.db.read() as session:
        found = previews.preview(session, bot.broadcasting, who, draft_id)
        state = drafts.read(session, bot.broadcasting, who, draft_id).state
    last = shown.local(found.ends_at, found.place.zone) if found.ends_at else ""
    shown.preview(found, is_draft=state == "draft", local=last)


def _said(*, done: bool, yes: str, no: str) -> None:
    if not done:
        raise click.ClickException(no)
    click.echo(yes)


class _NoWords:
    """For what neither reads nor writes a text: it works also while a flow is broken, and a second sooner."""

    @property
    def book(self) -> Book:
        """There is none."""
        raise RuntimeError("this command reads no words")


def _without_words(here: Records) -> Broadcasting:
    return broadcasting_of(here, _NoWords())


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal as the terminal says it: what is wrong and what to do."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(shown.refusal(error)) from None
