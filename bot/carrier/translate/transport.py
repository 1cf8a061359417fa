"""One call to a translator: a time limit, no redirects, and a fault that quotes neither text nor key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from bot.ports import NotTranslated

MOST_BYTES: Final = 4 * 1024 * 1024
"""A longer answer than this is no translation of ours"""
_FOR_GOOD: Final = frozenset({400, 401, 404, 405, 413, 422})
"""The same call would be refused again: a key, a language, a size. Not 403: both engines answer it also
while a quota is used up."""
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to wait for the connection, and for each piece of the answer."""

    connect: float = 3.05
    read: float = 20.0


def call(
    url: str, body: Mapping[str, Any], limits: Limits, *, headers: Mapping[str, str] | None = None
) -> Any:
    """Post JSON and give back the JSON of the answer. Raises NotTranslated."""
    return _answer("POST", url, limits, body, headers)


def ask(url: str, limits: Limits) -> Any:
    """Get the JSON that stands at an address. Raises NotTranslated."""
    return _answer("GET", url, limits)


def _answer(
    method: str,
    url: str,
    limits: Limits,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Any:
    with requests.Session() as session:
        # A proxy from the environment leads out, never to a translator on this machine.
        session.trust_env = urlsplit(url).hostname not in _HERE
        try:
            answer = session.request(
                method,
                url,
                json=body,
                headers=headers,
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                if answer.status_code != 200:
                    raise NotTranslated(
                        f"answered_{answer.status_code}", for_good=answer.status_code in _FOR_GOOD
                    )
                content = _read(answer)
        except requests.Timeout:
            raise NotTranslated("timeout") from None
        except requests.RequestException as fault:
            raise NotTranslated(f"unreachable_{type(fault).__name__}"[:64]) from None
    try:
        return json.loads(content)
    except ValueError:
        raise NotTranslated("unreadable") from None


def checked(found: object, asked: int) -> list[str]:
    """The translations, when there is one for each text and none is empty. Raises NotTranslated."""
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise NotTranslated("unreadable")
    if len(found) != asked:
        raise NotTranslated("wrong_count")
    if not all(one.strip() for one in found):
        raise NotTranslated("empty")
    return found


def _read(answer: requests.Response) -> bytes:
    content = bytearray()
    for chunk in answer.iter_content(64 * 1024):
        content += chunk
        if len(content) > MOST_BYTES:
            raise NotTranslated("too_long")
    return bytes(content)
