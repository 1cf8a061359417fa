"""All looks at an installation, in the order in which its parts stand on each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from bot.examine import carrier, machine, storage, translations, work
from bot.examine.finding import Finding, guarded
from bot.settings import Settings
from bot.store.database import Database

Looks = Mapping[str, Callable[[], Iterable[Finding]]]


def inside(settings: Settings, database: Database, now: datetime) -> Looks:
    """What this machine and its database tell; none of them waits for the world outside."""
    path = database.engine.url.database if database.is_sqlite else None
    folder = Path(path).absolute().parent if path else Path.cwd()
    return {
        "disk": lambda: machine.look_at_disk(folder),
        "database": lambda: storage.look_at_database(database),
        "keys": lambda: storage.look_at_keys(database, settings),
        "redis": lambda: storage.look_at_redis(settings.redis_url),
        "workers": lambda: work.look_at_workers(database, now, has_redis=bool(settings.redis_url)),
        "sending": lambda: work.look_at_outbox(database, now),
        "budget": lambda: work.look_at_budget(database, now),
        "translations": lambda: translations.look_at_translations(database, settings),
        "backup": lambda: work.look_at_backups(database, now),
    }


def outside(settings: Settings, clock: Callable[[], datetime]) -> Looks:
    """What the carrier tells, and whether it reaches us: each may take some seconds."""
    return {
        "carrier": lambda: carrier.look_at_account(settings, clock()),
        "sender": lambda: carrier.look_at_sender(settings),
        "public address": lambda: carrier.look_at_way_in(settings),
    }


def every(looks: Looks) -> Iterator[Finding]:
    """The findings of all of them, one after the other."""
    for about, look in looks.items():
        yield from guarded(about, look)
