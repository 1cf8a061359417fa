"""Background entry: `python worker.py replies|broadcasts|chores` runs one RQ queue in this process,
`python worker.py sweep` the sweeper. Start as many of each as you like, on any machine.
"""

import sys
from collections.abc import Sequence

from bot import log_lines
from bot.outbox.doorbell import JOBS
from bot.settings import SettingsWrong, read_settings
from bot.wiring import build
from bot.workers import sweep, work


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
    bot = build(settings)
    bot.remember_flows()
    bot.know_own_phones()
    try:
        if arguments[0] == "sweep":
            sweep(bot)
        else:
            work(bot, arguments[0])
    finally:
        bot.close()
    return 0


def _complain(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
