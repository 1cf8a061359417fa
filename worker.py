"""Background entry: `python worker.py replies|broadcasts|chores` runs one RQ queue in this process,
`python worker.py sweep` the sweeper. Start as many of each as you like, on any machine.
"""

import sys
from collections.abc import Sequence
from contextlib import closing

from bot import jobs, log_lines
from bot.outbox.doorbell import JOBS
from bot.sending import sender
from bot.settings import Settings, SettingsWrong, read_settings
from bot.workers import SENDING, sweep, work


def main(arguments: Sequence[str]) -> int:
    """Run what the one argument names until SIGTERM or SIGINT; returns the exit code."""
    if len(arguments) != 1 or arguments[0] not in (*JOBS, "sweep"):
        return _complain(f"usage: python worker.py {'|'.join(JOBS)}|sweep")
    log_lines.configure()
    try:
        settings = read_settings()
    except SettingsWrong as error:
        return _complain(str(error))
    if arguments[0] != "sweep" and not settings.redis_url:
        return _complain("REDIS_URL is not set: without Redis, `python worker.py sweep` does all the work")
    if arguments[0] in SENDING:
        _send(settings, arguments[0])
    else:
        _look_after(settings, arguments[0])
    return 0


def _send(settings: Settings, lane: str) -> None:
    with closing(sender(settings)) as here:
        jobs.serve_sending(here)
        work(here, lane)


def _look_after(settings: Settings, what: str) -> None:
    # A process that only sends takes a third less memory without the flows, words and all that reads them
    from bot.wiring import build  # noqa: PLC0415

    with closing(build(settings)) as bot:
        bot.remember_flows()
        bot.know_own_phones()
        if what == "sweep":
            sweep(bot)
        else:
            jobs.serve(bot)
            work(bot, what)


def _complain(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
