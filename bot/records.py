"""What is kept of an installation, opened: enough for whatever needs none of its words."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.outbox.doorbell import NoDoorbell, RqDoorbell
from bot.outbox.parts import Bell
from bot.ports import Clock
from bot.settings import Settings
from bot.store.database import Database
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Records:
    """Database, keys and bell of an installation."""

    settings: Settings
    clock: Clock
    db: Database
    vault: Vault
    bell: Bell

    def after_fork(self) -> None:
        """Make a forked child stand on its own connections."""
        self.db.after_fork()

    def close(self) -> None:
        """Let go of what this process holds open."""
        self.db.close()


def records(settings: Settings, *, clock: Clock | None = None) -> Records:
    """Open what is kept; no flow and no word is read, so that it works also where one is broken."""
    bell: Bell = RqDoorbell(settings.redis_url) if settings.redis_url else NoDoorbell()
    vault = Vault(settings.key_list, settings.fingerprint_key.get_secret_value())
    return Records(settings, clock or now, Database(settings.database_url), vault, bell)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
