"""A plant that the fault tests of one process share, with an empty database and ledger for each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, text

from bot.school.district import DEMO, load_district
from bot.store.database import Database
from bot.store.migrations import alone, upgrade
from bot.store.vault import Vault
from tests.faults.books import Books, now
from tests.faults.plant import Plant
from tests.faults.scale import Scale, read_scale
from tests.fixtures.missing import missing
from tests.servers.memory import quick_folder
from tests.servers.postgres import Postgres, postgres_programs
from tests.servers.redis import RedisServer, redis_program

SEGMENT_MB = 1
"""Small, so that a limit on files can stop a table and not the write-ahead log"""


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Short or long, and the seed."""
    return read_scale()


@pytest.fixture
def report(
    scale: Scale, tell_at_the_end: Callable[[str], None], request: pytest.FixtureRequest
) -> Callable[[str], None]:
    """Says what was found: at the end of a long run, beside the failure of a short one."""

    def say(words: str) -> None:
        line = f"{request.node.name} (seed {scale.seed}): {words}"
        print(line)  # noqa: T201 - pytest shows it with a failure
        if scale.is_long:
            tell_at_the_end(line)

    say("begins")
    return say


@dataclass
class Machines:
    """The servers that a plant stands on."""

    postgres: Postgres
    redis: RedisServer


@pytest.fixture(scope="session")
def machines() -> Iterator[Machines]:
    """A PostgreSQL that keeps what it says it keeps, and a Redis."""
    programs, program = postgres_programs(), redis_program()
    if programs is None:
        missing("PostgreSQL", "sudo apt-get install postgresql")
    if program is None:
        missing("Redis", "sudo apt-get install redis-server")
    postgres = Postgres(programs, durable=True, segment_mb=SEGMENT_MB, folder=quick_folder())
    redis = RedisServer(program)
    yield Machines(postgres, redis)
    redis.close()
    postgres.close()


@pytest.fixture(scope="session")
def shared(
    machines: Machines, keys: tuple[str, str], vault: Vault, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Books]:
    """The plant and its books; processes are started when a test first asks for them."""
    url = machines.postgres.create("plant")
    db = Database(url)
    upgrade(db)
    load_district(db, vault, DEMO, now)
    plant = Plant(url, machines.redis.url, keys, tmp_path_factory.mktemp("plant"))
    yield Books(db, vault, plant)
    plant.down()
    db.close()


@pytest.fixture
def books(shared: Books) -> Iterator[Books]:
    """The shared plant with the demo school, no person, an empty ledger and good manners."""
    shared.before = empty(shared.db)
    shared.plant.local.reset()
    yield shared
    for log in shared.plant.logs():
        log.write_text("")


@pytest.fixture
def plant(books: Books) -> Plant:
    """The plant of these books."""
    return books.plant


def empty(db: Database) -> int:
    """Forget every person and with them every text; the last id of a text, none is given twice.

    The plant's processes go on reading, in an order of their own: as a migration does, it gives way to them.
    """
    alone(db, _truncate)
    with db.write() as session:
        return int(session.connection().execute(text("SELECT nextval('outbox_id_seq')")).scalar_one())


def _truncate(connection: Connection) -> None:
    connection.execute(text("TRUNCATE contact CASCADE"))
