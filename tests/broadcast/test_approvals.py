"""Two people decide on one broadcast at the same instant: one does, the other is told."""

from threading import Barrier, Thread

from bot.broadcast import approvals
from bot.broadcast.refused import NotWaiting
from bot.store import audit, broadcasts
from tests.broadcast.conftest import Campus


def test_of_two_who_decide_at_once_one_does_and_one_is_told(campus: Campus) -> None:
    campus.set(approval_above=0)
    campus.family(campus.contact())
    waiting = campus.send(campus.draft()).broadcast_id
    second = campus.account("administrator", campus.school)
    start, said = Barrier(2), list[str]()

    def decide(word: str) -> None:
        start.wait()
        try:
            with campus.db.write() as session:
                if word == "yes":
                    approvals.approve(session, campus.parts, campus.principal, waiting)
                else:
                    approvals.refuse(session, campus.parts, second, waiting, "words")
            said.append("did")
        except NotWaiting:
            said.append("told")

    both = [Thread(target=decide, args=(word,)) for word in ("yes", "no")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == ["did", "told"]
    with campus.db.read() as session:
        row = broadcasts.by_id(session, waiting)
        lines = [one.action for one in audit.latest(session, 9) if one.action != "broadcast_sent"]
    assert row is not None
    assert (row.state, lines) in (
        ("running", ["broadcast_approved"]),
        ("refused", ["broadcast_refused"]),
    )
