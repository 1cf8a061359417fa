"""What sends, put together: of flows, words and what parents say a process that only sends needs nothing."""

from dataclasses import dataclass

from bot.carrier.twilio.rest import TwilioCarrier
from bot.outbox.caps import Budget
from bot.outbox.parts import Parts
from bot.outbox.throttle import LocalThrottle, RedisThrottle
from bot.ports import Throttle
from bot.records import Records, records
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Sender(Records):
    """An installation that sends what stands in its outbox."""

    outbox: Parts


def sender(settings: Settings) -> Sender:
    """Put one together."""
    kept = records(settings)
    return Sender(settings, kept.clock, kept.db, kept.vault, kept.bell, outbox_of(kept))


def outbox_of(kept: Records) -> Parts:
    """What sends, by these settings."""
    return Parts(
        db=kept.db,
        vault=kept.vault,
        carrier=carrier(kept.settings),
        clock=kept.clock,
        bell=kept.bell,
        throttle=throttle(kept.settings),
        budget=budget(kept.settings),
        reached_at=kept.settings.public_url.rstrip("/"),
    )


def carrier(settings: Settings) -> TwilioCarrier:
    """The carrier of these settings: Twilio, or the one on this machine by another base address."""
    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        base_url=settings.twilio_base_url,
        sender=settings.number or None,
        messaging_service_sid=settings.messaging_service_sid,
        status_callback=f"{settings.public_url.rstrip('/')}/twilio/status",
    )


def throttle(settings: Settings) -> Throttle | None:
    """The rate of these settings, shared by all processes where there is a Redis."""
    if settings.segments_per_second is None:
        return None
    if settings.redis_url is None:
        return LocalThrottle(settings.segments_per_second)
    return RedisThrottle(settings.redis_url, settings.brand, settings.segments_per_second)


def budget(settings: Settings) -> Budget | None:
    """What a day may take by these settings."""
    if settings.daily_segments is None and settings.daily_dollars is None:
        return None
    dollars = settings.daily_dollars
    micros = None if dollars is None else round(dollars * 1_000_000)
    return Budget(settings.brand, settings.daily_segments, micros)
