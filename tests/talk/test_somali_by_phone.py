"""A parent writes Somali and a liaison reads English, on their phones, to the end: people translate."""

from sqlmodel import select

from bot.store import thread_texts, translation_tasks
from bot.store.thread_texts import TRANSLATED, Translation
from bot.store.threads import Thread
from bot.talk.replying import Answered, By, send_held, working
from bot.talk.wake import wake_all
from tests.fixtures.installation import Installation
from tests.talk.test_by_phone import ORTIZ, carried, mark_of, persons_texts, says, speaks

PARENT = "+19155550103"
"""Abdirahman Mohamud, who reads Somali, a daughter at Maple Grove"""
ASKS = "Waxaan rabaa inaan la hadlo qof ku saabsan baska wiilkayga"


def texts(house: Installation, words: str) -> str:
    """The parent texts; what he gets."""
    before = len(house.answers(PARENT))
    house.text(words, PARENT)
    said = "\n".join(house.answers(PARENT)[before:])
    carried(house)
    return said


def translated(house: Installation, words: str) -> None:
    """A person translates what he wrote last."""
    thread = house.thread(PARENT)
    assert thread is not None
    with house.bot.db.write() as session:
        meant = Translation(
            inbound_id=thread.last_inbound_id or 0,
            locale="en",
            body=house.bot.vault.seal(words, TRANSLATED),
            origin="human",
            is_reviewed=True,
            created_at=house.clock.now,
        )
        thread_texts.translate(session, meant)
    wake_all(house.bot.talk)


def test_a_somali_parent_and_an_english_liaison_understand_each_other(house: Installation) -> None:
    speaks(house, "en")
    said = texts(house, ASKS)
    assert house.contact(PARENT).language == "so", "one small word does not make it Spanish"
    assert "Part of this is still in English. For help with it from a person, text PERSON." in said
    assert texts(house, "6").startswith("I asked a person at Maple Grove Elementary to text you here.")
    mark = mark_of(house, PARENT)
    assert house.answers(ORTIZ)[-1].startswith(
        f"#{mark} Abdirahman at Maple Grove Elementary asks for a person."
    )
    assert "Language: Somali. About: a question." in house.answers(ORTIZ)[-1]
    texts(house, "Baska wiilkaygu ma iman maanta")
    assert "wrote again, in Somali. It waits for a translation." in house.answers(ORTIZ)[-1]
    translated(house, "My son's bus did not come today")
    carried(house)
    assert house.answers(ORTIZ)[-1] == f"#{mark} Abdirahman, translated: My son's bus did not come today"
    assert says(house, f"#{mark} I am sorry. Bus 12 comes at 8 tomorrow.") == (
        f"#{mark} is kept for a translator: the family reads Somali. It goes out once it is translated."
    )
    assert persons_texts(house, PARENT) == []
    with house.bot.db.read() as session:
        (held,) = thread_texts.held_replies(session)
        assert [one.target for one in translation_tasks.waiting(session) if one.is_for_family] == ["so"]
    with working(house.bot.talk, By(None)) as at:
        sent = send_held(
            at,
            held.id or 0,
            "Waan ka xumahay. Bas 12 wuxuu imanayaa 8 berri.",
            origin="human",
            is_reviewed=True,
        )
    assert isinstance(sent, Answered)
    assert persons_texts(house, PARENT) == ["Waan ka xumahay. Bas 12 wuxuu imanayaa 8 berri."]
    assert says(house, f"#{mark} close").startswith(f"#{mark} is closed.")
    assert "I am back." in house.answers(PARENT)[-1]
    assert house.phrase("rate_help") in house.answers(PARENT)[-1]
    assert texts(house, "5") == house.phrase("rating_thanks")
    with house.bot.db.read() as session:
        assert session.exec(select(Thread.rating)).one() == 5
    for one in (*house.answers(PARENT), *house.answers(ORTIZ)):
        assert "555-0103" not in one
        assert "555-0191" not in one
