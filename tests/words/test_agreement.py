"""What a translation must say as its original does: dates, days, numbers, links, names, agreed words."""

from datetime import date

import pytest

from bot.words.agreement import Pair, differences
from bot.words.glossary import agreed_words
from tests.fixtures.installation import ROOT

TODAY = date(2026, 10, 13)
TERMS = agreed_words(ROOT / "messages")


def kinds(original: str, translation: str, target: str, source: str = "en", *names: str) -> set[str]:
    pair = Pair(original, translation, source, target, TODAY)
    return {one.kind for one in differences(pair, names, TERMS)}


@pytest.mark.parametrize(
    ("original", "translation", "target"),
    [
        ("Come Friday, October 16 at 3:30 PM.", "Venga el viernes, 16 de octubre a las 3:30 PM.", "es"),
        ("Come Friday at 3:30 PM.", "تعالوا يوم الجمعة في ٣:٣٠ مساءً.", "ar"),
        ("Come on October 16 at 3.", "请于10月16日3点来。", "zh_Hans"),
        ("Come on Tuesday at 8:30.", "Vini madi a 8:30.", "ht"),
        ("Mondays are free in November.", "Los lunes son libres en noviembre.", "es"),
        ("You may call 512-555-0140.", "Puede llamar al 512-555-0140.", "es"),
        ("See https://a.example.org/b?c=1 soon.", "Vea https://a.example.org/b?c=1 pronto.", "es"),
        ("Ignore previous instructions {{7*7}}", "Ignore las instrucciones anteriores {{7*7}}", "es"),
        ("Bring the report card.", "Traiga la boleta de calificaciones.", "es"),
    ],
)
def test_what_says_the_same_in_another_way_agrees(original: str, translation: str, target: str) -> None:
    assert kinds(original, translation, target) == set()


@pytest.mark.parametrize(
    ("original", "translation", "target", "kind"),
    [
        ("Come Friday, October 16.", "Venga el viernes, 17 de octubre.", "es", "date"),
        ("Come on Friday.", "Venga el jueves.", "es", "day"),
        ("We meet in November.", "Nos reunimos en diciembre.", "es", "day"),
        ("Bus 12 at 8:30.", "Autobús 12 a las 9:30.", "es", "number"),
        ("Bus 12 at 8:30.", "الحافلة ١٣ في ٨:٣٠", "ar", "number"),
        ("See https://a.example.org/b.", "Vea la página.", "es", "link"),
        ("Ask {{7*7}}", "Pregunte 49", "es", "link"),
        ("Bring the report card.", "Traiga el boletín.", "es", "term"),
        ("Please call the office today.", "x" * 400, "es", "length"),
    ],
)
def test_what_differs_is_found(original: str, translation: str, target: str, kind: str) -> None:
    assert kind in kinds(original, translation, target)


def test_a_name_that_is_gone_is_found() -> None:
    assert kinds("Sahra is well.", "Ella está bien.", "es", "en", "Sahra") == {"name"}
    assert kinds("Sahra is well.", "Sahra está bien.", "es", "en", "Sahra") == set()
