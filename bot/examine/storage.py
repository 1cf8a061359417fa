"""Database and Redis: there, of this version, and set so that nothing is lost."""

from collections.abc import Iterator

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.examine.finding import Finding, broken, ok, warning
from bot.settings import Settings
from bot.store import migrations
from bot.store.database import Database, durability
from bot.store.key_probe import probe
from bot.store.vault import Vault

_OLDEST_REDIS = 5


def look_at_database(database: Database) -> Iterator[Finding]:
    """Reached, of this program's schema, and keeping what it has acknowledged."""
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        current = migrations.is_current(database)
    except SQLAlchemyError as error:
        yield broken(
            "database",
            f"{kind} does not answer ({type(error).__name__})",
            "start it, or mend DATABASE_URL; texts that come in are refused until then and sent again",
        )
        return
    yield ok("database", f"{kind} answers")
    if current:
        yield ok("schema", f"that of this version ({migrations.newest()})")
    else:
        yield broken("schema", "not that of this version", "ally migrate")
    if loose := durability(database):
        yield warning("database", f"may lose what it acknowledged: {loose}", f"switch {loose} on")


def look_at_keys(database: Database, settings: Settings) -> Iterator[Finding]:
    """Whether these keys open what is stored and find numbers again."""
    vault = Vault(settings.key_list, settings.fingerprint_key.get_secret_value())
    if vault.open(vault.seal("probe", "doctor"), "doctor") != "probe":
        yield broken("keys", "a value that was sealed does not open", "set ALLY_KEYS to a key of `ally run`")
        return
    with database.read() as session:
        fit = probe(session, vault)
    back = "put back the value of the day before; `ally restore` says whether a backup fits"
    if fit == "other_keys":
        yield broken("keys", "ALLY_KEYS do not open what is stored", back)
    elif fit == "other_fingerprint_key":
        yield broken("keys", "ALLY_FINGERPRINT_KEY is another: no family is recognised", back)
    else:
        opens = "they open what is stored" if fit == "fits" else "nothing is stored yet that they could open"
        yield ok("keys", f"{len(settings.key_list)} for texts, 1 for numbers; {opens}")


def look_at_redis(url: str | None) -> Iterator[Finding]:
    """There, not throwing anything away, and not too old for RQ."""
    if not url:
        yield warning(
            "redis", "REDIS_URL is not set: the sweeper alone sends", "for more than one school, set it"
        )
        return
    try:
        with Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as redis:
            told = redis.info()
    except (RedisError, OSError, ValueError) as error:
        yield broken(
            "redis",
            f"does not answer ({type(error).__name__}); the sweeper sends meanwhile, a little later",
            "start it, or mend REDIS_URL",
        )
        return
    yield from _settings_of(told)


def _settings_of(told: dict[str, object]) -> Iterator[Finding]:
    version, policy = str(told.get("redis_version", "0")), told.get("maxmemory_policy")
    if int(version.split(".", maxsplit=1)[0]) < _OLDEST_REDIS:
        yield broken("redis", f"version {version} is too old for RQ 3", "install Redis 5 or newer")
    if policy not in (None, "noeviction"):
        yield broken(
            "redis",
            f"throws entries away when its memory is full ({policy}): queues would lose work",
            "redis-cli config set maxmemory-policy noeviction, and the same line in redis.conf",
        )
        return
    kept = "on disk" if told.get("aof_enabled") else "in memory only, which is enough"
    yield ok("redis", f"{version} answers, throws nothing away, keeps its queues {kept}")
