"""What the log may hold."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import log_lines


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_event_is_one_line_of_json_with_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.configure(readable=False)
    structlog.get_logger("x").info("inbound", sid="SM" + "1" * 32, outcome="answered")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "inbound"
    assert line["sid"] == "SM" + "1" * 32
    assert line["level"] == "info"


def test_a_telephone_number_never_reaches_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.configure(readable=False)
    structlog.get_logger("x").warning("odd", reason="nobody at +1 512-555-0123 or 5125550123")
    said = capsys.readouterr().err
    assert "0123" not in said
    assert "<number>" in said


def test_what_a_library_logs_is_a_line_of_ours_without_numbers_and_without_the_words_of_errors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_lines.configure(readable=False)
    try:
        int("my son Noah is sick")
    except ValueError:
        logging.getLogger("rq.worker").exception("job of %s failed", "+15125550123")
    said = capsys.readouterr().err
    line = json.loads(said)
    assert (line["logger"], line["level"], line["error"]) == ("rq.worker", "error", "ValueError")
    assert line["event"] == "job of <number> failed"
    assert line["place"].startswith("test_log_lines.py:")
    assert "Noah" not in said


def test_an_error_of_our_own_is_told_by_its_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.configure(readable=False)
    try:
        int("Elena")
    except ValueError:
        structlog.get_logger("x").error("broke", exc_info=True)
    said = capsys.readouterr().err
    assert json.loads(said)["error"] == "ValueError"
    assert "Elena" not in said


def test_levels_below_warning_of_libraries_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.configure(readable=False)
    logging.getLogger("a.library").info("started")
    assert capsys.readouterr().err == ""
