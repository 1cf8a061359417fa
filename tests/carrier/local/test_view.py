"""What the phones page makes of texts: choices, names, prices, numbers."""

from decimal import Decimal

import pytest

from bot.carrier.local.config import Phone
from bot.carrier.local.ledger import Ledger
from bot.carrier.local.prices import measure
from bot.carrier.local.view import choices_in, dollars, phone_view, spaced


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("What now?\n1. Dates\n2. A person", ["Dates", "A person"]),
        ("1 Sí\n2 No\n\nGracias", ["Sí", "No"]),
        ("١. نعم\n٢. لا", ["نعم", "لا"]),
        ("1) 是\n2) 否\n3) 不知道", ["是", "否", "不知道"]),
        ("1. Only one", []),
        ("2. Two\n3. Three", []),
        ("30 de noviembre\n18 de diciembre", []),
        ("No choices here", []),
    ],
)
def test_choices_are_lines_that_count_from_one(body: str, labels: list[str]) -> None:
    assert [chip.label for chip in choices_in(body)] == labels


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [("es", "Español", "ltr"), ("ar", "العربية", "rtl"), ("ht", "Kreyòl ayisyen", "ltr"),
     ("zh_Hans", "简体中文", "ltr")],
)  # fmt: skip
def test_a_language_is_named_by_itself_and_runs_its_own_way(language: str, name: str, direction: str) -> None:
    view = phone_view(0, Phone("+15125550101", language, "Ana María Paz"), Ledger())

    assert (view.language, view.direction, view.initials) == (name, direction, "AM")
    assert view.threads[0].starters


def test_prices_show_as_many_places_as_they_need() -> None:
    assert dollars(Decimal("0.0083")) == "$0.0083"
    assert dollars(Decimal(0)) == "$0.00"
    assert dollars(Decimal("12.3415")) == "$12.34"


def test_numbers_are_spaced_for_people() -> None:
    assert spaced("+15125550101") == "+1 512-555-0101"
    assert spaced("nonsense") == "nonsense"


def test_a_text_costs_by_its_segments_and_a_whatsapp_message_by_the_message() -> None:
    assert measure("a" * 161, "sms").price == Decimal("0.0166")
    assert measure("a" * 1000, "whatsapp").price == Decimal("0.005")
    assert measure("", "sms", media="in").segments == 1
