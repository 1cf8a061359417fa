"""Status callbacks: signed, in order, and wrong in each way they can be told to go wrong."""

from collections import Counter

import pytest

from bot.ports import Outgoing
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local, wait_until

TEXT = Outgoing(5, HER, "Hola")


def statuses(local: Local) -> list[str]:
    return [knock.form["MessageStatus"] for knock in local.house.at("/status")]


def test_sent_comes_before_delivered_and_both_are_signed(local: Local) -> None:
    sid = local.carrier().send(TEXT)
    text = local.settle()["sent"][0]

    assert statuses(local) == ["sent", "delivered"]
    assert text["receipts"] == ["sent 200", "delivered 200"]
    last = local.house.at("/status?m=5")[-1]
    assert last.signed
    assert last.form["SmsSid"] == last.form["MessageSid"] == sid
    assert (last.form["From"], last.form["To"]) == (NUMBER, HER)
    assert last.form["AccountSid"] == ACCOUNT
    assert len(last.form["RawDlrDoneDate"]) == 10


@pytest.mark.parametrize(("habit", "copies"), [("doubled", 2), ("tripled", 3), ("off", 0)])
def test_callbacks_come_as_often_as_told(local: Local, habit: str, copies: int) -> None:
    local.misbehave(callbacks=habit)

    local.carrier().send(TEXT)
    local.settle()

    expected = {"sent": copies, "delivered": copies} if copies else {}
    assert Counter(statuses(local)) == expected


def test_late_callbacks_come_after_the_text_was_delivered(local: Local) -> None:
    local.misbehave(callbacks="late", late_ms=[300, 400])

    local.carrier().send(TEXT)
    wait_until(lambda: local.ledger()["sent"][0]["status"] == "delivered")

    assert statuses(local) == []
    local.settle()
    assert sorted(statuses(local)) == ["delivered", "sent"]


def test_shuffled_callbacks_are_all_there_in_another_order(local: Local) -> None:
    local.misbehave(callbacks=["shuffled", "doubled"], seed=4)

    for row in range(5):
        local.carrier().send(Outgoing(row, HER, f"Text {row}"))
    local.settle()

    assert Counter(statuses(local)) == {"sent": 10, "delivered": 10}
    assert statuses(local) != ["sent", "sent", "delivered", "delivered"] * 5


def test_early_callbacks_come_before_the_answer(local: Local) -> None:
    local.misbehave(callbacks="early")

    local.carrier().send(TEXT)

    assert statuses(local) == ["sent", "delivered"]


def test_an_undelivered_text_says_why(local: Local) -> None:
    local.misbehave(undelivered=1)

    local.carrier().send(TEXT)
    text = local.settle()["sent"][0]

    assert (text["status"], text["error_code"]) == ("undelivered", 30003)
    assert local.house.at("/status")[-1].form["ErrorCode"] == "30003"


def test_a_house_that_is_away_loses_its_receipts_but_not_the_text(local: Local) -> None:
    away = local.carrier(status_callback="http://127.0.0.1:9/status")

    away.send(TEXT)
    text = local.settle()["sent"][0]

    assert text["receipts"] == ["sent ct", "delivered ct"]
    assert text["status"] == "delivered"
