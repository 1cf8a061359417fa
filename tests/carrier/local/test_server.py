"""The carrier as a process: where it listens, what it refuses to stand beside."""

import os
import subprocess
import sys

import pytest

from bot.carrier.local.config import RealAccount, refuse_beside_twilio

REAL = "AC" + "1" * 32


@pytest.mark.parametrize("url", ["https://api.twilio.com", "https://api.dublin.ie1.twilio.com/"])
def test_it_refuses_to_start_beside_a_real_account(url: str) -> None:
    with pytest.raises(RealAccount):
        refuse_beside_twilio(REAL, url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "https://twilio.com.example"])
def test_it_starts_where_texts_go_nowhere_real(url: str) -> None:
    refuse_beside_twilio(REAL, url)
    refuse_beside_twilio("", "https://api.twilio.com")


@pytest.mark.parametrize(
    ("settings", "options", "words"),
    [
        ({"TWILIO_ACCOUNT_SID": REAL}, [], "does not run beside a real account"),
        ({}, ["--misbehave", '{"nonsense": 1}'], "no such switch"),
        ({}, ["--misbehave", "{"], "Error"),
        ({}, ["--stop-by", "nobody"], "Invalid value"),
    ],
)
def test_a_wrong_start_ends_with_the_reason(settings: dict[str, str], options: list[str], words: str) -> None:
    command = [sys.executable, "-m", "bot.carrier.local", "--port", "0"]
    ended = subprocess.run(
        [*command, "--inbound-url", "http://127.0.0.1:9/inbound", *options],
        env=os.environ | settings, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip

    assert ended.returncode != 0
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
