"""The very first start: makes keys and the local carrier's account, and keeps them in .env."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from bot.carrier.local.config import LOCAL_NUMBER
from bot.store.vault import new_key

ENV_FILE = Path(".env")


def missing_lines(env: Mapping[str, str], known: str, *, web_port: int, carrier_port: int) -> list[str]:
    """The settings that a first run must add: only those that neither the environment nor .env has."""
    has_account = "TWILIO_ACCOUNT_SID" in env or "TWILIO_ACCOUNT_SID=" in known
    wanted = {"ALLY_KEYS": new_key(), "ALLY_FINGERPRINT_KEY": new_key()}
    if not has_account:
        wanted |= {
            "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "TWILIO_BASE_URL": f"http://127.0.0.1:{carrier_port}",
            "ALLY_NUMBER": LOCAL_NUMBER,
            "ALLY_PUBLIC_URL": f"http://127.0.0.1:{web_port}",
            "ALLY_PROGRAM": "'Ally, Cedar Valley Schools'",
        }
    return [
        f"{name}={value}" for name, value in wanted.items() if name not in env and f"{name}=" not in known
    ]


def write_env(path: Path, lines: list[str]) -> None:
    """Add lines to the file that only its owner may read (mode 0600)."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write("".join(f"{line}\n" for line in lines))
