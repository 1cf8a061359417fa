"""One table of error codes, one decision each."""

import pytest

from bot.carrier.twilio.errors import known_codes, verdict


@pytest.mark.parametrize(
    ("code", "decision"),
    [
        (21610, "opted_out"),
        (63014, "opted_out"),
        (21211, "dead_number"),
        (30005, "dead_number"),
        (63024, "dead_number"),
        (21614, "landline"),
        (30006, "landline"),
        (20003, "configuration"),
        (30034, "configuration"),
        (63021, "configuration"),
        (30003, "retry"),
        (30008, "retry"),
        (63018, "retry"),
        (20429, "retry"),
        (21617, "failed"),
        (30007, "failed"),
        (63016, "failed"),
        (63049, "failed"),
    ],
)
def test_each_code_has_the_decision_of_its_class(code: int, decision: str) -> None:
    assert verdict(code).decision == decision


def test_an_unknown_code_fails_the_text_and_is_never_tried_again() -> None:
    assert verdict(99999).decision == "failed"
    assert verdict(None).decision == "failed"


def test_every_code_stands_once_and_says_a_sentence() -> None:
    codes = known_codes()
    assert len(codes) == len(set(codes))
    assert all(verdict(code).staff_words.endswith(".") for code in codes)
