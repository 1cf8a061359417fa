"""Files that came with a text: listed, fetched and deleted at Twilio, by the text's SID alone.

No address that a text or a webhook names is ever called: the SIDs are asked of the API itself
(https://www.twilio.com/docs/messaging/api/media-resource).
"""

import re
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests

from bot.carrier.media_kinds import MOST_BYTES
from bot.carrier.twilio.transport import TWILIO_URL, Timeouts
from bot.settings import is_twilio

_MEDIA: Final = re.compile(r"ME[0-9a-fA-F]{32}")
_TEXT: Final = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_REDIRECTS: Final = 3
_CHUNK: Final = 64 * 1024
_PUBLIC_STORE: Final = ("s3-external-1.amazonaws.com", "/media.twiliocdn.com/")
"""Where Twilio keeps media of accounts that do not ask for a password on it"""


class MediaAway(Exception):
    """It cannot be had now; fresh media is answered 404 for a moment, so it is worth another try."""


class MediaTooLarge(Exception):
    """More bytes than are kept."""


class TwilioMedia:
    """The media of one account's texts."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        base_url: str = TWILIO_URL,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._auth = (account_sid, auth_token)
        self._base = base_url.rstrip("/")
        times = timeouts or Timeouts(read=15.0)
        self._timeout = (times.connect, times.read)

    def of_text(self, sid: str) -> list[str]:
        """SIDs of the files of one text. Raises MediaAway."""
        answer = self._call("GET", f"{self._of(sid)}.json")
        try:
            listed = answer.json()["media_list"]
            found = [str(one["sid"]) for one in listed]
        except (ValueError, LookupError, TypeError):
            raise MediaAway("the list cannot be read") from None
        return [one for one in found if _MEDIA.fullmatch(one)]

    def fetch(self, sid: str, media_sid: str) -> bytes:
        """The content of one file. Raises MediaAway or MediaTooLarge."""
        url, auth = f"{self._of(sid)}/{media_sid}", self._auth
        for _ in range(_REDIRECTS):
            answer = self._call("GET", url, auth=auth, stream=True)
            with answer:
                if not answer.is_redirect:
                    return _read(answer)
                url = urljoin(url, answer.headers["Location"])
            if not self._is_carriers(url):
                raise MediaAway("it lies somewhere else than at the carrier")
            # The short-lived address is its own key; our password goes to nobody else.
            auth = None  # type: ignore[assignment]
        raise MediaAway("it is sent from place to place")

    def delete(self, sid: str, media_sid: str) -> None:
        """Leave no copy there; one that is gone already is as good. Raises MediaAway."""
        self._call("DELETE", f"{self._of(sid)}/{media_sid}", gone_is_fine=True).close()

    def _of(self, sid: str) -> str:
        if not _TEXT.fullmatch(sid):
            raise MediaAway("this is no text's SID")
        return f"{self._base}/2010-04-01/Accounts/{self._auth[0]}/Messages/{sid}/Media"

    def _is_carriers(self, url: str) -> bool:
        here, there = urlsplit(self._base), urlsplit(url)
        if not is_twilio(self._base):
            return (there.scheme, there.netloc) == (here.scheme, here.netloc)
        host = there.hostname or ""
        known = host.endswith((".twilio.com", ".twiliocdn.com"))
        public = host == _PUBLIC_STORE[0] and there.path.startswith(_PUBLIC_STORE[1])
        return there.scheme == "https" and (known or public)

    def _call(self, method: str, url: str, *, gone_is_fine: bool = False, **more: Any) -> requests.Response:
        with requests.Session() as session:
            # A proxy from the environment serves Twilio's address, never a carrier on this machine.
            session.trust_env = is_twilio(self._base)
            more.setdefault("auth", self._auth)
            try:
                answer = session.request(method, url, timeout=self._timeout, allow_redirects=False, **more)
            except requests.RequestException as error:
                raise MediaAway(type(error).__name__) from None
        if answer.status_code == 404 and gone_is_fine:
            return answer
        if not answer.ok:
            answer.close()
            raise MediaAway(f"answered {answer.status_code}")
        return answer


def _read(answer: requests.Response) -> bytes:
    """At most as much as is kept, whatever the length that was announced."""
    content = bytearray()
    try:
        for chunk in answer.iter_content(_CHUNK):
            content += chunk
            if len(content) > MOST_BYTES:
                raise MediaTooLarge
    except requests.RequestException as error:
        raise MediaAway(type(error).__name__) from None
    return bytes(content)
