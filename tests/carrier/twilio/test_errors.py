"""One table of error codes, one decision each."""

import pytest

from bot.carrier.local.refusal import Refused
from bot.carrier.twilio.errors import TO_DO, codes_of, known_codes, verdict
from tests.house.source import ROOT

ENDS = """
20003 20404 20429 21211 21212 21408 21602 21603 21604 21606 21608 21609 21610 21611 21612 21614 21617 21635
21659 21701 21703 30001 30002 30003 30004 30005 30006 30007 30008 30017 30018 30019 30022 30023 30032 30033
30034 30036 30037 30450 30454 63001 63003 63007 63013 63014 63016 63018 63019 63020 63021 63024 63049
"""
"""Codes a text can end with, as the public error pages tell (https://www.twilio.com/docs/api/errors)"""


@pytest.mark.parametrize(
    ("code", "decision"),
    [
        (21610, "opted_out"),
        (63014, "opted_out"),
        (21211, "dead_number"),
        (30005, "dead_number"),
        (63024, "not_on_whatsapp"),
        (21614, "landline"),
        (30006, "landline"),
        (30003, "unreachable"),
        (21408, "unroutable"),
        (20003, "configuration"),
        (21212, "configuration"),
        (21603, "configuration"),
        (21606, "configuration"),
        (30032, "configuration"),
        (30034, "configuration"),
        (63021, "whatsapp"),
        (21617, "content"),
        (30007, "content"),
        (21611, "retry"),
        (30001, "retry"),
        (63018, "retry"),
        (20429, "retry"),
        (30008, "failed"),
        (63016, "whatsapp"),
        (63049, "whatsapp"),
    ],
)
def test_each_code_has_the_decision_of_its_class(code: int, decision: str) -> None:
    assert verdict(code).decision == decision


@pytest.mark.parametrize("code", [int(code) for code in ENDS.split()])
def test_every_code_a_text_can_end_with_stands_in_the_table(code: int) -> None:
    assert code in known_codes()


def test_an_unknown_code_fails_the_text_and_is_never_tried_again() -> None:
    assert verdict(99999).decision == "failed"
    assert verdict(None).decision == "failed"


def test_every_code_stands_once_and_says_a_sentence_and_what_to_do() -> None:
    codes = known_codes()
    assert len(codes) == len(set(codes))
    assert all(verdict(code).staff_words.endswith(".") for code in codes)
    assert all(verdict(code).to_do.endswith(".") for code in (*codes, None))
    assert set(codes) == {code for decision in TO_DO for code in codes_of(decision)}


def test_one_number_that_cannot_be_reached_never_stops_a_broadcast_to_all_others() -> None:
    for code in (21211, 21408, 21610, 21612, 21614, 30003, 30005, 30006, 63024):
        assert verdict(code).decision != "configuration", code


def test_every_code_the_local_carrier_refuses_with_is_known() -> None:
    source = (ROOT / "bot/carrier/local/create.py").read_text()
    assert Refused.__name__ in source
    told = {int(part[:5]) for part in source.split("Refused(")[1:] if part[:5].isdigit()}
    assert told
    assert told <= set(known_codes())
