"""`ally whatsapp`: bring buttons, lists and templates to the carrier, and follow their approval."""

import click
from rich.console import Console
from rich.table import Table

from bot.carrier.twilio.contents import ContentRefused
from bot.cli.with_bot import with_bot
from bot.outbox import whatsapp_push
from bot.store.contents import APPROVED, SESSION, Content
from bot.wiring import Bot
from bot.wiring import contents as content_api
from bot.words.locales import LOCALES
from bot.words.whatsapp_languages import template_language

_BY_SMS = "goes by SMS"


@click.group()
def whatsapp() -> None:
    """What WhatsApp messages are made of."""


@whatsapp.command("push")
@with_bot
def push(bot: Bot) -> None:
    """Create at the carrier what is missing or has changed; exit 1 when some was refused."""
    every = whatsapp_push.wanted(bot.library.book, bot.settings.program, LOCALES)
    done = whatsapp_push.push(bot.db, content_api(bot.settings), every, bot.clock())
    faults = [one for one in done if one.fault]
    table = Table("what", "language", "state", "refused because")
    for one in done:
        table.add_row(one.wanted.name, one.wanted.locale or "any", one.state, one.fault)
    Console().print(table)
    have = {one.wanted.locale for one in done}
    for locale in (locale for locale in LOCALES if locale not in have):
        why = "its wording is not translated" if template_language(locale) else "WhatsApp has none in it"
        click.echo(f"{locale}: no template ({why}); what the school writes of itself {_BY_SMS}.")
    if faults:
        raise SystemExit(1)


@whatsapp.command("status")
@with_bot
def status(bot: Bot) -> None:
    """What WhatsApp says of the templates, and what that means for families."""
    try:
        kept = whatsapp_push.follow(bot.db, content_api(bot.settings), bot.clock())
    except ContentRefused as refusal:
        raise click.ClickException(f"The carrier did not answer: {refusal}") from None
    if not kept:
        raise click.ClickException("Nothing is at the carrier yet; `ally whatsapp push` brings it there.")
    table = Table("what", "language", "state", "means")
    for one in kept:
        table.add_row(one.name, one.language or "any", one.state, _meaning(one))
    Console().print(table)


def _meaning(content: Content) -> str:
    if content.state == SESSION:
        return "sent within 24 hours of a family's text; needs no approval"
    if content.state == APPROVED:
        return "sent at any time"
    why = f": {content.reason}" if content.reason else ""
    return f"not sent, {_BY_SMS}{why}"
