"""What a piece of work costs, in steps of SQLite's virtual machine, which no busy machine changes."""

from collections.abc import Callable

from sqlmodel import Session

from bot.store.database import Database

_EACH = 100
"""Steps between two counts"""


def steps(db: Database, work: Callable[[Session], object]) -> int:
    """About how many steps SQLite takes over a piece of work."""
    counted = [0]

    def one_more() -> None:
        counted[0] += _EACH

    with db.write() as session:
        connection = session.connection().connection.dbapi_connection
        assert connection is not None
        connection.set_progress_handler(one_more, _EACH)
        work(session)
        connection.set_progress_handler(None, 0)
    return counted[0]
