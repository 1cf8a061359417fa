"""Twilio's REST contract as the SDK and plain HTTP see it."""

from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from bot.carrier.twilio.transport import Timeouts, Transport
from bot.ports import Outgoing
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local


@pytest.fixture
def sdk(local: Local) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Transport(local.url, Timeouts()))


def url_of(local: Local, rest: str = "Messages.json", account: str = ACCOUNT) -> str:
    return f"{local.url}/2010-04-01/Accounts/{account}/{rest}"


def test_a_created_message_can_be_fetched_with_its_size_and_price(local: Local, sdk: Client) -> None:
    body = "ж" * 100

    made = sdk.messages.create(to=HER, from_=NUMBER, body=body)
    found = sdk.messages(str(made.sid)).fetch()

    assert (made.status, made.direction, made.price) == ("queued", "outbound-api", None)
    assert (found.body, found.num_segments, found.price, found.price_unit) == (
        body, "2", "-0.0166", "USD",
    )  # fmt: skip
    assert found.date_created is not None
    assert found.uri == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{made.sid}.json"


def test_a_text_reaches_delivered(local: Local, sdk: Client) -> None:
    made = sdk.messages.create(to=HER, from_=NUMBER, body="Hello")
    local.settle()

    assert sdk.messages(str(made.sid)).fetch().status == "delivered"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "5125550101"}, 21211),
        ({"To": "+1512555010x"}, 21211),
        ({"From": ""}, 21603),
        ({"From": "+15125550199"}, 21659),
        ({"From": f"whatsapp:{NUMBER}"}, 63007),
        ({"Body": ""}, 21602),
        ({"Body": "é" * 1601}, 21617),
        ({"StatusCallback": "nonsense"}, 21609),
        ({"StatusCallback": "http://under_score.example/x"}, 21609),
        ({"MessagingServiceSid": "MG" + "0" * 32}, 21701),
    ],
)
def test_a_wrong_parameter_is_refused_with_twilios_code(
    local: Local, change: dict[str, str], code: int
) -> None:
    form = {"To": HER, "From": NUMBER, "Body": "Hello"} | change

    answer = requests.post(url_of(local), data=form, auth=(ACCOUNT, TOKEN), timeout=10)

    told = answer.json()
    assert (told["code"], told["status"]) == (code, answer.status_code)
    assert told["message"]
    assert told["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert local.ledger()["sent"] == []
    assert local.ledger()["refused"] == {str(code): 1}


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "9" * 32, TOKEN), ("é", "ü")])
def test_only_the_account_may_send(local: Local, auth: Any) -> None:
    answer = requests.post(url_of(local), data={"To": HER}, auth=auth, timeout=10)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_another_account_and_an_unknown_message_are_not_found(local: Local, sdk: Client) -> None:
    other = url_of(local, account="AC" + "9" * 32)

    answer = requests.get(other, auth=(ACCOUNT, TOKEN), timeout=10)
    with pytest.raises(TwilioRestException) as unknown:
        sdk.messages("SM" + "0" * 32).fetch()

    assert answer.json()["code"] == 20404
    assert unknown.value.code == 20404


def test_pages_follow_one_another_without_gap_or_repeat(local: Local, sdk: Client) -> None:
    for row in range(7):
        local.carrier().send(Outgoing(row, HER, f"Text {row}"))

    first = sdk.messages.page(to=HER, page_size=3)
    seen = [[message.body for message in first]]
    local.carrier().send(Outgoing(9, HER, "One more while the list is read"))
    following = first.next_page()
    while following is not None:
        seen.append([message.body for message in following])
        following = following.next_page()

    assert seen == [["Text 6", "Text 5", "Text 4"], ["Text 3", "Text 2", "Text 1"], ["Text 0"]]


def test_a_list_can_be_narrowed_by_day_and_by_sender(local: Local, sdk: Client) -> None:
    local.carrier().send(Outgoing(1, HER, "Out"))
    made = local.type(body="In")
    day = made["created_at"][:10]

    def bodies(**query: Any) -> list[str | None]:
        answer = requests.get(url_of(local), params=query, auth=(ACCOUNT, TOKEN), timeout=10)
        return [message["body"] for message in answer.json()["messages"]]

    assert bodies() == ["In", "Out"]
    assert bodies(From=HER) == ["In"]
    assert bodies(To=HER, From=NUMBER) == ["Out"]
    assert bodies(DateSent=day) == ["In", "Out"]
    assert bodies(**{"DateSent>": day}) == ["In", "Out"]
    assert bodies(**{"DateSent<": "2020-01-01"}) == []
    assert bodies(DateSent="2020-01-01") == []


def test_free_text_on_whatsapp_fails_without_a_recent_text_of_hers(local: Local) -> None:
    local.carrier().send(Outgoing(3, HER, "Hola", channel="whatsapp"))

    sent = local.settle()["sent"][0]

    assert (sent["status"], sent["error_code"]) == ("failed", 63016)
    (knock,) = local.house.at("/status?m=3")
    assert (knock.form["MessageStatus"], knock.form["ErrorCode"]) == ("failed", "63016")
    assert knock.form["To"] == f"whatsapp:{HER}"
