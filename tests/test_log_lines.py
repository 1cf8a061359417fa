"""What the log may hold."""

import json
from collections.abc import Iterator

import pytest
import structlog

from bot import log_lines


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
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
