"""The phones page without a script: forms, redirects, and what the polling is told."""

from collections.abc import Callable

import pytest
import requests

from bot.ports import Outgoing
from tests.servers.local_carrier import HER, Local


def write(local: Local, **form: str) -> requests.Response:
    url = f"{local.url}/phones/0/texts"
    return requests.post(url, data=form, allow_redirects=False, timeout=10)


def test_the_page_shows_each_person_with_language_and_number(local: Local) -> None:
    page = requests.get(local.url, timeout=10).text

    for words in ("Lucía Morales", "Español", "+1 512-555-0101", "سمير حداد", 'dir="rtl"'):
        assert words in page


def test_a_text_typed_into_the_form_reaches_the_school_and_the_page(local: Local) -> None:
    answer = write(local, channel="sms", body=" ¿Cuándo no hay clases? ", do="text")
    local.settle()

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/#phone-0"
    assert local.house.at("/inbound")[0].form["Body"] == "¿Cuándo no hay clases?"
    assert "¿Cuándo no hay clases?" in requests.get(local.url, timeout=10).text


def test_what_we_send_shows_with_segments_encoding_price_and_state(local: Local) -> None:
    local.carrier().send(Outgoing(1, HER, "Más tarde"))
    local.settle()

    page = requests.get(local.url, timeout=10).text

    for words in ("Más tarde", "1 segment", "UCS-2", "$0.0083", "Delivered"):
        assert words in page


def test_a_hostile_text_is_shown_and_not_obeyed(local: Local) -> None:
    local.type(body='<script>alert("x")</script>')

    page = requests.get(local.url, timeout=10).text

    assert "&lt;script&gt;alert" in page
    assert '<script>alert("x")' not in page


def test_a_quick_reply_on_whatsapp_sends_its_payload(local: Local) -> None:
    local.type(body="Hola", channel="whatsapp")
    local.carrier().send(Outgoing(1, HER, "¿Qué desea?\n1 Fechas\n2 Una persona", "whatsapp"))

    answer = write(local, channel="whatsapp", choice="2")
    local.settle()

    form = local.house.at("/inbound")[-1].form
    assert (form["ButtonPayload"], form["Body"]) == ("2", "Una persona")
    assert answer.headers["Location"] == "/?whatsapp=0#phone-0"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"channel": "whatsapp", "do": "location"}, {"Latitude": "30.2672"}),
        ({"channel": "sms", "do": "location"}, {"Body": "https://maps.example/?q=30.2672,-97.7431"}),
        ({"channel": "sms", "do": "picture", "body": "Mira"}, {"NumMedia": "1", "Body": "Mira"}),
        ({"channel": "sms", "starter": "Hola"}, {"Body": "Hola"}),
    ],
)
def test_pictures_places_and_first_texts_can_be_tapped(
    local: Local, form: dict[str, str], expected: dict[str, str]
) -> None:
    write(local, **form)
    local.settle()

    assert local.house.at("/inbound")[0].form.items() >= expected.items()


@pytest.mark.parametrize("form", [{}, {"body": "   "}, {"choice": "9"}])
def test_nothing_typed_sends_nothing(local: Local, form: dict[str, str]) -> None:
    assert write(local, **form).status_code == 303
    assert local.ledger()["received"] == []


def test_an_unknown_phone_or_picture_is_not_found(local: Local) -> None:
    nobody = requests.post(f"{local.url}/phones/99/texts", data={"body": "x"}, timeout=10)

    assert nobody.status_code == 404
    assert requests.get(f"{local.url}/media/SM0/0", timeout=10).status_code == 404


def test_polling_hears_only_of_changes(local: Local) -> None:
    url = f"{local.url}/phones/changes"
    local.type(body="Hola")
    news = requests.get(url, timeout=10).json()

    assert "Hola" in news["threads"]["0-sms"]["bubbles"]
    assert "$0.0083" in news["bill"]
    assert requests.get(url, params={"since": news["version"]}, timeout=10).status_code == 204
    local.type(body="Otra vez")
    assert requests.get(url, params={"since": news["version"]}, timeout=10).status_code == 200


def test_without_a_script_the_page_can_refresh_itself(local: Local) -> None:
    page = requests.get(local.url, params={"refresh": 3}, timeout=10).text

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_a_phone_can_be_added_and_write(start: Callable[..., Local]) -> None:
    local = start()
    told = {"number": "+1 (512) 555-0150", "name": "Wen Li", "language": "zh_Hans"}

    answer = requests.post(f"{local.url}/phones", data=told, timeout=10)

    assert answer.url.startswith(local.url)
    for words in ("Wen Li", "简体中文", "+1 512-555-0150"):
        assert words in answer.text
    requests.post(f"{local.url}/phones/3/texts", data={"body": "你好"}, timeout=10)
    assert local.settle()["received"][0]["from"] == "+15125550150"


@pytest.mark.parametrize(
    "told",
    [{}, {"number": "+15125550150"}, {"number": "5125550150", "language": "es"},
     {"number": "whatsapp:+15125550150", "language": "es"},
     {"number": "+15125550150", "language": "xx"}],
)  # fmt: skip
def test_an_impossible_phone_is_refused(local: Local, told: dict[str, str]) -> None:
    assert requests.post(f"{local.url}/phones", data=told, timeout=10).status_code == 400
