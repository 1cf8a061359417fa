"""Which rows of a lane may be taken next, as SQL.

With a hundred thousand rows before it, a claim reads a few of them: the first that nothing holds.
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, bindparam, exists, literal_column, or_, select, true

from bot.store import troubles
from bot.store.broadcasts import BROADCASTS, HELD, is_in
from bot.store.gates import is_unclear
from bot.store.marks import DISARMED, is_set
from bot.store.outbox import ROWS, state_is
from bot.store.states import OPEN


def picked_rows(lane: str, *, stumbled: bool) -> CTE:
    """The rows to take. PostgreSQL passes over rows that another worker is just taking.

    The order of one contact holds although this look may be a moment old: a row ahead of another
    leaves the open states for good (but by a person's hand), so an old look errs only towards waiting.
    Without MATERIALIZED the planner may run the look again for each row and take more than asked.
    """
    look = (
        select(ROWS.c.id)
        .where(
            state_is(ROWS, "pending"),
            ROWS.c.lane == lane,
            ROWS.c.due_at <= bindparam("due_by"),
            # A constant, because a partial index serves no parameter
            ROWS.c.stumbles > literal_column("0") if stumbled else ROWS.c.stumbles == 0,
            ~exists(is_set(DISARMED)),
            *([] if lane == "replies" else _free_to_go()),
            _is_not(exists(_ahead(lane))),
        )
        .order_by(ROWS.c.due_at, ROWS.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=ROWS)
    )
    return look.cte("picked").prefix_with("MATERIALIZED", dialect="postgresql")


def _free_to_go() -> list[ColumnElement[bool]]:
    """A fault of our own would meet every text of a broadcast; a reply is one, and shows if it is mended.

    Whether its broadcast is held is asked once for all rows, where `is_in` asks for each: all of a broadcast
    that is held may stand in front.
    """
    held = ROWS.c.broadcast_id.in_(select(BROADCASTS.c.id).where(BROADCASTS.c.state.in_(HELD)))
    return [~exists(troubles.any_open()), _is_not(held), _is_not(is_unclear())]


def _is_not(what: ColumnElement[bool]) -> ColumnElement[bool]:
    """NOT, in a form that PostgreSQL does not take for a join: of joins it thinks that hardly a row is left,
    and so it reads and sorts all that wait to find the first few. (100,000 rows: 206 ms; so 2.5.)
    """
    return what.is_not(true())


def _ahead(lane: str) -> Select[Any]:
    """What of the same contact must go first.

    Replies keep their order among themselves and wait for nothing else; a broadcast also waits
    for every reply, so that it never comes between an answer's parts. A row that is planned for later
    is not in the way, nor one whose broadcast is held; one that waits for its next try is. One that was
    due when it was put is too, even where the clock of who put it is a little ahead of ours.
    """
    ahead = ROWS.alias("ahead")
    earlier = ahead.c.id < ROWS.c.id
    same = and_(ahead.c.lane == lane, earlier)
    if lane != "replies":
        same = or_(same, ahead.c.lane == "replies")
    begun = or_(
        ahead.c.state != "pending",
        ahead.c.due_at <= bindparam("now"),
        ahead.c.due_at <= ahead.c.created_at,
        ahead.c.attempts > 0,
        ahead.c.stumbles > 0,
    )
    blocks = [ahead.c.contact_id == ROWS.c.contact_id, state_is(ahead, *OPEN), same, begun]
    if lane != "replies":
        blocks.append(or_(ahead.c.state != "pending", ~is_in(ahead, *HELD)))
    return select(ahead.c.id).where(*blocks)
