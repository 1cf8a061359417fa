"""The work itself: who is there to do it, what waits, what nobody knows, and the last backup."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.examine.finding import Finding, broken, ok, warning
from bot.outbox import heartbeats
from bot.outbox.budget import ALARMS
from bot.outbox.caps import day_of
from bot.outbox.heartbeats import SWEEPER
from bot.store import arming, marks, outbox
from bot.store.database import Database

LATE: Final = timedelta(minutes=5)
BACKUP_DUE: Final = timedelta(days=2)


def look_at_workers(database: Database, now: datetime, *, has_redis: bool) -> Iterator[Finding]:
    """Signs of life. Without Redis no worker can run and the sweeper does it all."""
    with database.read() as session:
        beats = heartbeats.last_beats(session)
    for name, last in beats.items():
        if name != SWEEPER and not has_redis:
            continue
        start = "sweep" if name == SWEEPER else name
        about = "sweeper" if name == SWEEPER else f"worker {name}"
        if not heartbeats.is_silent(name, last, now):
            yield ok(about, f"heard {_ago(now, last)}")
        elif name == SWEEPER:
            yield broken(about, f"heard {_ago(now, last)}: nothing lost is found again", _start(start))
        else:
            yield warning(about, f"heard {_ago(now, last)}; the sweeper does its work, slower", _start(start))


def look_at_outbox(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether what is wanted goes out in time, and what a person must decide."""
    with database.read() as session:
        as_of = arming.disarmed_as_of(session)
        oldest = {lane: outbox.waiting(session, lane, now) for lane in ("replies", "broadcasts")}
        unknown = len(outbox.unknown_ids(session))
    if as_of is not None:
        yield broken("sending", f"DISARMED since a restore; backup of {as_of:%Y-%m-%d %H:%M} UTC", "ally arm")
    for lane, waiting in oldest.items():
        if waiting.oldest_due is not None and now - waiting.oldest_due > LATE and as_of is None:
            waits = _ago(now, waiting.oldest_due)
            fix = "mend what is broken above; ally delivery says what the carrier holds against us"
            yield broken(lane, f"{waiting.rows} texts are due, the oldest since {waits}", fix)
        else:
            yield ok(lane, f"{waiting.rows} texts are due")
    if unknown:
        fix = "look at each in the carrier's log before you write to the family again"
        yield warning("unknown", f"of {unknown} texts nobody knows whether they went out", fix)
    else:
        yield ok("unknown", "what became of every text is known")


def look_at_budget(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether the day's budget is nearly used, so that texts to many or all texts wait for tomorrow."""
    with database.read() as session:
        passed = [alarm for alarm in ALARMS if _is_of_today(marks.get(session, f"budget_{alarm}"), now)]
    fix = "raise ALLY_DAILY_SEGMENTS or ALLY_DAILY_DOLLARS if this is wanted, and start the workers anew"
    if 100 in passed:
        yield broken("budget", "all of today's is used: only STOP, help and danger are answered", fix)
    elif passed:
        yield warning("budget", f"{passed[-1]} % of today's is used: texts to many wait for tomorrow", fix)
    else:
        yield ok("budget", "today's is not reached")


def _is_of_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and day_of(at) == day_of(now)


def look_at_backups(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether there is a backup of these days."""
    with database.read() as session:
        last = marks.get(session, marks.BACKED_UP)
    if last is None or now - last > BACKUP_DUE:
        fix = "ally backup FOLDER each night, by cron or a systemd timer; copy it to another machine"
        yield warning("backup", f"last one {_ago(now, last)}", fix)
    else:
        yield ok("backup", f"last one {_ago(now, last)}")


def _start(what: str) -> str:
    return f"start it: python worker.py {what}"


def _ago(now: datetime, at: datetime | None) -> str:
    if at is None:
        return "never"
    seconds = max(0, int((now - at).total_seconds()))
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} seconds ago"
