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
from bot.words.remark import remark

_OLDEST_REDIS = 5
_REDIS = "redis"


def look_at_database(database: Database) -> Iterator[Finding]:
    """Reached, of this program's schema, and keeping what it has acknowledged."""
    about, kind = remark("database"), "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        current = migrations.is_current(database)
    except SQLAlchemyError as error:
        yield broken(
            about,
            remark("%(program)s does not answer (%(why)s)", program=kind, why=type(error).__name__),
            remark(
                "start it, or mend DATABASE_URL; texts that come in are refused until then and sent again"
            ),
        )
        return
    yield ok(about, remark("%(program)s answers", program=kind))
    if current:
        yield ok(remark("schema"), remark("that of this version (%(number)s)", number=migrations.newest()))
    else:
        yield broken(remark("schema"), remark("not that of this version"), "ally migrate")
    if loose := durability(database):
        says = remark("may lose what it acknowledged: %(settings)s", settings=loose)
        yield warning(about, says, remark("switch %(settings)s on", settings=loose))


def look_at_keys(database: Database, settings: Settings) -> Iterator[Finding]:
    """Whether these keys open what is stored and find numbers again."""
    about = remark("keys")
    vault = Vault(settings.key_list, settings.fingerprint_key.get_secret_value())
    if vault.open(vault.seal("probe", "doctor"), "doctor") != "probe":
        fix = remark("set ALLY_KEYS to a key of `ally run`")
        yield broken(about, remark("a value that was sealed does not open"), fix)
        return
    with database.read() as session:
        fit = probe(session, vault)
    back = remark("put back the value of the day before; `ally restore` says whether a backup fits")
    if fit == "other_keys":
        yield broken(about, remark("ALLY_KEYS do not open what is stored"), back)
    elif fit == "other_fingerprint_key":
        yield broken(about, remark("ALLY_FINGERPRINT_KEY is another: no family is recognised"), back)
    else:
        is_empty = fit != "fits"
        opens = (
            remark("nothing is stored yet that they could open")
            if is_empty
            else remark("they open what is stored")
        )
        number = len(settings.key_list)
        yield ok(about, remark("%(number)s for texts, 1 for numbers; %(opens)s", number=number, opens=opens))


def look_at_redis(url: str | None) -> Iterator[Finding]:
    """There, not throwing anything away, and not too old for RQ."""
    if not url:
        yield warning(
            _REDIS,
            remark("REDIS_URL is not set: the sweeper alone sends"),
            remark("for more than one school, set it (`ally run` brings its own)"),
        )
        return
    try:
        with Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as redis:
            told = redis.info()
    except (RedisError, OSError, ValueError) as error:
        yield broken(
            _REDIS,
            remark(
                "does not answer (%(why)s); the sweeper sends meanwhile, a little later",
                why=type(error).__name__,
            ),
            remark("start it, or mend REDIS_URL"),
        )
        return
    yield from _settings_of(told)


def _settings_of(told: dict[str, object]) -> Iterator[Finding]:
    version, policy = str(told.get("redis_version", "0")), told.get("maxmemory_policy")
    if int(version.split(".", maxsplit=1)[0]) < _OLDEST_REDIS:
        says = remark("version %(version)s is too old for RQ 3", version=version)
        yield broken(_REDIS, says, remark("install Redis 5 or newer"))
    if policy not in (None, "noeviction"):
        yield broken(
            _REDIS,
            remark(
                "throws entries away when its memory is full (%(policy)s): queues would lose work",
                policy=str(policy),
            ),
            remark("redis-cli config set maxmemory-policy noeviction, and the same line in redis.conf"),
        )
        return
    kept = remark("on disk") if told.get("aof_enabled") else remark("in memory only, which is enough")
    yield ok(
        _REDIS,
        remark(
            "%(version)s answers, throws nothing away, keeps its queues %(where)s",
            version=version,
            where=kept,
        ),
    )
