"""The only place that names concrete parts: build(settings) -> Bot, for production and tests alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.carrier.mail.smtp import SmtpNotifier
from bot.carrier.twilio.contents import ContentApi
from bot.carrier.twilio.media import TwilioMedia
from bot.carrier.twilio.rest import TwilioCarrier
from bot.outbox.caps import Budget
from bot.outbox.doorbell import NoDoorbell, RqDoorbell
from bot.outbox.parts import Bell, Parts
from bot.outbox.sweep import Sweeper
from bot.outbox.throttle import LocalThrottle, RedisThrottle
from bot.outbox.whatsapp_push import follow_due
from bot.ports import CarrierRecord, Clock, Throttle
from bot.school import look_ups, rights
from bot.school.district import DistrictRefused, jurisdiction_of
from bot.settings import Settings
from bot.store.database import Database
from bot.store.vault import Vault
from bot.talk import actions
from bot.talk.library import FileLibrary, Folders
from bot.talk.parts import Talk
from bot.talk.pictures import keep_pictures
from bot.talk.receive import Text, receive
from bot.talk.tell_due import tell_due
from bot.talk.wake import wake_all
from bot.words.yaml_tree import Fault

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of an installation, and its bell: enough for whatever needs none of its words."""

    settings: Settings
    clock: Clock
    db: Database
    vault: Vault
    bell: Bell

    def close(self) -> None:
        """Let go of what this process holds open."""
        self.db.close()


@dataclass(frozen=True, slots=True)
class Bot(Records):
    """One installation, put together."""

    library: FileLibrary
    talk: Talk
    outbox: Parts
    sweeper: Sweeper

    def remember_flows(self) -> None:
        """Keep today's flows for conversations that outlive them, and fetch those of the past.

        Where the database is away it is left for the next start: the way in must open all the same.
        """
        try:
            self.library.remember_revisions(self.db, self.clock)
        except SQLAlchemyError as error:
            _log.warning("flows_not_remembered", error=type(error).__name__)

    def watch_files(self, tell: Callable[[Fault], None]) -> None:
        """Take new flows and words while this process runs; `tell` hears what is broken in them."""
        self.library.watch(tell, self.remember_flows)

    def after_fork(self) -> None:
        """Make a forked child stand on its own connections."""
        self.db.after_fork()


def records(settings: Settings, *, clock: Clock | None = None) -> Records:
    """Open what is kept; no flow and no word is read, so that it works also where one is broken."""
    bell: Bell = RqDoorbell(settings.redis_url) if settings.redis_url else NoDoorbell()
    vault = Vault(settings.key_list, settings.fingerprint_key.get_secret_value())
    return Records(settings, clock or now, Database(settings.database_url), vault, bell)


def build(settings: Settings, *, clock: Clock | None = None, library: FileLibrary | None = None) -> Bot:
    """Put an installation together. Raises FilesBroken when flows or words are broken.

    `library`: flows and words that were read already.
    """
    kept = records(settings, clock=clock)
    clock, db, vault, bell = kept.clock, kept.db, kept.vault, kept.bell
    where = folders(settings)
    library = library or FileLibrary(where)
    talk = Talk(
        db=db,
        vault=vault,
        clock=clock,
        queue=bell,
        library=library,
        look_up=look_ups.run,
        actions=actions.registry(),
        program=settings.program,
        stop_by=settings.stop_by,
        withhold_unreviewed=settings.unreviewed == "withhold",
        jurisdiction=where.jurisdiction,
        countries=settings.country_set,
        notifier=notifier(settings),
    )
    parts = Parts(
        db=db,
        vault=vault,
        carrier=carrier(settings),
        clock=clock,
        bell=bell,
        throttle=throttle(settings),
        budget=budget(settings),
    )
    there, content_api = attachments(settings), contents(settings)
    sweeper = Sweeper(
        parts,
        take=lambda record: _take(talk, record),
        wake=lambda: (
            wake_all(talk) + keep_pictures(db, vault, clock, there) + follow_due(db, content_api, clock())
        ),
        tell=lambda: tell_due(talk),
    )
    return Bot(settings, clock, db, vault, bell, library, talk, parts, sweeper)


def _take(talk: Talk, record: CarrierRecord) -> None:
    """A text that came while we were down, as the carrier's list tells it."""
    text = Text(
        record.sid,
        record.sender,
        record.body,
        record.channel,
        media_listed=record.media,
        came_at=record.created_at,
    )
    receive(talk, text)


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


def attachments(settings: Settings) -> TwilioMedia:
    """The carrier's files that came with texts."""
    return TwilioMedia(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        base_url=settings.twilio_base_url,
    )


def contents(settings: Settings) -> ContentApi:
    """The carrier's buttons, lists and templates."""
    return ContentApi(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_base_url,
    )


def notifier(settings: Settings) -> SmtpNotifier | None:
    """The mail server of these settings; None where there is none."""
    url = settings.smtp_url.get_secret_value()
    return SmtpNotifier(url, settings.mail_from) if url else None


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


def folders(settings: Settings) -> Folders:
    """Where flows, messages and facts are read from."""
    facts = Path(rights.__file__).parent / "facts"
    return Folders(settings.flows, settings.messages, facts, _jurisdiction(settings))


def _jurisdiction(settings: Settings) -> str:
    """The state of the district. Where its file cannot be read the nation's facts hold everywhere."""
    try:
        return jurisdiction_of(settings.district)
    except DistrictRefused:
        _log.warning("district_unreadable_only_federal_facts")
        return rights.NATION


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
