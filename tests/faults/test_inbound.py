"""The same text many times at once, and two texts of one family at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.books import Books, number_of
from tests.faults.families import Families
from tests.faults.plant import Plant
from tests.faults.scale import Scale

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
COPIES = 10


def test_the_same_text_ten_times_at_once_is_stored_and_answered_once(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    texts = scale.of(20, 1_000)
    plant.up("web", "sweep", "replies")
    families = Families(plant)
    with ThreadPoolExecutor(2 * COPIES) as pool:
        for n in range(texts):
            for _ in range(COPIES):
                pool.submit(families.knock, number_of(n), "Hello", f"SM{n:032x}")
    seconds = books.settle(180)
    verdict = books.judge()
    rows = len(books.received())
    report(f"{texts} texts {COPIES} times: {rows} rows; {verdict}; settled {seconds:.0f} s after the last")
    verdict.holds()
    assert families.statuses == [200] * texts * COPIES
    assert rows == texts
    assert books.unanswered() == 0
    assert verdict.states == {"delivered": texts}


def test_two_texts_of_one_family_at_once_are_both_answered_in_order(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    pairs = scale.of(20, 300)
    plant.up("web", "sweep", "replies")
    families = Families(plant)
    with ThreadPoolExecutor(16) as pool:
        for n in range(pairs):
            for words in ("Hello", "1"):
                pool.submit(families.text, number_of(n), words)
    books.settle(180)
    verdict = books.judge()
    report(f"{pairs} pairs; {verdict}")
    verdict.holds()
    assert len(books.received()) == 2 * pairs
    assert books.unanswered() == 0
    assert books.answered_in_order()
