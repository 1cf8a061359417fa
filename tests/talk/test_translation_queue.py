"""Two translators press at once: one text goes out, and the queue's statements hold on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from bot.store import thread_ratings, thread_texts, thread_work, to_translate, translation_tasks
from bot.store.threads import Thread
from bot.store.translation_tasks import TranslationTask
from bot.talk import translation_queue
from bot.talk.replying import AlreadySent, Answered, By, Outcome, Written, answer, working
from bot.talk.translate_due import translate_due
from tests.fixtures.installation import SPANISH, Installation
from tests.talk.test_replying import liaison, opened


def held(house: Installation, by: By, thread_id: int, text: str, key: str) -> int:
    """An answer in English that waits, and its place in the queue."""
    with working(house.bot.talk, by) as at:
        written = Written("", key, None, wrote=text, language="en", is_held=True, why_held="no_machine")
        assert isinstance(answer(at, thread_id, written), Answered)
    with house.bot.db.read() as session:
        return translation_tasks.waiting(session)[-1].id


def test_of_two_who_press_at_once_one_text_goes_out(house: Installation) -> None:
    people = [liaison(house), liaison(house, "Ann Lee")]
    thread_id = opened(house, SPANISH, "persona")
    before = len(house.answers(SPANISH))
    for turn in range(3):
        task_id, ready = held(house, people[0], thread_id, f"Bus {turn}.", f"k{turn}"), Barrier(2)

        def press(by: By, task_id: int = task_id, ready: Barrier = ready, turn: int = turn) -> Outcome:
            ready.wait()
            with working(house.bot.talk, by) as at:
                return translation_queue.give_on(at, task_id, f"Autobús {turn}.")

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(press, people))
        assert sorted(type(one).__name__ for one in outcomes) == [AlreadySent.__name__, Answered.__name__]
    assert house.answers(SPANISH)[before:] == [f"Autobús {turn}." for turn in range(3)]


def test_what_is_held_in_no_queue_joins_it_and_what_is_gone_leaves_it(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house, SPANISH, "persona")
    task_id = held(house, by, thread_id, "Bus 12.", "k1")
    house.text("¿Cuándo llega el autobús de mi hija?", SPANISH)
    with house.bot.db.read() as session:
        since = house.clock() - timedelta(days=1)
        texts = to_translate.untranslated(session, since, 10)
        reply = thread_texts.held_replies(session)[0]
    assert [one.language for one in texts] == ["es", "es"]
    translate_due(house.bot.talk)
    with house.bot.db.write() as session:
        thread_texts.drop_reply(session, reply.id or 0)
    translate_due(house.bot.talk)
    with house.bot.db.write() as session:
        kinds = [one.is_for_family for one in translation_tasks.waiting(session)]
        task = translation_tasks.by_id(session, task_id)
        assert task is not None
        assert task.state == "dropped"
        session.delete(task)
    assert kinds == [False], "the family's own text still waits"
    again = held(house, by, thread_id, "Bus 13.", "k2")
    with house.bot.db.write() as session:
        lost = session.get(TranslationTask, again)
        session.delete(lost)
    translate_due(house.bot.talk)
    with house.bot.db.read() as session:
        back = [one for one in translation_tasks.waiting(session) if one.is_for_family]
    assert [(one.source, one.target) for one in back] == [("en", "es")]


def test_a_claim_is_one_persons_until_its_time_is_over(house: Installation) -> None:
    first, second = liaison(house), liaison(house, "Ann Lee")
    task_id = held(house, first, opened(house, SPANISH, "persona"), "Bus 12.", "k1")

    def claimed(by: By) -> bool:
        with working(house.bot.talk, by) as at:
            return translation_queue.claim(at, task_id)

    assert claimed(first)
    assert claimed(first)
    assert not claimed(second)
    house.clock.move(minutes=16)
    assert claimed(second)


def test_a_familys_text_is_asked_for_once_and_again_only_after_it_was_taken_off(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house, SPANISH, "persona")
    with house.bot.db.read() as session:
        text_id = thread_texts.inbound_of(session, thread_id)[0].id or 0
    for _ in range(2):
        with working(house.bot.talk, by) as at:
            assert translation_queue.ask(at, thread_id, text_id, "en")
            assert not translation_queue.ask(at, thread_id, text_id + 1000, "en")
    with house.bot.db.read() as session:
        (task,) = translation_tasks.waiting(session)
    with working(house.bot.talk, by) as at:
        assert translation_queue.drop(at, task.id)
        assert translation_tasks.waiting(at.session) == []
        assert translation_queue.ask(at, thread_id, text_id, "en")
        assert [one.id for one in translation_tasks.waiting(at.session)] == [task.id]
        assert isinstance(translation_queue.give_on(at, task.id, "person"), Answered)
        assert not translation_queue.ask(at, thread_id, text_id, "en"), "it is translated"


def test_ratings_are_read_by_school_and_without_a_name(house: Installation) -> None:
    thread_id = opened(house, SPANISH, "persona")
    with house.bot.db.write() as session:
        thread_work.rate(session, thread_id, 4, house.clock())
        thread = session.get(Thread, thread_id)
        assert thread is not None
        (found,) = thread_ratings.every(session, None)
        assert (found.rating, found.language, found.school_id) == (4, "es", thread.school_id)
        assert thread_ratings.every(session, [thread.school_id or 0]) == [found]
        assert thread_ratings.every(session, [4999]) == []
