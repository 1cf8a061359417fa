"""How every process writes its log: one line of JSON an event, with ids and never with words or numbers."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_NUMBER = re.compile(r"\+?\d[\d ().-]{7,}\d")
_TALKATIVE = ("urllib3", "twilio", "requests", "gunicorn.access")
"""Libraries that would log addresses with telephone numbers in them at DEBUG or INFO"""


def configure(*, readable: bool | None = None) -> None:
    """Set up the log of this process. `readable`: for people; by default where a terminal looks on."""
    people = sys.stderr.isatty() if readable is None else readable
    last: Any = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_numbers,
            last,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_numbers(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The last guard: whatever looks like a telephone number never reaches a log line."""
    for key, value in event.items():
        if isinstance(value, str) and key not in ("sid", "timestamp"):
            event[key] = _NUMBER.sub("<number>", value)
    return event
