"""Sorts every way a create can fail into two: certainly not accepted, or uncertain."""

from collections.abc import Iterator, Mapping
from typing import Final

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from urllib3.exceptions import NewConnectionError

from bot.ports import NotAccepted, Uncertain

TOO_MANY: Final = 20429
"""Twilio's code for HTTP 429: never processed, always safe to retry."""
_AGAIN_SECONDS: Final = 1.0
_UNREACHED_SECONDS: Final = 5.0
_NEVER_SENT: Final = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)


def failure(error: Exception, headers: Mapping[str, str]) -> NotAccepted | Uncertain:
    """What the error of a create means; `headers` are those of its answer, if there was one."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return _refusal(error.status, error.code, headers)
    if isinstance(error, _NEVER_SENT):
        return NotAccepted(None, f"the request could not be made: {type(error).__name__}")
    if isinstance(error, requests.RequestException) and _never_connected(error):
        return NotAccepted(None, "the carrier could not be reached", retry_after=_UNREACHED_SECONDS)
    if isinstance(error, requests.RequestException | TwilioException):
        return Uncertain(f"no answer from the carrier: {type(error).__name__}")
    return Uncertain(f"the carrier's answer could not be read: {type(error).__name__}")


def _refusal(status: int, code: object, headers: Mapping[str, str]) -> NotAccepted | Uncertain:
    if status == 429:
        return NotAccepted(TOO_MANY, "too many requests", retry_after=_retry_after(headers))
    # 408 comes from gateways, which do not know what became of the request behind them.
    if not 400 <= status < 500 or status == 408:
        return Uncertain(f"the carrier answered {status}")
    # Where the body was not Twilio's JSON the SDK puts the HTTP status in place of a code.
    known = code if isinstance(code, int) and code >= 10_000 else None
    return NotAccepted(known, f"the carrier refused: {known or f'HTTP {status}'}")


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds from the Retry-After header, at least a little and at most a minute."""
    try:
        return min(60.0, max(_AGAIN_SECONDS, float(headers.get("Retry-After", ""))))
    except ValueError:
        return _AGAIN_SECONDS


def _never_connected(error: requests.RequestException) -> bool:
    """Whether it failed before a connection stood: refused, no such host, connect time-out."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    return any(isinstance(cause, NewConnectionError) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Errors wrapped in one another, by the ways `requests` and urllib3 wrap them."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__]
