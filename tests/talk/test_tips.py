"""Learning tips: one a week in the afternoon, to whoever asked, until they say no."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.store import consents, subscriptions
from bot.talk.tips import BANDS, send_due_tips
from tests.fixtures.installation import ENGLISH, SPANISH, Installation

CHICAGO = ZoneInfo("America/Chicago")


def tips(house: Installation, number: str = ENGLISH) -> list[str]:
    return [body for body, kind in house.answers_and_kinds(number) if kind == "tip"]


def due(house: Installation, number: str = ENGLISH) -> list[datetime]:
    with house.bot.db.read() as session:
        found = subscriptions.of_contact(session, house.contact(number).id or 0)
    return [one.next_due_at for one in found]


def test_every_band_has_eight_tips_with_one_footer_in_two_segments_at_most(house: Installation) -> None:
    phrases = house.bot.library.book.phrases
    for band in BANDS:
        written = [name for name in phrases if name.startswith(f"tip_{band}_")]
        assert written == [f"tip_{band}_{number}" for number in range(1, 9)]
    assert all(len(phrases[name].other) <= 160 for name in phrases if name.startswith("tip_"))


def test_the_first_tip_comes_at_once_and_the_next_a_week_later_in_the_afternoon(house: Installation) -> None:
    house.text("tips")
    house.text("1")
    house.text("1")
    first, second = (house.phrase(f"tip_k2_{number}") for number in (1, 2))
    assert first in house.answers()[-1]
    assert due(house) == [datetime(2026, 10, 20, 16, 0, tzinfo=CHICAGO).astimezone(UTC)]
    house.clock.move(days=6)
    assert send_due_tips(house.bot.talk) == 0
    house.clock.set(datetime(2026, 10, 20, 16, 0, 30, tzinfo=CHICAGO))
    assert send_due_tips(house.bot.talk) == 1
    assert send_due_tips(house.bot.talk) == 0, "once"
    assert tips(house) == [f"{second}\n{house.phrase('tip_footer')}"]


def test_the_hour_stays_the_same_when_the_clocks_change(house: Installation) -> None:
    house.clock.set(datetime(2026, 10, 27, 9, 0, tzinfo=CHICAGO))
    house.text("tips")
    house.text("1")
    house.text("1")
    assert due(house)[0].astimezone(CHICAGO) == datetime(2026, 11, 3, 16, 0, tzinfo=CHICAGO)
    assert due(house)[0].astimezone(UTC).hour == 22, "21 before the change"


def test_a_tip_that_comes_late_waits_for_the_next_afternoon(house: Installation) -> None:
    house.text("tips")
    house.text("1")
    house.text("1")
    house.clock.set(datetime(2026, 10, 20, 21, 30, tzinfo=CHICAGO))
    send_due_tips(house.bot.talk)
    assert tips(house) == []
    assert due(house)[0].astimezone(CHICAGO) == datetime(2026, 10, 21, 16, 0, tzinfo=CHICAGO)
    house.clock.set(datetime(2026, 10, 21, 16, 5, tzinfo=CHICAGO))
    send_due_tips(house.bot.talk)
    assert len(tips(house)) == 1


def test_a_family_is_told_in_its_language_and_may_ask_for_two_grades(house: Installation) -> None:
    house.text("consejos", SPANISH)
    house.text("1", SPANISH)
    house.text("1", SPANISH)
    house.text("consejos", SPANISH)
    house.text("3", SPANISH)
    house.text("1", SPANISH)
    house.clock.set(datetime(2026, 10, 20, 16, 1, tzinfo=CHICAGO))
    assert send_due_tips(house.bot.talk) == 2
    footer = house.phrase("tip_footer", "es")
    assert len(tips(house, SPANISH)) == 2
    assert all(one.endswith(footer) for one in tips(house, SPANISH))


def test_after_the_last_tip_the_first_comes_again(house: Installation) -> None:
    house.text("tips")
    house.text("4")
    house.text("1")
    for week in range(1, 9):
        house.clock.set(datetime(2026, 10, 13, 16, 1, tzinfo=CHICAGO))
        house.clock.move(days=7 * week, hours=1)
        send_due_tips(house.bot.talk)
    assert len(tips(house)) == 8
    assert tips(house)[-1].startswith(house.phrase("tip_g912_1"))


def test_no_tips_ends_them_and_both_words_are_proved(house: Installation) -> None:
    house.text("tips")
    house.text("2")
    house.text("1")
    house.text("no tips")
    assert due(house) == []
    with house.bot.db.read() as session:
        kinds = [event.kind for event in consents.of_contact(session, house.contact().id or 0)]
        wording = consents.of_contact(session, house.contact().id or 0)[1].wording
    assert kinds == ["noticed", "tips_on", "tips_off"]
    assert len(wording) == 16, "the version of the terms that were confirmed"


def test_tips_begin_only_when_their_terms_are_confirmed(house: Installation) -> None:
    house.text("tips")
    house.text("2")
    terms = house.answers()[-1]
    for needed in ("Ally", "1 learning tip a week", "Msg & data rates may apply", "HELP", "STOP"):
        assert needed in terms
    assert due(house) == []
    house.text("2")
    assert due(house) == []


def test_stop_ends_tips_for_good_also_after_start(house: Installation) -> None:
    house.text("tips")
    house.text("2")
    house.text("1")
    house.text("no more messages please")
    house.clock.set(datetime(2026, 10, 20, 16, 1, tzinfo=CHICAGO))
    send_due_tips(house.bot.talk)
    assert tips(house) == []
    house.text("START")
    assert due(house) == []
