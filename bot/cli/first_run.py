"""The very first start: makes keys and the local carrier's account, and keeps them in .env."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import click

from bot.carrier.local.config import LOCAL_NUMBER
from bot.settings import environment, is_twilio, setting
from bot.store.vault import new_key

ENV_FILE = Path(".env")


def prepare(env_file: Path, web_port: int, carrier_port: int) -> dict[str, str]:
    """Write what is missing into .env; gives what counts today beside it: the ports of this start."""
    written = env_file.read_text(encoding="utf-8") if env_file.exists() else ""
    lines = missing_lines(environment(), written, web_port=web_port, carrier_port=carrier_port)
    if lines:
        write_env(env_file, lines)
        click.echo(
            f"Wrote keys to {env_file} (only you can read it; keep it: without it the data stays closed)."
        )
    base_url = setting("TWILIO_BASE_URL", env_file)
    if "TWILIO_BASE_URL" in environment() or not base_url or is_twilio(base_url):
        return {}
    today = {"TWILIO_BASE_URL": f"http://127.0.0.1:{carrier_port}"}
    if "ALLY_PUBLIC_URL" not in environment():
        today["ALLY_PUBLIC_URL"] = f"http://127.0.0.1:{web_port}"
    return today


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
