"""Only this machine and only our own pages may use the carrier's control routes."""

import pytest
import requests

from tests.servers.local_carrier import HER, Local


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:80", "[::2]"])
@pytest.mark.parametrize("path", ["/", "/_carrier/ledger", "/phones/changes"])
def test_a_foreign_host_name_is_refused(local: Local, host: str, path: str) -> None:
    answer = requests.get(local.url + path, headers={"Host": host}, timeout=10)

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1234", "[::1]:80"])
def test_each_name_of_this_machine_is_served(local: Local, host: str) -> None:
    answer = requests.get(f"{local.url}/_carrier/counts", headers={"Host": host}, timeout=10)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/_carrier/inbound", "/_carrier/reset", "/phones/0/texts"])
def test_a_foreign_page_cannot_write(local: Local, headers: dict[str, str], path: str) -> None:
    told = {"from": HER, "body": "x"}
    answer = requests.post(local.url + path, json=told, headers=headers, timeout=10)

    assert answer.status_code == 403
    assert local.ledger()["received"] == []


@pytest.mark.parametrize(
    "told",
    [None, [], {}, {"from": 5}, {"from": HER, "channel": "fax"}, {"from": HER, "body": 5},
     {"from": HER, "media": 5}, {"from": HER, "fields": []}],
)  # fmt: skip
def test_an_impossible_text_is_refused_with_the_reason(local: Local, told: object) -> None:
    answer = requests.post(f"{local.url}/_carrier/inbound", json=told, timeout=10)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_ledger_can_be_asked_for_one_person_and_what_is_new(local: Local) -> None:
    first = local.type(body="Uno")
    local.type(body="Dos")
    local.type(body="Other", **{"from": "+15125550102"})

    mine = local.ledger(person=HER, after=first["number"])

    assert [text["body"] for text in mine["received"]] == ["Dos"]
    assert local.counts()["received"] == 3


def test_pages_forbid_what_is_not_theirs(local: Local) -> None:
    headers = requests.get(local.url, timeout=10).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
