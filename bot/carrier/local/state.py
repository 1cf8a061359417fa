"""Everything one running local carrier holds, and how its routes find it."""

from dataclasses import dataclass, field
from typing import Final, cast

from flask import current_app

from bot.carrier.local.config import LocalConfig, Phone
from bot.carrier.local.content_resource import ContentResource
from bot.carrier.local.later import Later
from bot.carrier.local.ledger import Ledger
from bot.carrier.local.misbehave import Dice
from bot.carrier.local.webhooks import Poster
from bot.ports import Clock

EXTENSION: Final = "local_carrier"


@dataclass(slots=True)
class LocalCarrier:
    """One carrier with one account. `dice` is replaced whole when the switches change."""

    config: LocalConfig
    clock: Clock
    ledger: Ledger
    later: Later
    poster: Poster
    dice: Dice
    phones: list[Phone]
    """Those on the phones page; more can be added there"""
    contents: dict[str, ContentResource] = field(default_factory=dict)
    """By SID: buttons, lists and templates of WhatsApp"""


def carrier() -> LocalCarrier:
    """The carrier this request belongs to."""
    return cast(LocalCarrier, current_app.extensions[EXTENSION])
