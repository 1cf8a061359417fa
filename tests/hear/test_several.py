"""Several questions in one text are parted, and nothing that was asked is lost."""

from pathlib import Path

import pytest

from bot.hear.heard import read_heard
from bot.hear.several import parts
from bot.hear.understand import OTHER_PART, Hearing


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    """What parents say, as shipped."""
    return Hearing(read_heard(Path("messages/heard")))


def said(text: str) -> list[str]:
    return [part.text for part in parts(text)]


def test_a_text_is_parted_at_sentence_ends() -> None:
    assert said("When is there no school? And is lunch free?") == [
        "When is there no school?",
        "And is lunch free?",
    ]
    assert said("什么时候放假？午饭免费吗？") == ["什么时候放假？", "午饭免费吗？"]
    assert said("متى العطلة؟ هل الغداء مجاني؟") == ["متى العطلة؟", "هل الغداء مجاني؟"]
    assert said("Mi hijo está enfermo. No va a la escuela.") == [
        "Mi hijo está enfermo.",
        "No va a la escuela.",
    ]


def test_a_text_is_parted_where_people_join_questions() -> None:
    assert said("cuándo no hay clases y también quiero saber del almuerzo") == [
        "cuándo no hay clases",
        "quiero saber del almuerzo",
    ]
    assert said("no school days and also free lunch") == ["no school days", "free lunch"]
    assert said("my son also needs help") == ["my son also needs help"]


def test_a_number_or_an_hour_is_not_parted() -> None:
    assert said("The bus comes at 7.30 a.m. today") == ["The bus comes at 7.30 a.m.", "today"]
    assert said("1") == []


@pytest.mark.parametrize(
    ("locale", "text", "topics"),
    [
        ("en", "When is there no school? Can my child get free lunch?", ("no_school", "meals")),
        ("en", "Is there an early release day? And I need an interpreter.", ("early_release", "interpreter")),
        ("es", "¿Cuándo no hay clases? ¿Puedo tener un intérprete?", ("no_school", "interpreter")),
        ("es", "cuándo no hay clases y también necesito un intérprete", ("no_school", "interpreter")),
        (
            "es",
            "Hola buenos días. ¿Cuándo son las conferencias? ¿Qué es un IEP? Gracias.",
            ("conferences", "special_education"),
        ),
    ],
)
def test_each_question_of_a_text_has_its_topic(
    hearing: Hearing, locale: str, text: str, topics: tuple[str, ...]
) -> None:
    heard = hearing.understand(text, locale)
    assert (heard.topic, *heard.also) == topics


def test_a_question_that_is_not_understood_is_handed_on_and_not_dropped(hearing: Hearing) -> None:
    heard = hearing.understand("When is there no school? Where did the purple elephant go?", "en")
    assert (heard.topic, heard.also) == ("no_school", (OTHER_PART,))


def test_a_sentence_that_only_explains_is_no_question(hearing: Hearing) -> None:
    heard = hearing.understand(
        "My daughter is in third grade. When are the parent teacher conferences?", "en"
    )
    assert (heard.topic, heard.also) == ("conferences", ())


def test_a_text_that_is_sure_as_a_whole_is_not_parted(hearing: Hearing) -> None:
    heard = hearing.understand("My child is bullied. Other kids make fun of my daughter's accent.", "en")
    assert heard.also == ()


def test_more_questions_than_fit_an_answer_end_with_an_offer_of_a_person(hearing: Hearing) -> None:
    text = "When is there no school? What is an IEP? Can my child get free lunch? I need an interpreter?"
    heard = hearing.understand(f"{text} How do I complain about the school?", "en")
    assert len(heard.also) == 3
    assert heard.also[-1] == OTHER_PART
