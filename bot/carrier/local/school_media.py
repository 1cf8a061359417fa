"""Fetches what the school sends along with a text, as Twilio does: the type it is served as must be true.

https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

from typing import Final

import urllib3

from bot.carrier.local.ledger import Text
from bot.carrier.media_kinds import MOST_BYTES, kind_of

_TIMEOUT: Final = urllib3.Timeout(connect=5.0, read=15.0)
_TAKEN: Final = ("image/jpeg", "image/png", "image/gif", "application/pdf")


def fetch(text: Text) -> bool:
    """Put it into the text. False where one cannot be had, is something else, or all is too large."""
    files = [_get(url) for url in text.media_urls]
    contents = tuple(content for content in files if content is not None)
    if len(contents) < len(files) or sum(map(len, contents)) > MOST_BYTES:
        return False
    text.media = tuple(kind_of(content) or "" for content in contents)
    text.fetched = contents
    return True


def _get(url: str) -> bytes | None:
    try:
        with urllib3.PoolManager(retries=False) as pool:
            head = pool.request("HEAD", url, timeout=_TIMEOUT, redirect=False)
            answer = pool.request("GET", url, timeout=_TIMEOUT, redirect=False)
    except urllib3.exceptions.HTTPError:
        return None
    kind, content = answer.headers.get("Content-Type", ""), answer.data
    is_true = kind == head.headers.get("Content-Type") == kind_of(content) and kind in _TAKEN
    return content if answer.status == 200 and is_true else None
