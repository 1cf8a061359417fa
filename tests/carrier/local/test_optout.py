"""STOP in the three set-ups: who answers, what is blocked, what the school is told."""

from collections.abc import Callable

import pytest

from bot.ports import NotAccepted, Outgoing
from tests.servers.local_carrier import HER, Local

TEXT = Outgoing(1, HER, "Hola")


def replies(local: Local) -> list[str]:
    return [text["body"] for text in local.ledger()["carrier_replies"]]


@pytest.mark.parametrize("word", ["STOP", "stop", " Unsubscribe ", "END", "quit", "CANCEL"])
def test_the_carrier_answers_stop_itself_and_refuses_what_follows(local: Local, word: str) -> None:
    local.type(body=word)

    with pytest.raises(NotAccepted) as refused:
        local.carrier().send(TEXT)

    assert refused.value.code == 21610
    assert replies(local)[0].startswith("You have successfully been unsubscribed")
    (knock,) = local.house.at("/inbound")
    assert "OptOutType" not in knock.form
    assert knock.form["Body"] == word


def test_start_lets_texts_through_again(local: Local) -> None:
    local.type(body="STOP")
    local.type(body="START")

    assert local.carrier().send(TEXT)
    assert len(replies(local)) == 2


@pytest.mark.parametrize("words", ["Please stop", "PARAR", "stop it now", "YES", "START"])
def test_anything_but_one_english_word_is_a_plain_text(local: Local, words: str) -> None:
    local.type(body=words)

    assert local.carrier().send(TEXT)
    assert replies(local) == []


def test_opting_out_counts_for_one_person_and_not_for_whatsapp(local: Local) -> None:
    local.type(body="STOP")
    local.type(body="STOP", channel="whatsapp", **{"from": "+15125550102"})

    assert local.carrier().send(Outgoing(1, "+15125550102", "Hola"))
    assert local.carrier().send(Outgoing(2, HER, "Hola", channel="whatsapp"))


@pytest.mark.parametrize("word", ["STOP", "HELP"])
def test_advanced_opt_out_tells_the_school_that_it_answered(start: Callable[..., Local], word: str) -> None:
    local = start("--stop-by", "advanced")

    local.type(body=word)

    assert len(replies(local)) == 1
    assert local.house.at("/inbound")[0].form["OptOutType"] == word


def test_where_the_school_answers_the_carrier_keeps_quiet(start: Callable[..., Local]) -> None:
    local = start("--stop-by", "us")

    local.type(body="STOP")

    assert local.carrier().send(TEXT)
    assert replies(local) == []
    assert "OptOutType" not in local.house.at("/inbound")[0].form
