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
from bot.words.remark import Remark, remark

LATE: Final = timedelta(minutes=5)
BACKUP_DUE: Final = timedelta(days=2)
_LANES: Final = {"replies": remark("replies"), "broadcasts": remark("broadcasts")}


def look_at_workers(database: Database, now: datetime, *, has_redis: bool) -> Iterator[Finding]:
    """Signs of life. Without Redis no worker can run and the sweeper does it all."""
    with database.read() as session:
        beats = heartbeats.last_beats(session)
    for name, last in beats.items():
        if name != SWEEPER and not has_redis:
            continue
        start = "sweep" if name == SWEEPER else name
        about = remark("sweeper") if name == SWEEPER else remark("worker %(queue)s", queue=name)
        heard = remark("heard %(when)s", when=_ago(now, last))
        if not heartbeats.is_silent(name, last, now):
            yield ok(about, heard)
        elif name == SWEEPER:
            yield broken(about, remark("%(heard)s: nothing lost is found again", heard=heard), _start(start))
        else:
            yield warning(
                about, remark("%(heard)s; the sweeper does its work, slower", heard=heard), _start(start)
            )


def look_at_outbox(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether what is wanted goes out in time, and what a person must decide."""
    with database.read() as session:
        as_of = arming.disarmed_as_of(session)
        oldest = {lane: outbox.waiting(session, lane, now) for lane in ("replies", "broadcasts")}
        unknown, aside = len(outbox.unknown_ids(session)), len(outbox.set_aside_ids(session))
    if as_of is not None:
        says = remark("DISARMED since a restore; backup of %(when)s UTC", when=f"{as_of:%Y-%m-%d %H:%M}")
        yield broken(remark("sending"), says, "ally arm")
    for lane, waiting in oldest.items():
        if waiting.oldest_due is not None and now - waiting.oldest_due > LATE and as_of is None:
            waits = _ago(now, waiting.oldest_due)
            fix = remark("mend what is broken above; ally delivery says what the carrier holds against us")
            says = remark(
                "%(number)s texts are due, the oldest since %(when)s", number=waiting.rows, when=waits
            )
            yield broken(_LANES[lane], says, fix)
        else:
            yield ok(_LANES[lane], remark("%(number)s texts are due", number=waiting.rows))
    yield from _to_decide(unknown, aside)


def _to_decide(unknown: int, aside: int) -> Iterator[Finding]:
    if aside:
        fix = remark("let them be tried anew on the page Delivery; the log says why, under their numbers")
        says = remark("%(number)s texts could not be written, three times, and did not go out", number=aside)
        yield warning(remark("set aside"), says, fix)
    if unknown:
        fix = remark("look at each in the carrier's log before you write to the family again")
        says = remark("of %(number)s texts nobody knows whether they went out", number=unknown)
        yield warning(remark("unknown"), says, fix)
    else:
        yield ok(remark("unknown"), remark("what became of every text is known"))


def look_at_budget(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether the day's budget is nearly used, so that texts to many or all texts wait for tomorrow."""
    with database.read() as session:
        passed = [alarm for alarm in ALARMS if _is_of_today(marks.get(session, f"budget_{alarm}"), now)]
    about = remark("budget")
    fix = remark(
        "raise ALLY_DAILY_SEGMENTS or ALLY_DAILY_DOLLARS if this is wanted, and start the workers anew"
    )
    if 100 in passed:
        yield broken(about, remark("all of today's is used: only STOP, help and danger are answered"), fix)
    elif passed:
        says = remark("%(share)s %% of today's is used: texts to many wait for tomorrow", share=passed[-1])
        yield warning(about, says, fix)
    else:
        yield ok(about, remark("today's is not reached"))


def _is_of_today(at: datetime | None, now: datetime) -> bool:
    return at is not None and day_of(at) == day_of(now)


def look_at_backups(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether there is a backup of these days."""
    with database.read() as session:
        last = marks.get(session, marks.BACKED_UP)
    if last is None or now - last > BACKUP_DUE:
        fix = remark("ally backup FOLDER each night, by cron or a systemd timer; copy it to another machine")
        yield warning(remark("backup"), remark("last one %(when)s", when=_ago(now, last)), fix)
    else:
        yield ok(remark("backup"), remark("last one %(when)s", when=_ago(now, last)))


def _start(what: str) -> Remark:
    return remark("start it: %(command)s", command=f"python worker.py {what}")


def _ago(now: datetime, at: datetime | None) -> Remark:
    if at is None:
        return remark("never")
    seconds = max(0, int((now - at).total_seconds()))
    if seconds >= 2 * 86400:
        return remark("%(number)s days ago", number=seconds // 86400)
    if seconds >= 2 * 3600:
        return remark("%(number)s hours ago", number=seconds // 3600)
    if seconds >= 2 * 60:
        return remark("%(number)s minutes ago", number=seconds // 60)
    return remark("%(number)s seconds ago", number=seconds)
