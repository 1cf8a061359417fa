"""What our answers in the talks cost: all texts that follow from one thing a parent does are one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.carrier.local.prices import measure
from bot.talk.written import Exchange
from tests.talks.staging import files, name_of, read


@dataclass(frozen=True)
class Answer:
    """One whole answer in a talk."""

    talk: str
    """flow/case"""
    number: int
    """Which exchange of the talk, from 1"""
    language: str
    exchange: Exchange
    encodings: frozenset[str]
    """GSM-7, UCS-2, or WhatsApp where a text has no segments"""
    segments: int
    price: Decimal
    """US dollars, by the carrier's list price for a US long code"""

    @property
    def flow(self) -> str:
        """The flow that the talk is about."""
        return self.talk.partition("/")[0]

    @property
    def words(self) -> str:
        """All that was said."""
        return "\n\n".join(self.exchange.we_say)


def answers() -> Iterator[Answer]:
    """Every answer of every talk, as it is written there; silence is none."""
    for path in files():
        talk = read(path)
        for number, exchange in enumerate(talk.turns, 1):
            sizes = [measure(text, talk.channel) for text in exchange.we_say]
            if sizes:
                yield Answer(
                    name_of(path),
                    number,
                    talk.language,
                    exchange,
                    frozenset(size.encoding for size in sizes),
                    sum(size.segments for size in sizes),
                    sum((size.price for size in sizes), Decimal()),
                )
