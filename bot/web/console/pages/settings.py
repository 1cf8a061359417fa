"""Settings: what the environment decided, never a secret, and what the doctor finds."""

from typing import Final, NamedTuple

from flask import Blueprint, current_app, request
from flask_babel import LazyString, format_currency, format_decimal
from flask_babel import lazy_gettext as _

from bot.examine.finding import Finding
from bot.examine.whole import every, inside, outside
from bot.settings import Settings
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page

page = Blueprint("settings", __name__, url_prefix="/settings")
_STOP_BY: Final = {
    "carrier": _("the carrier by itself (a long code)"),
    "advanced": _("the carrier, by Advanced Opt-Out"),
    "us": _("this program"),
}
_UNREVIEWED: Final = {
    "notice": _("sent, with a line that says so"),
    "withhold": _("withheld where they are about rights"),
}
_NOT_SET: Final = _("not set")


class Row(NamedTuple):
    """One thing that was decided. `is_word`: a word of ours, else a value as it was written."""

    what: LazyString
    value: str | LazyString
    name: str
    """Of the setting"""
    is_word: bool = False


@page.get("/")
@needs("administrator", district=True)
def show() -> str:
    """What was decided, and what this machine tells; the carrier is asked only on demand."""
    return _page(with_carrier=False)


@page.get("/doctor")
@needs("administrator", district=True)
def doctor() -> str:
    """The same, and the carrier is asked too: it may take half a minute."""
    return _page(with_carrier=True)


def _page(*, with_carrier: bool) -> str:
    bot = bot_of(current_app)
    looks = inside(bot.settings, bot.db, bot.clock())
    if with_carrier:
        looks = {**looks, **outside(bot.settings, bot.clock)}
    found = sorted(every(looks), key=_worst_first)
    return show_page(
        "console/settings.html",
        part="findings",
        families=_for_families(bot.settings),
        limits=_limits(bot.settings),
        connections=_connections(bot.settings),
        findings=found,
        asked=with_carrier,
        here=request.path,
    )


def _worst_first(finding: Finding) -> int:
    return ("broken", "warning", "ok").index(finding.state)


def _for_families(settings: Settings) -> list[Row]:
    return [
        Row(_("Name of the program"), settings.program, "ALLY_PROGRAM"),
        _value(_("Number"), settings.number, "ALLY_NUMBER"),
        _value(_("Messaging Service"), settings.messaging_service_sid, "TWILIO_MESSAGING_SERVICE_SID"),
        Row(_("Who answers STOP"), _STOP_BY[settings.stop_by], "ALLY_STOP_BY", is_word=True),
        Row(_("Countries that are answered"), settings.countries.replace(",", ", "), "ALLY_COUNTRIES"),
        Row(
            _("Texts nobody has read yet"), _UNREVIEWED[settings.unreviewed], "ALLY_UNREVIEWED", is_word=True
        ),
    ]


def _limits(settings: Settings) -> list[Row]:
    rate, segments, dollars = settings.segments_per_second, settings.daily_segments, settings.daily_dollars
    return [
        _value(_("Segments in a second"), rate and format_decimal(rate), "ALLY_SEGMENTS_PER_SECOND"),
        _value(_("Segments in a day"), segments and format_decimal(segments), "ALLY_DAILY_SEGMENTS"),
        _value(_("US dollars in a day"), dollars and format_currency(dollars, "USD"), "ALLY_DAILY_DOLLARS"),
        _value(_("Requests of a program in a minute"), settings.api_per_minute, "ALLY_API_PER_MINUTE"),
    ]


def _connections(settings: Settings) -> list[Row]:
    """What is there and what is not; what is secret is only said to be there."""
    carrier = _("the one on this machine: no text leaves it") if settings.is_local_carrier else "Twilio"
    return [
        Row(_("Carrier"), carrier, "TWILIO_BASE_URL", is_word=settings.is_local_carrier),
        _is_there(_("The carrier's account"), bool(settings.twilio_account_sid), "TWILIO_ACCOUNT_SID"),
        _is_there(_("The carrier's token"), bool(settings.auth_tokens), "TWILIO_AUTH_TOKEN"),
        Row(_("Public address"), settings.public_url, "ALLY_PUBLIC_URL"),
        _is_there(_("Mail server"), bool(settings.smtp_url.get_secret_value()), "ALLY_SMTP_URL"),
        _value(_("E-mails come from"), settings.mail_from, "ALLY_MAIL_FROM"),
        _is_there(_("Redis"), bool(settings.redis_url), "REDIS_URL"),
        _value(_("The district's folder"), str(settings.district or ""), "ALLY_DISTRICT"),
        _is_there(
            _("Token for metrics"), bool(settings.metrics_token.get_secret_value()), "ALLY_METRICS_TOKEN"
        ),
    ]


def _value(what: LazyString, value: str | float | None, name: str) -> Row:
    return Row(what, str(value), name) if value else Row(what, _NOT_SET, name, is_word=True)


def _is_there(what: LazyString, is_set: bool, name: str) -> Row:  # noqa: FBT001 - read as a sentence
    return Row(what, _("set") if is_set else _NOT_SET, name, is_word=True)
