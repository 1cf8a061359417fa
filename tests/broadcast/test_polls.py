"""Polls: which questions may be asked, and that no count tells of fewer than five families."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.broadcast.polls import PollRefused, check_questions
from bot.broadcast.small_counts import FEWEST, both_shown, shown
from bot.store.poll_words import Question, Questions, from_json, to_json

GOOD = Question("Do you come?", ("Yes", "No"))


def test_questions_are_kept_as_they_are() -> None:
    asked = Questions("en", {"en": (GOOD,), "ar": (Question("هل تأتون؟", ("نعم", "لا")),)})
    check_questions(asked)
    assert from_json(to_json(asked)) == asked
    assert asked.fit("ar")[0] == "ar"
    assert asked.fit("vi")[0] == "en"
    assert GOOD.as_text == "Do you come?\n1 Yes\n2 No"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ((), "one_or_two_questions"),
        ((GOOD, GOOD, GOOD), "one_or_two_questions"),
        ((Question(" ", ("Yes", "No")),), "no_question"),
        ((Question("Why?", ("Yes",)),), "two_to_six_choices"),
        ((Question("Why?", ("Yes", "yes!")),), "two_choices_are_alike"),
        ((Question("How many?", ("1", "2")),), "a_choice_is_a_number"),
        ((Question("Why?", ("Yes", "")),), "a_choice_is_empty_or_long"),
        ((GOOD, Question("And {child}?", ("Yes", "No"))), "no_merge_fields_here"),
    ],
)
def test_questions_that_cannot_be_asked(asked: tuple[Question, ...], why: str) -> None:
    with pytest.raises(PollRefused) as told:
        check_questions(Questions("en", {"en": asked}))
    assert told.value.why == why


def test_every_language_has_the_same_choices() -> None:
    three = Question("¿Viene?", ("Sí", "No", "Tal vez"))
    with pytest.raises(PollRefused) as told:
        check_questions(Questions("en", {"en": (GOOD,), "es": (three,)}))
    assert told.value.language == "es"


def test_many_answers_are_shown_whole() -> None:
    assert shown({"en": [10, 20], "es": [7, 9]}) == {"en": [10, 20, 30], "es": [7, 9, 16], "": [17, 29, 46]}


def test_a_small_language_is_hidden_with_another_so_that_nobody_can_subtract() -> None:
    found = shown({"en": [30, 20], "es": [12, 8], "ht": [1, 2]})
    assert found["ht"] == [None, None, None]
    assert None in found["es"]
    assert found["en"] == [30, 20, 50]


def possible(table: Mapping[str, Sequence[int | None]]) -> list[tuple[int, int, int, int]]:
    """Every table of two groups that fits what is shown: what somebody with a pencil can find out."""
    known = [table[group][one] for group in ("a", "b") for one in (0, 1)]
    found = []
    for tried in product(*(range(10) if count is None else (count,) for count in known)):
        one, two, three, four = tried
        sums = {
            "a": (one, two, one + two),
            "b": (three, four, three + four),
            "": (one + three, two + four, sum(tried)),
        }
        if all(
            count in (None, value)
            for group, row in table.items()
            for count, value in zip(row, sums[group], strict=True)
        ):
            found.append((one, two, three, four))
    return found


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 8)] * 4))
def test_no_small_count_can_be_worked_out(true: tuple[int, int, int, int]) -> None:
    table = shown({"a": true[:2], "b": true[2:]})
    found = possible(table)
    assert true in found
    for place, count in enumerate(true):
        if 0 < count < FEWEST:
            assert len({guess[place] for guess in found}) > 1, table


@given(
    st.dictionaries(
        st.sampled_from(["en", "es", "ar"]), st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=1
    )
)
def test_two_tables_of_the_same_families_hide_the_same_sums(counts: dict[str, list[int]]) -> None:
    together = {"1": [sum(row[one] for row in counts.values()) for one in range(2)]}
    first, second = both_shown(counts, together)
    assert [count is None for count in first[""]] == [count is None for count in second[""]]
    assert all(count is None or count == 0 or count >= FEWEST for row in first.values() for count in row)
