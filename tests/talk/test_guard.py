"""Floods and loops, judged from what came and what was answered."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hear.automatic import is_automatic
from bot.talk.guard import DAILY, DAY, HOUR, HOURLY, Answered, Came, is_loop, may_answer
from bot.words.region import PREMIUM, region_of

NOW = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def every(step: timedelta, number: int) -> list[Answered]:
    """So many answers, the last one a step ago."""
    return [Answered(NOW - step * (number - place), place) for place in range(number)]


def test_one_answer_more_up_to_the_limit_then_one_last_word_then_none() -> None:
    assert may_answer(NOW, []) == "answer"
    assert may_answer(NOW, every(SECOND, HOURLY - 1)) == "answer"
    assert may_answer(NOW, every(SECOND, HOURLY)) == "last_word"
    assert may_answer(NOW, every(SECOND, HOURLY + 1)) == "too_many"


def test_a_day_of_steady_talk_ends_at_the_limit_of_a_day() -> None:
    step = timedelta(minutes=6)
    assert may_answer(NOW, every(step, DAILY - 1)) == "answer"
    assert may_answer(NOW, every(step, DAILY)) == "last_word"
    assert may_answer(NOW, every(step, DAILY + 1)) == "too_many"


def flood(step: timedelta, during: timedelta) -> list[tuple[datetime, str]]:
    """What a number gets that texts at every step: each answer and when."""
    answers: list[Answered] = []
    told: list[tuple[datetime, str]] = []
    at = NOW
    while at < NOW + during:
        decision = may_answer(at, [one for one in answers if one.at > at - 2 * DAY])
        if decision != "too_many":
            answers.append(Answered(at, len(answers)))
            told.append((at, decision))
        at += step
    return told


@pytest.mark.parametrize("step", [timedelta(seconds=10), timedelta(seconds=45), timedelta(minutes=2)])
def test_a_flood_of_three_days_gets_few_answers_and_few_last_words(step: timedelta) -> None:
    told = flood(step, 3 * DAY)
    for at, _ in told:
        assert sum(at - HOUR < one <= at for one, _ in told) <= HOURLY + 1
        assert sum(at - DAY < one <= at for one, _ in told) <= DAILY + 1
    last = [at for at, decision in told if decision == "last_word"]
    assert all(later - earlier >= HOUR for earlier, later in pairwise(last))


def texts(*words: str, step: timedelta = SECOND) -> list[Came]:
    """Texts newest first, each one step after the one before."""
    number = len(words)
    return [Came(number - place, NOW - step * place, said) for place, said in enumerate(reversed(words))]


def test_the_same_words_three_times_in_ten_minutes_are_a_machines() -> None:
    said = "I am away until Monday"
    assert is_loop(texts(said, said, said.upper()), [])
    assert not is_loop(texts(said, said), [])
    assert not is_loop(texts(said, said, said, step=timedelta(minutes=6)), [])
    assert not is_loop(texts(said, "ok thank you", said), [])


@pytest.mark.parametrize("said", ["1", "yes", "si", "menu", "2", "0", "hola", "好", "نعم"])
def test_a_short_answer_is_given_as_often_as_a_flow_asks(said: str) -> None:
    assert not is_loop(texts(said, said, said, said), every(SECOND, 3))


LONG = ("Reply with a number: 1 dates", "Sorry, I did not catch that one", "Here is our menu once more")


def test_three_long_texts_each_faster_than_anybody_reads_are_a_machines() -> None:
    answers = [Answered(NOW - 2 * SECOND, 0), Answered(NOW - SECOND, 1), Answered(NOW, 2)]
    assert is_loop(texts(*LONG), answers)
    assert not is_loop(texts(*LONG, step=timedelta(seconds=40)), answers[:1])
    assert not is_loop(texts("Hi", *LONG[1:]), answers)


def test_a_story_in_many_texts_before_any_answer_is_a_persons() -> None:
    assert not is_loop(texts(*LONG), [Answered(NOW - timedelta(minutes=1), 0)])


@given(st.lists(st.tuples(st.integers(0, 4000), st.text(max_size=60)), max_size=12))
def test_any_past_can_be_judged(past: list[tuple[int, str]]) -> None:
    came = [Came(row, NOW - SECOND * ago, said) for row, (ago, said) in enumerate(past)]
    answers = [Answered(NOW - SECOND * ago, row) for row, (ago, _) in enumerate(past)]
    assert is_loop(came, answers) in (True, False)
    assert may_answer(NOW, answers) in ("answer", "last_word", "too_many")


@pytest.mark.parametrize(
    "said",
    [
        "ALLY: 家长您好。需要帮助请发送 HELP，停止接收请发送 STOP。短信数量不定，可能会产生费用。",
        "Auto-Reply: I'm driving with Do Not Disturb While Driving turned on.",
        "This is an automated message, please call the office instead.",
        "I am out of the office until Monday and will return your call.",
        "Respuesta automática: ahora no puedo contestar.",
        "自动回复：我现在不方便，稍后回复您，请您稍等，谢谢您的来信，祝好。",
        "Ally: school texts for your family. Msg & data rates may apply. Text HELP for help, STOP to end.",
        "Program X: mensajes escolares. Escriba AYUDA o HELP para ayuda, ALTO o STOP para terminar.",
    ],
)
def test_a_machines_text_is_known_by_its_words(said: str) -> None:
    assert is_automatic(said)


@pytest.mark.parametrize(
    "said",
    [
        "automatic",
        "When is there no school?",
        "Can you set an automatic reply for the absence line?",
        "I was driving and could not answer, sorry",
        "What happens if I text STOP or HELP, will my other child still get texts from school?",
        "Is the office open until Monday? I will be back at 3",
        "My son is out of school until Monday",
        "PLEASE HELP ME MY SON DID NOT GET OFF AT THE BUS STOP TODAY AND I AM WORRIED",
        "I am driving, I will be at the school in ten minutes to pick her up",
        "I was out of the office today, please call me back about the bus",
        "This number gets no messages from the school, my neighbor does",
        "Estoy fuera de la oficina, ¿me puede llamar mañana?",
        "",
    ],
)
def test_a_person_is_not_taken_for_a_machine(said: str) -> None:
    assert not is_automatic(said)


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("+15125550101", "US"),
        ("+17875550101", "PR"),
        ("+16715550101", "GU"),
        ("+18765550101", "JM"),
        ("+525512345678", "MX"),
        ("+19005550101", PREMIUM),
        ("+99912345", None),
        ("maple", None),
    ],
)
def test_a_number_belongs_to_a_country(number: str, region: str | None) -> None:
    assert region_of(number) == region
