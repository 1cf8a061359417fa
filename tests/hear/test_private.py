"""What volunteers immigration status or such a number is not kept, also between Chinese characters."""

import pytest

from bot.hear.private import tells_of_officers, volunteers_status


@pytest.mark.parametrize("said", ["我的SSN是123-45-6789", "ICE今天来学校了吗", "我們沒有身份", "A123456789"])
def test_chinese_characters_beside_it_hide_nothing(said: str) -> None:
    """Python takes a Chinese character for the middle of a word: the edges are our own."""
    assert volunteers_status(said)


@pytest.mark.parametrize("said", ["the ice on the road", "我要请假", "call 512-555-0123", "office hours"])
def test_what_is_none_is_kept(said: str) -> None:
    assert not volunteers_status(said)


@pytest.mark.parametrize(
    "said",
    [
        "ICE took my brother today",
        "immigration came and arrested my husband",
        "ayuda la migra se llevó a mi papá",
        "mi hermano lo detuvieron los de migración",
        "الهجرة أخذوا أخي",
        "我弟弟今天被移民局抓走了",
        "imigrasyon pran frè m",
    ],
)
def test_who_was_taken_is_told_of_a_person_and_not_of_papers(said: str) -> None:
    assert tells_of_officers(said)
    assert volunteers_status(said)


@pytest.mark.parametrize(
    "said", ["no tenemos papeles", "I am undocumented", "我们没有证件", "my visa expired"]
)
def test_papers_are_no_officers(said: str) -> None:
    assert not tells_of_officers(said)
