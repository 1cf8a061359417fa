"""What texts took, by country, language and encoding; the number is opened only to tell its country."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.outbox.prices import estimate, region_of
from bot.ports import Channel
from bot.store.contacts import NUMBER
from bot.store.spending import Taken
from bot.store.vault import Vault

Kind = tuple[str, str, str]
"""Country (ISO 3166-1), language, encoding or whatsapp"""


@dataclass(slots=True)
class Cost:
    """Texts of one kind together."""

    texts: int = 0
    segments: int = 0
    micros: int = 0
    """Millionths of a US dollar, estimated"""


def by_kind(vault: Vault, taken: Iterable[Taken]) -> dict[Kind, Cost]:
    """The sums by kind; `?` where a country or a language is not known."""
    sums: defaultdict[Kind, Cost] = defaultdict(Cost)
    for one in taken:
        number = vault.open(one.number, NUMBER)
        channel: Channel = "whatsapp" if one.channel == "whatsapp" else "sms"
        encoding = one.encoding if channel == "sms" else channel
        cost = sums[region_of(number) or "?", one.language or "?", encoding]
        cost.texts += one.texts
        cost.segments += one.texts * one.segments
        each = estimate(number, one.segments, channel, has_picture=one.has_picture)
        cost.micros += one.texts * each
    return dict(sums)
