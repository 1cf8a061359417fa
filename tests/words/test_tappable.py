"""A question that WhatsApp shows as buttons or a list, and SMS as numbers."""

import pytest

from bot.words.tappable import Option, Tappable, content_name, from_json, shape, to_json, variables


def question(*labels: str, text: str = "What do you need?", opens: str = "Choose") -> Tappable:
    return Tappable(text, tuple(Option(f"menu/ask={label[:9]}", label) for label in labels), opens)


def test_up_to_three_short_labels_are_buttons() -> None:
    assert shape(question("Yes", "No")) == "buttons"
    assert content_name(question("Yes", "No")) == "buttons_2"


def test_more_or_longer_labels_are_a_list() -> None:
    assert content_name(question("One", "Two", "Three", "Four")) == "list_4"
    assert content_name(question("Reportar una ausencia", "No")) == "list_2"


@pytest.mark.parametrize(
    "too_much",
    [
        question(*(f"Choice {number}" for number in range(11))),
        question("A label that no row of a list can hold", "No"),
        question("Same", "Same"),
        question("Yes", "No", text="a" * 1025),
        question("Yes", "No", text="  "),
        question("One", "Two", "Three", "Four", opens="a word too long for it"),
        Tappable("Choose", (Option("p" * 201, "Yes"),), "Choose"),
        question(),
    ],
)
def test_what_does_not_fit_stays_a_numbered_text(too_much: Tappable) -> None:
    assert shape(too_much) is None
    assert content_name(too_much) is None


def test_the_variables_stand_in_the_order_of_the_content() -> None:
    assert variables(question("Yes", "No")) == {
        "1": "What do you need?",
        "2": "Yes",
        "3": "menu/ask=Yes",
        "4": "No",
        "5": "menu/ask=No",
    }
    assert variables(question("a", "b", "c", "d"))["2"] == "Choose"


def test_it_is_kept_and_read_again() -> None:
    asked = question("نعم", "لا", text="هل تريد؟")
    assert from_json(to_json(asked)) == asked
