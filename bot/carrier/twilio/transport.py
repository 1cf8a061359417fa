"""The SDK's way onto the network: our time limits, another host if need be, nothing in logs."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from requests import Response as RawResponse
from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient

from bot.settings import is_twilio

TWILIO_URL: Final = "https://api.twilio.com"

_SILENT: Final = logging.getLogger("bot.carrier.twilio.silent")
_IDLE_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait. Twilio itself may take about 26 s before it gives up on a request."""

    connect: float = 5.0
    read: float = 30.0


class Transport(TwilioHttpClient):  # type: ignore[misc]
    """One `requests` session for one SDK client, in one thread."""

    def __init__(self, base_url: str, timeouts: Timeouts) -> None:
        # The SDK logs each URL at INFO, and a list's URL holds phone numbers.
        _SILENT.disabled = True
        super().__init__(pool_connections=True, logger=_SILENT)
        self.timeout = (timeouts.connect, timeouts.read)
        self.last_headers: Mapping[str, str] = {}
        self._base = urlsplit(base_url)
        self._last_used = time.monotonic()
        # No retries at any level: urllib3's default for a POST is none, stated here to stay so.
        self.session.mount(f"{self._base.scheme}://", HTTPAdapter(max_retries=0))
        # A proxy from the environment serves Twilio's address, never a carrier on this machine.
        self.session.trust_env = is_twilio(base_url)
        self.session.hooks["response"].append(self._keep_headers)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """As the SDK's, to our host. Raises `requests` exceptions."""
        self.last_headers = {}
        self._drop_idle_connections()
        return super().request(method, self._moved(url), *args, **kwargs)

    def _moved(self, url: str) -> str:
        """The same path and query at the configured scheme and host; regional hosts stay."""
        if urlunsplit(self._base).rstrip("/") == TWILIO_URL:
            return url
        parts = urlsplit(url)
        return urlunsplit((self._base.scheme, self._base.netloc, parts.path, parts.query, ""))

    def _drop_idle_connections(self) -> None:
        """A connection the carrier may just be closing would make a send uncertain for nothing."""
        now = time.monotonic()
        if now - self._last_used > _IDLE_SECONDS:
            self.session.close()
        self._last_used = now

    def _keep_headers(self, response: RawResponse, *_: Any, **__: Any) -> None:
        self.last_headers = response.headers
