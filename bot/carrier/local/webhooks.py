"""Signed posts to our own house, with Twilio's time limits, retries and fallback.

The rules: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urldefrag

import urllib3

from bot.carrier.local.ledger import Attempt, new_sid
from bot.carrier.twilio.signatures import SIGNATURE_HEADER, sign

_RETRIEVAL_FAILED: Final = "11200"
"""Twilio's code for a webhook that could not be reached or answered with an error."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Connection overrides from a URL's fragment; times in seconds."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})


class Poster:
    """Posts signed forms; one pool of connections for all threads."""

    def __init__(self, auth_token: str) -> None:
        self._auth_token = auth_token
        self._pool = urllib3.PoolManager(num_pools=8, maxsize=32, retries=False)

    def deliver(self, url: str, form: Mapping[str, str], fallback: str | None) -> list[Attempt]:
        """Post until it is taken or the limits end it, then to the fallback. Tells every try."""
        address, _ = urldefrag(url)
        limits = limits_of(url)
        token = new_sid("")
        deadline = time.monotonic() + limits.total
        attempts: list[Attempt] = []
        for _ in range(limits.retries + 1):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            attempts.append(self._once(address, form, limits, left, token))
            if was_taken(attempts[-1]) or not _may_retry(attempts[-1], limits):
                break
        if fallback and not was_taken(attempts[-1]):
            told = {**form, "ErrorCode": _RETRIEVAL_FAILED, "ErrorUrl": address}
            again = self._once(urldefrag(fallback)[0], told, Limits(), 15.0, token)
            attempts.append(Attempt(True, again.status, again.problem))
        return attempts

    def _once(self, url: str, form: Mapping[str, str], limits: Limits, left: float, token: str) -> Attempt:
        headers = {
            SIGNATURE_HEADER: sign(self._auth_token, url, form),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1 (local)",
        }
        timeout = urllib3.Timeout(connect=min(limits.connect, left), read=min(limits.read, left))
        try:
            answer = self._pool.request(
                "POST",
                url,
                fields=dict(form),
                encode_multipart=False,
                headers=headers,
                timeout=timeout,
                redirect=False,
            )
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Attempt(False, None, "ct")
        except urllib3.exceptions.HTTPError:
            return Attempt(False, None, "rt")
        return Attempt(False, answer.status)


def was_taken(attempt: Attempt) -> bool:
    """Whether this try was answered with success."""
    return attempt.status is not None and 200 <= attempt.status < 300


def limits_of(url: str) -> Limits:
    """The overrides in the URL's fragment; what is absent or malformed has Twilio's default."""
    told = dict(parse_qsl(urldefrag(url)[1]))
    return Limits(
        connect=_clamped(told.get("ct"), 5000, 10_000) / 1000,
        read=_clamped(told.get("rt"), 15_000, 15_000) / 1000,
        total=_clamped(told.get("tt"), 15_000, 15_000) / 1000,
        retries=_clamped(told.get("rc"), 1, 5),
        retry_on=frozenset((told.get("rp") or "ct").split(",")),
    )


def _clamped(told: str | None, default: int, most: int) -> int:
    return min(int(told), most) if told and told.isascii() and told.isdigit() else default


def _may_retry(attempt: Attempt, limits: Limits) -> bool:
    reason = attempt.problem or ("4xx" if (attempt.status or 0) < 500 else "5xx")
    return "all" in limits.retry_on or reason in limits.retry_on
