"""What families write, held out from the examples: the right topic, or none with the nearest ones."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.hear.heard import Heard, HeardFile, Language, read_language
from bot.hear.topics import Guess, TopicFinder
from bot.hear.understand import Hearing
from bot.words.plain import plain
from bot.words.yaml_tree import read_tree

SENTENCES = Path(__file__).parent / "sentences"
WRONG = {"en": 2, "es": 0, "ar": 0}
"""Of those answered; DESIGN's aim is 2 in a hundred, so this may only become less"""
ANSWERED = {"en": 0.5, "es": 0.5, "ar": 0.38}
"""Of those that some topic answers; DESIGN's aim is 0.7, and the first measure was 0.67 in en, 0.55 in es,
0.4 in ar: half of its sentences are long, and its words carry articles and endings that are compared whole"""


@dataclass(frozen=True)
class Heldout:
    """One sentence and the topics of which any is right."""

    said: str
    topics: frozenset[str]

    @property
    def has_topic(self) -> bool:
        return "none" not in self.topics


def held_out(heard: Heard, locale: str) -> list[Heldout]:
    """The sentences that have not become examples since they were written."""
    tree = read_tree((SENTENCES / f"{locale}.yaml").read_text("utf-8"), f"{locale}.yaml").plain
    assert isinstance(tree, dict)
    known = examples(heard, locale)
    return [
        Heldout(said, frozenset(str(topics).split(", ")))
        for said, topics in tree.items()
        if plain(said) not in known
    ]


def examples(heard: Heard, locale: str) -> set[str]:
    return {said for sentences in heard.languages[locale].topics.values() for said in sentences}


@pytest.mark.parametrize("locale", WRONG)
def test_enough_sentences_are_held_out_and_their_topics_exist(heard: Heard, locale: str) -> None:
    sentences = held_out(heard, locale)
    assert len(sentences) >= 40
    assert {topic for one in sentences for topic in one.topics} <= {"none", *heard.languages[locale].topics}


@pytest.mark.parametrize("locale", WRONG)
def test_hardly_anything_is_answered_wrongly(heard: Heard, hearing: Hearing, locale: str) -> None:
    found = {one: hearing.understand(one.said, locale).topic for one in held_out(heard, locale)}
    wrong = {one.said: topic for one, topic in found.items() if topic and topic not in one.topics}
    assert len(wrong) <= WRONG[locale], wrong


@pytest.mark.parametrize("locale", WRONG)
def test_most_of_what_can_be_answered_is(heard: Heard, hearing: Hearing, locale: str) -> None:
    sentences = [one for one in held_out(heard, locale) if one.has_topic]
    silent = [one.said for one in sentences if hearing.understand(one.said, locale).topic is None]
    assert 1 - len(silent) / len(sentences) >= ANSWERED[locale], silent


@pytest.mark.parametrize(
    ("locale", "said", "never"),
    [
        ("es", "puedo ser voluntario sin papeles", "enroll_without_papers"),
        ("en", "can I volunteer without papers", "enroll_without_papers"),
        ("es", "necesito un abogado", "interpreter"),
        ("en", "I need a lawyer", "interpreter"),
        ("en", "what time does the bus stop", "school_hours"),
        ("en", "what time does the bus stop", "early_release"),
        ("es", "no tengo papeles de la vacuna", "enroll_without_papers"),
        ("en", "my papers are not at school", "enroll_without_papers"),
    ],
)
def test_words_that_sound_alike_do_not_open_a_right(
    hearing: Hearing, locale: str, said: str, never: str
) -> None:
    """A wrong answer about a right harms a family."""
    understood = hearing.understand(said, locale)
    assert understood.topic != never
    assert never not in understood.also


def test_an_example_is_heard_as_its_own_topic_or_left_open(heard: Heard, hearing: Hearing) -> None:
    """One in ten of them, since all take half a minute."""
    for locale in WRONG:
        for topic, sentences in heard.languages[locale].topics.items():
            for said in sentences[::10]:
                guess = hearing._topic(said, [locale])
                assert guess.topic in (topic, None), (locale, said, guess)


def small(**topics: list[str]) -> TopicFinder:
    return TopicFinder(read_language(HeardFile(heard="en", topics=topics)))


DAYS = {
    "dates": ["When is there no school?", "school holidays"],
    "meals": ["Is lunch free?", "free school lunch"],
    "bus": ["The bus did not come", "school bus"],
}


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("school holidays", "dates"),
        ("scool holydays", "dates"),
        ("holidays at school", "dates"),
        ("free lunch", "meals"),
        ("the bus did not come", "bus"),
        ("we want to buy an old bus to travel", None),
        ("school", None),
        ("holidays in the mountains of my country with my family", None),
        ("", None),
        ("qwerty", None),
    ],
)
def test_a_topic_is_sure_by_the_telling_words_it_shares(said: str, topic: str | None) -> None:
    assert small(**DAYS).find(said).topic == topic


def test_at_most_two_near_topics_are_named_best_first() -> None:
    guess = small(**DAYS).find("school bus or lunch free on holidays in the park")
    assert guess.topic is None
    assert 1 <= len(guess.near) <= 2


def test_one_topic_alone_can_still_be_sure_and_none_at_all_never_is() -> None:
    assert small(dates=["school holidays"]).find("school holidays") == Guess("dates")
    assert small().find("school holidays") == Guess(None)


def test_a_language_without_examples_hears_no_topic() -> None:
    empty = Language("zh_Hans", frozenset(), {}, {}, {}, {})
    assert Hearing(Heard({"zh_Hans": empty})).understand("我需要翻译", "zh_Hans").topic is None
