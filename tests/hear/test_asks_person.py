"""How often somebody who asks for a person is not heard, and others are handed to one (asks_person/*.yaml).

The sentences were written before any example. A first round of examples saw none of them; a second one saw
what was heard amiss among the even ones, and once all who do not ask, lest other topics lose their own. So
they flatter: of 60 written after all that, 50 were heard, and 5 of 60 others were handed to a person.
"""

import pytest

from bot.hear.danger import danger
from bot.hear.heard import Heard, HeardFile, read_language
from bot.hear.topics import TopicFinder
from bot.hear.understand import Hearing
from bot.words.plain import plain
from tests.hear.asking import ROOT, SENTENCES, judged

SHIPPED = ("en", "es", "ar", "ht", "zh_Hans")
MISSED = {"en": 2, "es": 1, "ar": 1, "ht": 0, "zh_Hans": 6}
"""Of the 30 who ask in free words; the first measure was all of them, and this may only become less"""
FALSELY = {"en": 1, "es": 1, "ar": 0, "ht": 1, "zh_Hans": 2}
"""Handed to a person of the 30 who do not ask; this may only become less"""


def test_every_shipped_language_is_judged() -> None:
    assert {path.stem for path in SENTENCES.glob("*.yaml")} == set(SHIPPED)
    assert {path.stem for path in (ROOT / "messages" / "heard").glob("*.yaml")} == set(SHIPPED)


@pytest.mark.parametrize("locale", SHIPPED)
def test_who_asks_for_a_person_in_free_words_is_heard(locale: str) -> None:
    found = judged(locale)
    assert found.counts["person"] >= 28
    assert len(found.wrong["person"]) <= MISSED[locale], found.wrong["person"]
    assert len(found.wrong["speaker"]) <= 1, found.wrong["speaker"]


@pytest.mark.parametrize("locale", SHIPPED)
def test_hardly_anybody_else_is_handed_to_one(locale: str) -> None:
    found = judged(locale)
    assert found.counts["other"] >= 30
    assert len(found.wrong["other"]) <= FALSELY[locale], found.wrong["other"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "I want to talk to a person"),
        ("en", "i want to speak with a person"),
        ("en", "can I talk to someone"),
        ("es", "quiero hablar con una persona"),
        ("es", "¿Puedo hablar con alguien?"),
        ("ar", "أريد التحدث إلى شخص"),
        ("ht", "mwen vle yon moun"),
        ("zh_Hans", "我想跟真人说话"),
    ],
)
def test_the_plainest_sentences_interrupt_anything_in_any_language(
    hearing: Hearing, locale: str, said: str
) -> None:
    assert hearing.understand(said, locale).command == "person"
    assert hearing.understand(said, "es").command == "person"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "A man hit my son, I want to talk to a person"),
        ("es", "Mi esposo me pega, quiero hablar con una persona"),
        ("ar", "زوجي بيضربني بدي احكي مع حدا"),
        ("ht", "mari m bat mwen, mwen vle pale ak yon moun"),
        ("zh_Hans", "有人打我孩子，我要找真人"),
    ],
)
def test_danger_is_heard_beside_it(hearing: Hearing, locale: str, said: str) -> None:
    """Danger is asked before any topic (bot.talk.lanes)."""
    assert danger(said) == "danger"


def test_topics_beside_it_keep_their_own_sentences(heard: Heard, hearing: Hearing) -> None:
    for locale in SHIPPED:
        for topic in ("find_liaison", "what_can_you_do", "find_counselor", "meet_teacher", "wrong_number"):
            for said in heard.languages[locale].topics[topic]:
                guess = hearing._topic(said, [locale])
                assert guess.topic == topic, (locale, said, guess)


def test_a_person_comes_last_of_several_things_and_nothing_else_is_offered(hearing: Hearing) -> None:
    """Whoever is there reads the whole text, and the bot is quiet from then on."""
    understood = hearing.understand(
        "I need to speak to a human. Is there school tomorrow? And what is blue?", "en"
    )
    assert (understood.topic, understood.also) == ("school_tomorrow", ("person",))


def test_what_only_sounds_like_a_topic_is_none_and_is_not_offered_either() -> None:
    file = HeardFile(
        heard="en",
        topics={"person": ["talk to a person"], "bus": ["the bus did not come"]},
        sounds_like={"person": ["my son talked to a person"]},
    )
    finder = TopicFinder(read_language(file))
    assert finder.find("talk to a person please").topic == "person"
    for said in ("my son talked to a person", "my son talked to a person today"):
        assert finder.find(plain(said)).topic is None
        assert all(" " not in near for near in finder.find(plain(said)).near)


def test_an_example_is_heard_as_its_own_topic_however_many_like_it_another_has() -> None:
    person = ["someone to talk to", "talk to someone", "someone talk"]
    file = HeardFile(heard="en", topics={"person": person, "sad": ["he talks to someone"]})
    assert TopicFinder(read_language(file)).find("he talks to someone").topic == "sad"
