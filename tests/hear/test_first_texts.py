"""First texts of parents, held out: answered rightly, or asked back with the right topic among the near."""

from pathlib import Path

import pytest

from bot.hear.heard import Heard
from bot.hear.understand import Hearing
from bot.words.plain import plain
from bot.words.yaml_tree import read_tree

FIRST_TEXTS = Path(__file__).parent / "sentences" / "first_texts"
WRONG = 2
"""Of about a hundred a language; may only become less"""
ON_THE_WAY = 0.85
"""Answered rightly, or the right topic is one tap away"""


def _first_texts(locale: str, heard: Heard) -> dict[str, frozenset[str]]:
    tree = read_tree((FIRST_TEXTS / f"{locale}.yaml").read_text("utf-8"), f"{locale}.yaml").plain
    assert isinstance(tree, dict)
    known = {said for all_ in heard.languages[locale].topics.values() for said in all_}
    return {said: frozenset(str(all_).split(", ")) for said, all_ in tree.items() if plain(said) not in known}


@pytest.mark.parametrize("locale", ["en", "es", "ar", "ht", "zh_Hans"])
def test_first_texts_are_heard_or_asked_back_and_hardly_ever_heard_wrongly(
    hearing: Hearing, heard: Heard, locale: str
) -> None:
    texts = _first_texts(locale, heard)
    assert len(texts) >= 75
    found = {said: hearing.understand(said, locale) for said in texts}
    wrong = {said: one.topic for said, one in found.items() if one.topic and one.topic not in texts[said]}
    lost = [said for said, one in found.items() if not {one.topic, *one.near} & texts[said]]
    assert len(wrong) <= WRONG, wrong
    assert 1 - len(lost) / len(texts) >= ON_THE_WAY, lost


@pytest.mark.parametrize(
    ("locale", "said", "kind"),
    [
        ("en", "thank you so much god bless you", "thanks"),
        ("en", "hi good morning miss", "hello"),
        ("es", "muchas gracias que tenga bonito dia", "thanks"),
        ("es", "hola buenas tardes disculpe", "hello"),
        ("ht", "mèsi anpil pase bon jounen", "thanks"),
        ("ar", "شكرا كتير الله يسلمك", "thanks"),
        ("zh_Hans", "谢谢老师祝你愉快", "thanks"),
        ("en", "thank you but the bus did not come", None),
        ("es", "gracias no entiendo la carta", None),
        ("en", "please", None),
    ],
)
def test_several_small_phrases_are_small_talk_and_a_question_among_them_is_not(
    hearing: Hearing, locale: str, said: str, kind: str | None
) -> None:
    assert hearing.understand(said, locale).small_talk == kind
