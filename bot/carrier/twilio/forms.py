"""Reads the forms Twilio posts to us; whatever they hold, the answer is a value or FormRefused.

Fields: https://www.twilio.com/docs/messaging/guides/webhook-request. The set of fields may grow
without notice, so unknown ones are left alone.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from werkzeug.datastructures import MultiDict

from bot.ports import Channel

Form = Mapping[str, Sequence[str]] | Mapping[str, str] | MultiDict[str, str]
OptOutType = Literal["STOP", "START", "HELP"]

MAX_BODY = 5000
"""Characters. SMS carries 1,600 and WhatsApp 4,096; longer is not a person's text."""
MAX_MEDIA = 10
MAX_ROW_ID = 2**63 - 1

_SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_STATUS = re.compile(r"[a-z_-]{1,32}")
_URL = re.compile(r"https?://[!-~]{1,2000}")
_WHATSAPP = "whatsapp:"


class FormRefused(Exception):
    """The form cannot be used; `field` and `reason` say why, in words that hold nothing private.

    `kindly` is True where the form is well made but nobody is there to be answered (a short code,
    a sender with a name): acknowledge it, do nothing.
    """

    def __init__(self, field: str, reason: str, *, kindly: bool = False) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.kindly = kindly


@dataclass(frozen=True, slots=True)
class Media:
    """One picture, voice note or file that came with a text."""

    url: str
    type: str
    """Media type, e.g. image/jpeg; empty when the carrier did not say"""


@dataclass(frozen=True, slots=True)
class InboundText:
    """One text as a person sent it."""

    sid: str
    sender: str = field(repr=False)
    """E.164; no error message may ever show it, nor what was said"""
    to: str
    """E.164 or, for a short code of ours, its digits"""
    channel: Channel
    body: str = field(repr=False)
    """Without control characters and lone surrogates; lines end in \\n"""
    media: tuple[Media, ...] = field(default=(), repr=False)
    payload: str | None = field(default=None, repr=False)
    """What stands behind a tapped button or list row, never its label"""
    opt_out_type: OptOutType | None = None
    """Set where Twilio's Advanced Opt-Out has already answered"""
    has_location: bool = False


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One delivery receipt."""

    sid: str
    row_id: int | None
    """Our outbox row, from the query of the signed URL"""
    status: str
    error_code: int | None = None


def read_inbound(form: Form) -> InboundText:
    """The text in the form. Raises FormRefused and nothing else."""
    channel, sender = _address(form, "From")
    _, to = _address(form, "To", ours=True)
    media = _media(form)
    has_location = bool(_one(form, "Latitude") and _one(form, "Longitude"))
    payload = _short(form, "ButtonPayload") or _short(form, "ListId")
    return InboundText(
        sid=_sid(form),
        sender=sender,
        to=to,
        channel=channel,
        body=_body(form, required=not (media or has_location or payload)),
        media=media,
        payload=payload,
        opt_out_type=_opt_out_type(form),
        has_location=has_location,
    )


def read_status(form: Form, query: Form) -> StatusReport:
    """The delivery receipt in the form; a status we do not know is kept. Raises FormRefused."""
    status = (_one(form, "MessageStatus") or _one(form, "SmsStatus") or "").strip().lower()
    if not _STATUS.fullmatch(status):
        raise FormRefused("MessageStatus", "missing or no word")
    row_id = _number(_one(query, "m"), MAX_ROW_ID)
    error_code = _number(_one(form, "ErrorCode"), 999_999)
    return StatusReport(_sid(form), row_id or None, status, error_code or None)


def mended(text: str) -> str:
    """Drops control characters, mends line ends, and puts U+FFFD where a surrogate stands alone."""
    mended = text.replace("\r\n", "\n").replace("\r", "\n")
    paired = mended.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(
        character for character in paired if character in "\n\t" or unicodedata.category(character) != "Cc"
    )


def _one(form: Form, name: str) -> str | None:
    """The first value of a field. Raises FormRefused when it is not text."""
    try:
        found: object = form.getlist(name) if isinstance(form, MultiDict) else form.get(name)
        if isinstance(found, list | tuple):
            found = found[0] if found else None
    except (TypeError, AttributeError, LookupError):
        raise FormRefused(name, "not a form") from None
    if found is None or isinstance(found, str):
        return found
    raise FormRefused(name, "not text")


def _sid(form: Form) -> str:
    for name in ("MessageSid", "SmsMessageSid", "SmsSid"):
        value = _one(form, name)
        if value is not None and _SID.fullmatch(value):
            return value
    raise FormRefused("MessageSid", "missing or malformed")


def _address(form: Form, name: str, *, ours: bool = False) -> tuple[Channel, str]:
    """Channel and number of one side. Our own side may be a short code; theirs may not."""
    value = (_one(form, name) or "").strip()
    if not value:
        raise FormRefused(name, "missing")
    channel: Channel = "whatsapp" if value.startswith(_WHATSAPP) else "sms"
    number = value.removeprefix(_WHATSAPP).strip()
    if _E164.fullmatch(number) or (ours and re.fullmatch(r"[0-9]{3,8}", number)):
        return channel, number
    if len(value) > 200:
        raise FormRefused(name, "too long")
    raise FormRefused(name, "not a phone number, so nobody can be answered", kindly=not ours)


def _body(form: Form, *, required: bool) -> str:
    value = _one(form, "Body")
    if value is None and required:
        raise FormRefused("Body", "missing")
    if value is not None and len(value) > MAX_BODY:
        raise FormRefused("Body", f"longer than {MAX_BODY} characters")
    return mended(value or "")


def _short(form: Form, name: str) -> str | None:
    """A payload we gave out ourselves; Twilio allows 256 characters for a button, 200 for a row."""
    value = _one(form, name)
    if value is not None and len(value) > 256:
        raise FormRefused(name, "longer than 256 characters")
    return mended(value).strip() or None if value else None


def _media(form: Form) -> tuple[Media, ...]:
    count = _number(_one(form, "NumMedia") or "0", MAX_MEDIA)
    if count is None:
        raise FormRefused("NumMedia", f"not a number from 0 to {MAX_MEDIA}")
    found = []
    for index in range(count):
        url = _one(form, f"MediaUrl{index}") or ""
        kind = mended(_one(form, f"MediaContentType{index}") or "")[:100]
        if not _URL.fullmatch(url):
            raise FormRefused(f"MediaUrl{index}", "missing or no URL")
        found.append(Media(url, kind))
    return tuple(found)


def _opt_out_type(form: Form) -> OptOutType | None:
    value = (_one(form, "OptOutType") or "").strip().upper()
    return cast(OptOutType, value) if value in ("STOP", "START", "HELP") else None


def _number(value: str | None, top: int) -> int | None:
    """A plain ASCII number from 0 to `top`, else None."""
    if value is None or not re.fullmatch(r"[0-9]{1,19}", value.strip()):
        return None
    number = int(value)
    return number if number <= top else None
