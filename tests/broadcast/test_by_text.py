"""What holds of orders by text whatever is said: codes, forged numbers, whose phone it is, what is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.broadcast import drafts, order_codes
from bot.broadcast.by_text import MOST_AN_HOUR
from bot.broadcast.drafts import Change, Written
from bot.people.access import Grant, Who
from bot.settings import Settings
from bot.store import accounts, audit, broadcasts, inbound, retention, text_orders
from bot.store.database import Database
from bot.store.inbound import Inbound
from bot.store.text_orders import TextOrder
from bot.store.vault import Vault
from bot.talk.library import FileLibrary
from bot.talk.receive import receive
from bot.talk.taken import Text
from tests.broadcast.conftest import Campus
from tests.broadcast.phone_stage import PHONE, PhoneStage
from tests.fixtures.household import SettableClock
from tests.outbox.rows import rows_of

ORDER = "3B picture day tomorrow"


@pytest.fixture
def stage(
    db: Database,
    vault: Vault,
    clock: SettableClock,
    library: FileLibrary,
    make_settings: Callable[..., Settings],
) -> PhoneStage:
    """A campus and a teacher's phone, on each kind of database."""
    made = PhoneStage(Campus(db, vault, clock, library), library, make_settings())
    made.settle()
    return made


def order_of(stage: PhoneStage) -> TextOrder:
    with stage.campus.db.write() as session:
        found = text_orders.of(session, stage.campus.teacher.account_id)
        assert found is not None
        return found


def sent(stage: PhoneStage) -> int:
    """How many broadcasts this teacher sent."""
    with stage.campus.db.read() as session:
        rows = [broadcasts.by_id(session, number) for number in range(1, 20)]
    return sum(row is not None and row.sent_at is not None for row in rows)


def test_one_code_sends_one_broadcast_however_often_its_text_comes(stage: PhoneStage) -> None:
    stage.say(ORDER)
    text = Text("SM" + "9" * 32, PHONE, stage.code)
    assert receive(stage.talk, text) == "answered"
    assert receive(stage.talk, text) == "repeat"
    stage.say(stage.code)
    assert sent(stage) == 1
    assert stage.got().keys() == {"es", "en"}


def test_a_code_is_kept_as_a_hash_and_its_text_not_at_all(stage: PhoneStage) -> None:
    stage.say(ORDER)
    held = order_of(stage)
    assert held.code_hash is not None
    assert stage.code not in held.code_hash
    fits = order_codes.fits(
        stage.campus.vault, held.code_hash, held.account_id, held.broadcast_id or 0, stage.code
    )
    assert fits
    stage.say(stage.code)
    with stage.campus.db.read() as session:
        contact = stage.contact()
        heard = inbound.recent(session, contact.id or 0, 1000, 10)
        kinds = [session.get(Inbound, one.id).heard_as for one in heard]  # type: ignore[union-attr]
        lines = [line.action for line in audit.latest(session, 10)]
    assert kinds == ["order_code", "order"]
    assert [one.body is None for one in heard] == [True, False]
    assert {"broadcast_sent", "broadcast_by_text"} <= set(lines)


def test_whoever_forges_the_number_sees_no_code_and_sends_nothing(stage: PhoneStage) -> None:
    stage.say("ALL: School is closed for good. Rosa")
    real = stage.code
    for guess in ("CCCCCC", "DDDDDD", "FFFFFF", "GGGGGG"):
        stage.say(guess)
    assert sent(stage) == 0
    # What the teacher herself ordered before a forged order is not sent by her code either: it is another's.
    stage.say(ORDER)
    hers = stage.code
    stage.say("ALL: School is closed for good. Rosa")
    assert real != hers
    stage.say(hers)
    assert sent(stage) == 0
    assert stage.got() == {}


def test_only_the_phone_of_an_open_account_with_classes_orders(stage: PhoneStage) -> None:
    campus = stage.campus
    stranger = "+15125550198"
    assert stage.say(ORDER, stranger) != []
    assert not any("CODE" in one for one in stage.say(ORDER, stranger))
    stage.say(ORDER)
    with campus.db.write() as session:
        account = accounts.by_id(session, campus.teacher.account_id)
        assert account is not None
        account.state = "deactivated"
        session.add(account)
    stage.say(stage.code)
    assert not any("CODE" in one for one in stage.say(ORDER))
    assert sent(stage) == 0


def test_an_auditor_and_somebody_elses_class_order_nothing(stage: PhoneStage) -> None:
    campus = stage.campus
    said = stage.say("4A picture day tomorrow")
    assert "You have no class 4A here." in said[0]
    auditor = campus.account("auditor", None)
    stage.enrol(Who(campus.teacher.account_id, "Rosa", "en", (Grant("auditor"),)))
    assert auditor.grants == (Grant("auditor", None),)
    assert not any("CODE" in one for one in stage.say(ORDER))


def test_stop_holds_for_a_teacher_as_for_everybody(stage: PhoneStage) -> None:
    stage.say(ORDER)
    code = stage.code
    stage.say("STOP")
    assert stage.say(code) == []
    assert stage.say(ORDER) == []
    assert sent(stage) == 0


def test_danger_comes_before_an_order(stage: PhoneStage) -> None:
    said = stage.say("3B a man with a gun is in the school")
    assert "911" in said[0]


def test_a_new_order_takes_the_place_of_the_old_one_and_of_its_draft(stage: PhoneStage) -> None:
    stage.say(ORDER)
    first = order_of(stage).broadcast_id or 0
    stage.say("3B early release friday 12:30")
    with stage.campus.db.read() as session:
        assert broadcasts.by_id(session, first) is None or order_of(stage).broadcast_id == first
    stage.say("DROP")
    with stage.campus.db.read() as session:
        assert not any(broadcasts.by_id(session, number) for number in range(1, 9))


def test_a_draft_that_she_went_on_with_in_the_pages_is_hers_to_keep(stage: PhoneStage) -> None:
    campus = stage.campus
    stage.say(ORDER)
    draft_id = order_of(stage).broadcast_id or 0
    change = Change(texts={"en": Written("Picture day is on Friday.", "template")})
    with campus.db.write() as session:
        drafts.change(session, campus.parts, campus.teacher, draft_id, change)
    assert "the words" in stage.say(stage.code)[0]
    with campus.db.write() as session:
        drafts.change(session, campus.parts, campus.teacher, draft_id, Change(topic="attendance"))
    stage.say("DROP")
    with campus.db.read() as session:
        assert broadcasts.by_id(session, draft_id) is not None
    assert sent(stage) == 0


def test_a_flood_in_her_name_costs_no_more_than_so_many_texts(stage: PhoneStage) -> None:
    for _ in range(MOST_AN_HOUR):
        stage.say("status")
    before = len(rows_of(stage.campus.db, stage.contact().id, lane="replies"))
    for _ in range(5):
        stage.say(ORDER)
    rows = rows_of(stage.campus.db, stage.contact().id, lane="replies")
    assert not any("3B:" in stage.campus.vault.open(row.body, "outbox.body") for row in rows if row.body)
    assert len(rows) - before <= 5
    stage.campus.clock.move(hours=1)
    assert any("CODE" in one for one in stage.say(ORDER))


def test_orders_are_forgotten_with_other_texts(stage: PhoneStage) -> None:
    stage.say("picture day tomorrow")
    assert order_of(stage).asked is not None
    with stage.campus.db.write() as session:
        retention.forget_bodies(session, stage.campus.clock() + timedelta(days=1))
    with stage.campus.db.write() as session:
        assert text_orders.of(session, stage.campus.teacher.account_id) is None


def test_the_first_answer_to_a_number_says_how_to_end_them(stage: PhoneStage) -> None:
    with stage.campus.db.write() as session:
        mine = stage.contact()
        mine.noticed_at = None
        session.add(mine)
    assert stage.say(ORDER)[0].endswith("To end these texts, answer STOP.")
    assert not stage.say("DROP")[0].endswith("STOP.")
