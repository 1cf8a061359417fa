"""The local carrier as a process of its own, and a hand on its control routes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from bot.carrier.twilio.rest import TwilioCarrier
from bot.carrier.twilio.transport import Timeouts
from tests.servers.house import TOKEN, House

ACCOUNT = "AC" + "5" * 32
NUMBER = "+15125550100"
HER = "+15125550101"
"""Lucía's phone, the first on the phones page"""


@dataclass(frozen=True)
class Local:
    """One running carrier."""

    url: str
    house: House

    def misbehave(self, **switches: object) -> None:
        """Replace its switches."""
        self._post("misbehave", switches)

    def type(self, **typed: object) -> dict[str, Any]:
        """Somebody writes; gives the ledger's entry once the webhook was called."""
        return self._post("inbound", {"from": HER, **typed})

    def reset(self) -> None:
        """Empty its ledger and switch all misbehaviour off."""
        self._post("reset", {})

    def ledger(self, **query: object) -> dict[str, Any]:
        """Everything it took so far."""
        return self._get("ledger", query)

    def counts(self) -> dict[str, Any]:
        """The ledger in numbers."""
        return self._get("counts", {})

    def settle(self) -> dict[str, Any]:
        """The ledger once every callback and webhook is over."""
        wait_until(lambda: self.counts()["waiting"] == 0)
        return self.ledger()

    def carrier(self, **changes: Any) -> TwilioCarrier:
        """The production adapter, pointed here."""
        usual: dict[str, Any] = {
            "base_url": self.url,
            "sender": NUMBER,
            "messaging_service_sid": None,
            "status_callback": f"{self.house.url}/status",
            "timeouts": Timeouts(connect=2.0, read=10.0),
        }
        token = changes.pop("token", TOKEN)
        return TwilioCarrier(ACCOUNT, token, **(usual | changes))

    def _post(self, name: str, told: object) -> dict[str, Any]:
        answer = requests.post(f"{self.url}/_carrier/{name}", json=told, timeout=30)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def _get(self, name: str, query: dict[str, Any]) -> dict[str, Any]:
        answer = requests.get(f"{self.url}/_carrier/{name}", params=query, timeout=30)
        return dict(answer.json())


def wait_until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Looks again and again; the limit only ends a test that would hang."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "this never came true"
        time.sleep(0.01)


@contextmanager
def carrier_at_work(house: House, *options: str, inbound: str = "/inbound") -> Iterator[Local]:
    """A carrier on a free port whose receipts come at once, stopped when the block ends."""
    command = [sys.executable, "-m", "bot.carrier.local", "--port", "0", "--number", NUMBER]
    command += ["--inbound-url", house.url + inbound, "--delays", "0", "0", *options]
    settings = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_BASE_URL": "http://127.0.0.1",
    }
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("local carrier on "), line
            yield Local(line.split()[-1], house)
        finally:
            process.terminate()
