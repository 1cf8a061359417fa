"""Choices: number, digits of any script, label, part of it, near miss, button; each means one choice."""

import pytest

from bot.flow.match import choice, slipped
from bot.flow.turn import Offered
from tests.flow.kit import Talker, Text, Texts, book, flow

COLOURS = flow("""
which:
  ask: "Which colour?"
  choices:
    red: {label: "Dark red", go: red}
    green: {label: "Light green", go: green}
    none: {label: "No colour at all", go: over}
  also_understands: {fire: red}
red: {say: "Red it is.", end: yes}
green: {say: "Green it is.", end: yes}
over: {say: "None then.", end: yes}
""")
RED, GREEN, NONE = "Red it is.", "Green it is.", "None then."
YES_NO = {("en", "yes"): ["yes", "yeah"], ("en", "no"): ["no"], ("en", "polite"): ["thanks", "please"]}


@pytest.fixture
def asked() -> Talker:
    """A person before the question of the colours."""
    talker = Talker(book(COLOURS, words=YES_NO))
    assert talker.starts() == "Which colour? [Dark red, Light green, No colour at all]"
    return talker


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("1", RED),
        ("2.", GREEN),
        (" 3 ", NONE),
        ("#2", GREEN),
        ("number 2", GREEN),
        ("(1)", RED),
        ("٢", GREEN),
        ("२", GREEN),
        ("２", GREEN),
        ("2️⃣", GREEN),
        ("Dark red", RED),
        ("DARK RED!", RED),
        ("dark", RED),
        ("green", GREEN),
        ("ligth green", GREEN),
        ("lightgreen", GREEN),
        ("no", NONE),
        ("no thanks", NONE),
        ("2 please", GREEN),
        ("the second one", GREEN),
        ("the first one please", RED),
        ("three", NONE),
        ("please 2, thanks", GREEN),
        ("thanks", "Please answer with a number: [Dark red, Light green, No colour at all]"),
        ("no colour", NONE),
    ],
)
def test_a_choice_is_answered_in_many_ways(asked: Talker, said: str, means: str) -> None:
    assert asked.texts(said) == means


@pytest.mark.parametrize(
    "said",
    [
        "0",
        "4",
        "12",
        "fourth",
        "1 2",
        "I have 2 kids",
        "blue",
        "red or green",
        "no idea",
        "yes",
        "?",
        "1234567890",
    ],
)
def test_what_could_mean_none_or_two_is_asked_again(asked: Talker, said: str) -> None:
    assert asked.texts(said).startswith("Please answer with a number: [Dark red, ")
    assert asked.counts == ["unclear/talk/which"]


def test_a_button_names_its_choice_whatever_is_written_on_it(asked: Talker) -> None:
    assert asked.texts("Anything", payload="talk/which/green") == GREEN


@pytest.mark.parametrize(
    "payload", ["talk/older/red", "other/which/red", "talk/which/blue", "red", "", "//", "/"]
)
def test_a_button_of_another_question_is_read_as_its_words(asked: Talker, payload: str) -> None:
    assert asked.texts("Light green", payload=payload) == GREEN


def test_a_topic_that_the_question_understands_is_a_choice(asked: Talker) -> None:
    assert asked.texts("Something burns", topic="fire") == RED


def test_labels_are_read_in_the_language_in_which_they_were_shown() -> None:
    texts = Texts({("es", "talk/which/choices.red"): Text("Rojo oscuro", "es")})
    talker = Talker(book(COLOURS, texts=texts), language="es")
    assert "[Rojo oscuro, Light green, No colour at all]" in talker.starts()
    assert talker.texts("rójo") == RED


def test_only_the_texts_that_go_out_count_as_missing() -> None:
    """Reading an answer against the labels is no use of them."""
    talker = Talker(book(COLOURS), language="es")
    talker.starts()
    assert talker.counts == ["missing_text"] * 5, "four of the question, and the line that owns up to it"
    talker.texts("2")
    assert talker.counts == ["missing_text"]


def test_a_choice_without_its_own_way_goes_where_the_step_goes_and_is_remembered() -> None:
    talker = Talker(
        book(
            flow("""
            which:
              ask: "Which?"
              choices: {red: "Red", blue: {label: "Blue", go: other}}
              save: colour
              go: told
            told: {say: "You said {colour}.", end: yes}
            other: {say: "Blue means {colour}.", end: yes}
            """)
        )
    )
    talker.starts()
    assert talker.texts("red") == "You said red."
    talker.starts()
    assert talker.texts("2") == "Blue means blue."


def test_a_clear_yes_or_no_finds_the_one_label_that_begins_with_it() -> None:
    steps = flow("""
    more: {ask: "More?", choices: {a: "Yes, a person", b: "Something else", c: "No, thank you"}, go: over}
    over: {say: "Done.", end: yes}
    """)
    talker = Talker(book(steps, words=YES_NO))
    for said in ("yes", "Yeah!", "no", "yes please"):
        talker.starts()
        assert talker.texts(said) == "Done."
    two = flow(
        'more: {ask: "More?", choices: {a: "Yes, today", b: "Yes, later"}, go: over}\nover: {end: yes}'
    )
    talker = Talker(book(two, words=YES_NO))
    talker.starts()
    assert talker.texts("yes").startswith("Please answer")


def test_a_slip_of_the_finger_is_one_in_six_letters_and_two_at_most() -> None:
    assert slipped("calender", "calendar")
    assert slipped("intrepreter", "interpreter")
    assert not slipped("right", "night")
    assert not slipped("conversations", "conferences")


def test_a_short_word_is_never_guessed() -> None:
    offered = [Offered("a", "Yes"), Offered("b", "Yesterday")]
    assert choice("yeh", offered) is None
    assert choice("yes", offered) == "a"


def test_chinese_and_arabic_labels_are_found_by_their_words() -> None:
    offered = [Offered("a", "学校日期"), Offered("b", "حقوق طفلي"), Offered("c", "与人交谈")]
    assert choice("学校日期", offered) == "a"
    assert choice("حُقوق", offered) == "b"
    assert choice("学校", offered) is None
