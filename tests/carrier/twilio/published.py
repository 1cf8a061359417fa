"""What Twilio publishes about the requests and forms that we use: fields, types, limits, in our own words.

Requests: the OpenAPI document https://github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json, version
2.6.7, operations CreateMessage, ListMessage, FetchMessage, ListMedia, FetchMedia, DeleteMedia. Longest
body and number of media: https://www.twilio.com/docs/messaging/api/message-resource. Forms:
https://www.twilio.com/docs/messaging/guides/webhook-request, and beside it
outbound-message-status-in-status-callbacks.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

Check = Callable[[str], bool]


def sid(prefix: str) -> Check:
    """34 characters: two letters and 32 hex digits."""
    return lambda value: re.fullmatch(rf"(?:{prefix})[0-9a-fA-F]{{32}}", value) is not None


def whole(low: int, high: int) -> Check:
    """A whole number in a range."""
    return lambda value: re.fullmatch(r"\d{1,9}", value) is not None and low <= int(value) <= high


def text(longest: int) -> Check:
    """Not empty, at most so many characters."""
    return lambda value: 0 < len(value) <= longest


def address(value: str) -> bool:
    """E.164, or the same on a channel."""
    return re.fullmatch(r"(?:whatsapp:)?\+[1-9]\d{6,14}", value) is not None


def url(value: str) -> bool:
    """An absolute URL without underscore in its host (error 21609)."""
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in parts.netloc


def one_of(*values: str) -> Check:
    """One of some words."""
    return lambda value: value in values


TRUTH = one_of("true", "false")

CREATE: Mapping[str, Check] = {
    "To": address,
    "From": address,
    "MessagingServiceSid": sid("MG"),
    "Body": text(1600),
    "MediaUrl": url,
    "ContentSid": sid("HX"),
    "ContentVariables": text(65_536),
    "StatusCallback": url,
    "ValidityPeriod": whole(1, 36_000),
    "SmartEncoded": TRUTH,
    "ProvideFeedback": TRUTH,
    "ForceDelivery": TRUTH,
    "ShortenUrls": TRUTH,
    "SendAsMms": TRUTH,
    "Attempt": whole(1, 100),
    "ContentRetention": one_of("retain", "discard"),
    "AddressRetention": one_of("retain", "obfuscate"),
    "RiskCheck": one_of("enable", "disable"),
    "ScheduleType": one_of("fixed"),
}
LIST: Mapping[str, Check] = {
    "To": address,
    "From": address,
    "DateSent": text(40),
    "DateSent>": text(40),
    "DateSent<": text(40),
    "PageSize": whole(1, 1000),
    "Page": whole(0, 10**8),
    "PageToken": text(200),
}
NOTHING: Mapping[str, Check] = {}

_ACCOUNT = r"/2010-04-01/Accounts/AC[0-9a-fA-F]{32}"
_TEXT = rf"{_ACCOUNT}/Messages/(?:SM|MM)[0-9a-fA-F]{{32}}"
OPERATIONS: Mapping[tuple[str, str], Mapping[str, Check]] = {
    ("POST", rf"{_ACCOUNT}/Messages\.json"): CREATE,
    ("GET", rf"{_ACCOUNT}/Messages\.json"): LIST,
    ("GET", rf"{_TEXT}\.json"): NOTHING,
    ("GET", rf"{_TEXT}/Media\.json"): LIST,
    ("GET", rf"{_TEXT}/Media/ME[0-9a-fA-F]{{32}}"): NOTHING,
    ("DELETE", rf"{_TEXT}/Media/ME[0-9a-fA-F]{{32}}"): NOTHING,
}

INBOUND: Mapping[str, Check] = {
    "MessageSid": sid("SM|MM"),
    "SmsSid": sid("SM|MM"),
    "SmsMessageSid": sid("SM|MM"),
    "AccountSid": sid("AC"),
    "MessagingServiceSid": sid("MG"),
    "From": address,
    "To": address,
    "Body": lambda value: len(value) <= 4096,
    "NumMedia": whole(0, 10),
    "NumSegments": whole(0, 100),
    "SmsStatus": one_of("received"),
    "ApiVersion": one_of("2010-04-01"),
    "OptOutType": one_of("STOP", "START", "HELP"),
}
STATUS: Mapping[str, Check] = {
    "MessageSid": sid("SM|MM"),
    "SmsSid": sid("SM|MM"),
    "AccountSid": sid("AC"),
    "MessagingServiceSid": sid("MG"),
    "From": address,
    "To": address,
    "MessageStatus": one_of("queued", "sending", "sent", "failed", "delivered", "undelivered", "read"),
    "SmsStatus": one_of("queued", "sending", "sent", "failed", "delivered", "undelivered", "read"),
    "ErrorCode": whole(10_000, 99_999),
    "ApiVersion": one_of("2010-04-01"),
    "RawDlrDoneDate": lambda value: re.fullmatch(r"\d{10}", value) is not None,
}


def faults(method: str, path: str, fields: list[tuple[str, str]]) -> list[str]:
    """What is wrong with a request, by the published operations; nothing for a good one."""
    known = next(
        (
            checks
            for (verb, shape), checks in OPERATIONS.items()
            if verb == method and re.fullmatch(shape, path)
        ),
        None,
    )
    if known is None:
        return [f"no such operation: {method} {path}"]
    wrong = misfits(fields, known, strict=True)
    names = {name for name, _ in fields}
    if known is CREATE:
        wrong += [] if "To" in names else ["To is missing"]
        wrong += [] if names & {"From", "MessagingServiceSid"} else ["no sender"]
        wrong += [] if names & {"Body", "MediaUrl", "ContentSid"} else ["nothing to say"]
    return wrong


def misfits(fields: list[tuple[str, str]], known: Mapping[str, Check], *, strict: bool) -> list[str]:
    """Fields of a wrong form; `strict`: unknown and doubled ones too (a webhook may grow new fields)."""
    names = [name for name, _ in fields]
    wrong = [f"{name} does not fit" for name, value in fields if name in known and not known[name](value)]
    if strict:
        wrong += [f"{name} is no field" for name in names if name not in known]
        wrong += [f"{name} twice" for name in set(names) if names.count(name) > 1 and name != "MediaUrl"]
    return wrong
