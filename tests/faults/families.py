"""Families who text: signed posts to the web process as a carrier makes them, each try timed."""

import secrets
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import requests

from bot.carrier.twilio.signatures import SIGNATURE_HEADER, sign
from tests.faults.plant import Plant
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, NUMBER

_AT_ONCE: Final = 12
_PATIENCE: Final = 60.0
"""Seconds; a carrier has 15, but how busy this machine is must not decide"""
_TRIES: Final = 4
"""One and the three more that our webhook's address asks for (#rc=3&rp=all)"""


@dataclass
class Families:
    """What was sent and how it was answered."""

    plant: Plant
    seconds: list[float] = field(default_factory=list)
    """Of each try that was answered"""
    statuses: list[int] = field(default_factory=list)
    """Of each try; 0 without an answer"""
    taken: list[str] = field(default_factory=list)
    """SIDs that were answered with success"""
    _local: threading.local = field(default_factory=threading.local)

    def knock(self, sender: str, words: str, sid: str) -> int:
        """Post one text once; the status, 0 without an answer."""
        url = f"{self.plant.url}/twilio/inbound"
        form = {"MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT}
        form |= {"From": sender, "To": NUMBER, "Body": words, "NumMedia": "0", "SmsStatus": "received"}
        headers = {SIGNATURE_HEADER: sign(TOKEN, url, form)}
        begun = time.monotonic()
        try:
            status = self._session().post(url, data=form, headers=headers, timeout=_PATIENCE).status_code
        except requests.RequestException:
            self.statuses.append(0)
            return 0
        self.seconds.append(time.monotonic() - begun)
        self.statuses.append(status)
        return status

    def text(self, sender: str, words: str = "Hello") -> str:
        """Post one text until it is taken, as often as the carrier would; its SID."""
        sid = f"SM{secrets.token_hex(16)}"
        for _ in range(_TRIES):
            if self.knock(sender, words, sid) == 200:
                self.taken.append(sid)
                break
            time.sleep(0.2)
        return sid

    def keep_texting(self, senders: Sequence[str], each: float) -> None:
        """One text of each sender, one begun every `each` seconds whatever became of the last."""
        begun = time.monotonic()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for n, sender in enumerate(senders):
                time.sleep(max(0.0, begun + n * each - time.monotonic()))
                pool.submit(self.text, sender)

    def percentile(self, share: float) -> float:
        """Seconds within which this share of tries was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        return self._local.session  # type: ignore[no-any-return]
