"""The only place that names concrete parts: build(settings) -> Bot, for production and tests alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.broadcast.by_text import ByText
from bot.broadcast.fan_out import fill_due
from bot.broadcast.parts import Broadcasting, Library
from bot.broadcast.reminders import look_at_calendars
from bot.carrier.mail.smtp import SmtpNotifier
from bot.carrier.translate.google import GoogleTranslator
from bot.carrier.translate.libre import LibreTranslator
from bot.carrier.translate.transport import Limits
from bot.carrier.twilio.contents import ContentApi
from bot.carrier.twilio.media import TwilioMedia
from bot.hear.language import which
from bot.outbox.sweep import Sweeper
from bot.outbox.whatsapp_push import follow_due
from bot.people import staff_words
from bot.ports import CarrierRecord, Clock, Translator
from bot.records import Records, records
from bot.school import look_ups, rights
from bot.school.district import DistrictRefused, jurisdiction_of
from bot.sending import Sender, outbox_of
from bot.settings import Settings
from bot.store import own_phones
from bot.store.vault import SealBroken
from bot.talk import actions
from bot.talk.library import FileLibrary, Folders
from bot.talk.parts import Talk
from bot.talk.pictures import keep_pictures
from bot.talk.pictures_sent import delete_copies
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.talk.tell_due import tell_due
from bot.talk.tell_translators import tell_translators
from bot.talk.translate_due import translate_due
from bot.talk.wake import wake_all
from bot.words.yaml_tree import Fault

_log = structlog.get_logger(__name__)
_SOON = Limits(read=8.0)
"""Somebody who writes waits for a translation: a machine that takes longer leaves it to a person"""


@dataclass(frozen=True, slots=True)
class Bot(Sender):
    """One installation, put together."""

    library: FileLibrary
    talk: Talk
    broadcasting: Broadcasting
    sweeper: Sweeper

    def remember_flows(self) -> None:
        """Keep today's flows for conversations that outlive them, and fetch those of the past.

        Where the database is away it is left for the next start: the way in must open all the same.
        """
        try:
            self.library.remember_revisions(self.db, self.clock)
        except SQLAlchemyError as error:
            _log.warning("flows_not_remembered", error=type(error).__name__)

    def know_own_phones(self) -> None:
        """Let people whose numbers were kept before they were looked for be known by a text.

        Where the database is away, or other keys hold it, it is left for the next start.
        """
        try:
            with self.db.read() as session:
                lacks = own_phones.lacks_some(session)
            if lacks:
                with self.db.write() as session:
                    own_phones.fill(session, self.vault)
        except (SQLAlchemyError, SealBroken) as error:
            _log.warning("own_phones_not_known", error=type(error).__name__)

    def watch_files(self, tell: Callable[[Fault], None]) -> None:
        """Take new flows and words while this process runs; `tell` hears what is broken in them."""
        self.library.watch(tell, self.remember_flows)


def build(settings: Settings, *, clock: Clock | None = None, library: FileLibrary | None = None) -> Bot:
    """Put an installation together. Raises FilesBroken when flows or words are broken.

    `library`: flows and words that were read already.
    """
    kept = records(settings, clock=clock)
    clock, db, vault, bell = kept.clock, kept.db, kept.vault, kept.bell
    where = folders(settings)
    library = library or FileLibrary(where)
    broadcasting = broadcasting_of(kept, library)
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
        pages=f"{settings.public_url.rstrip('/')}/staff",
        staff_lanes=(by_text(settings, broadcasting, library),),
        translator=translator(settings),
    )
    parts = outbox_of(kept)
    there, content_api = attachments(settings), contents(settings)
    sweeper = Sweeper(
        parts,
        take=lambda record: _take(talk, record),
        wake=lambda: (
            wake_all(talk)
            + keep_pictures(db, vault, clock, there)
            + delete_copies(db, clock, there)
            + follow_due(db, content_api, clock())
        ),
        tell=lambda: tell_due(talk),
        fill=lambda: fill_due(broadcasting) + look_at_calendars(broadcasting),
        translate=lambda: translate_due(talk) + tell_translators(talk),
    )
    return Bot(settings, clock, db, vault, bell, parts, library, talk, broadcasting, sweeper)


def broadcasting_of(kept: Records, library: Library) -> Broadcasting:
    """What broadcasts work with, by these settings."""
    settings = kept.settings
    return Broadcasting(
        db=kept.db,
        vault=kept.vault,
        clock=kept.clock,
        queue=kept.bell,
        library=library,
        program=settings.program,
        withhold_unreviewed=settings.unreviewed == "withhold",
        approval_above=settings.approval_above,
        segments_per_second=settings.segments_per_second,
    )


def by_text(settings: Settings, broadcasting: Broadcasting, library: FileLibrary) -> ByText:
    """What takes orders from teachers' phones; the staff's words are read at the first one."""
    return ByText(
        broadcasting,
        catalogs=cache(lambda: staff_words.read_catalogs(settings.messages)),
        english=staff_words.ENGLISH,
        language_of=lambda text: which(text, library.hearing.heard),
    )


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


def translator(settings: Settings) -> Translator | None:
    """The machine that may translate; None: only people do."""
    key = settings.translator_key.get_secret_value()
    if settings.translator == "google":
        return GoogleTranslator(key, url=settings.translator_url, limits=_SOON)
    if settings.translator == "libretranslate":
        return LibreTranslator(settings.translator_url, key, limits=_SOON)
    return None


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
