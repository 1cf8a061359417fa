"""Who answers a thread reads what was asked, also where a menu's number opened it."""

from bot.store import thread_texts
from bot.store.inbound import BODY
from tests.fixtures.installation import ENGLISH, STRANGER, Installation
from tests.talk.test_by_phone import ORTIZ, carried

ASKS = "my daughter lost her bus card and the driver was mean"


def read(house: Installation, number: str = ENGLISH) -> list[str]:
    """What stands in the thread of a number."""
    thread = house.thread(number)
    assert thread is not None
    with house.bot.db.read() as session:
        came = thread_texts.inbound_of(session, thread.id or 0)
        return [house.bot.vault.open(one.body, BODY) for one in came if one.body]


def test_the_question_before_a_menus_number_goes_along_and_reaches_the_phone(house: Installation) -> None:
    house.text("hello")
    house.text(ASKS)
    house.text("6")
    carried(house)
    assert read(house) == [ASKS, "6"]
    assert ASKS in house.answers(ORTIZ)[-1]


def test_what_is_older_private_a_keyword_or_of_a_thread_before_does_not(house: Installation) -> None:
    house.text("the weather is very strange this week", STRANGER)
    house.clock.move(minutes=31)
    house.text("My husband is undocumented", STRANGER)
    house.text("thank you", STRANGER)
    house.text("HELP", STRANGER)
    house.text("person", STRANGER)
    assert "person" in read(house, STRANGER)
    assert not {"the weather is very strange this week", "thank you", "HELP"} & set(read(house, STRANGER))
    assert all("undocumented" not in one for one in read(house, STRANGER))


def test_of_many_texts_the_last_three_go_along(house: Installation) -> None:
    said = [f"{ASKS} {times}" for times in ("once", "twice", "always", "today")]
    house.text("hello")
    for one in said:
        house.text(one)
        house.text("0")
    house.text("6")
    assert read(house) == [*said[1:], "6"]
