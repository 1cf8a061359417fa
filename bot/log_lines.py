"""How every process writes its log: one line of JSON an event, with ids and never with words or numbers."""

import logging
import re
import sys
import traceback
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
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        error_without_words,
        without_numbers,
    ]
    structlog.configure(
        processors=[*shared, last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    _take_over_libraries(shared, last)


def _take_over_libraries(shared: list[Any], last: Any) -> None:
    """What libraries log goes the same way: one line each, no numbers, no words of an error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def error_without_words(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """An error in full might quote a text: its kind and where it was raised are enough."""
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["place"] = place_of(error)
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        # The formatter of the standard library would append the traceback.
        record.exc_info = record.exc_text = None
    return event


def place_of(error: BaseException) -> str:
    """Where it was raised, innermost last: file:line, three frames at the most."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def without_numbers(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The last guard: whatever looks like a telephone number never reaches a log line."""
    for key, value in event.items():
        if isinstance(value, str) and key not in ("sid", "timestamp"):
            event[key] = _NUMBER.sub("<number>", value)
    return event
