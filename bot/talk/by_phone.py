"""People of the school answer families from their own phones, through the school's number.

A text with a mark (#K7) is for the family of that mark. Without one it is for a family only where the number
is of staff alone and one of its threads is open; a number that is a parent's too is hers as a parent then.
"""

from dataclasses import dataclass, field
from typing import Final

from bot.hear.automatic import is_automatic
from bot.hear.reactions import is_reaction
from bot.store import families, own_phones, thread_marks
from bot.store.contacts import Contact
from bot.store.thread_marks import Marked
from bot.talk import marks, phone_relay
from bot.talk.marks import Read
from bot.talk.phone_commands import Command, command
from bot.talk.phone_desk import PhoneDesk, Said
from bot.talk.phone_notice import NOT_AGAIN, reader_of
from bot.talk.replying import By, Working
from bot.talk.taken import Outcome, Taken
from bot.words import opt_out

HEARD_AS: Final = "from_staff"


@dataclass(frozen=True, slots=True)
class FromPhone:
    """A text of a number that was told of threads, as it is read."""

    marked: tuple[Marked, ...]
    read: Read = field(repr=False)
    signed: Command | None
    """The command behind a sign without a mark, as #NEXT"""

    @property
    def has_mark(self) -> bool:
        """Whether it is meant for staff's work, whoever else the number is."""
        return bool(self.read.marks) or self.signed is not None


def read(taken: Taken) -> FromPhone | None:
    """How a text is read where its number was told of threads, or asks for one; None for everybody else."""
    reader_id = taken.exchange.contact_id
    if taken.text.is_choice:
        return None
    if not taken.standing.has_marks:
        return _untold(taken)
    marked = tuple(thread_marks.of_reader(taken.session, reader_id, taken.now - NOT_AGAIN))
    found = marks.read(taken.body, {one.mark for one in marked})
    return FromPhone(marked, found, command(found.signed) if found.signed else None)


def _untold(taken: Taken) -> FromPhone | None:
    """#NEXT of somebody who signs in and whose phone was told of nothing yet: colleagues were."""
    found = marks.read(taken.body, ())
    order = command(found.signed) if found.signed else None
    if order != "next" or own_phones.account_of(taken.session, taken.contact.number_hash) is None:
        return None
    return FromPhone((), found, order)


def heard(taken: Taken, from_phone: FromPhone) -> Outcome | None:
    """Do what a text from a phone says; None where it is a text like any other."""
    is_parent = families.is_linked(taken.session, taken.exchange.contact_id)
    if is_parent and not from_phone.has_mark:
        return None
    desk = _desk(taken, from_phone.marked)
    if desk is None:
        return None
    said = _with_mark(taken, desk, from_phone) if from_phone.has_mark else _without_mark(taken, desk)
    if said is None:
        return None
    taken.heard_as = HEARD_AS
    for one in said:
        rows = taken.exchange.send(one.text, "notice")
        if one.told is not None:
            thread_marks.tell(taken.session, one.told, rows)
    return "answered"


def _with_mark(taken: Taken, desk: PhoneDesk, from_phone: FromPhone) -> list[Said]:
    found = from_phone.read
    if not found.marks:
        return _order(desk, from_phone.signed or "next", desk.open_ones())
    if len(found.marks) > 1:
        return desk.said("two_marks", marks=_listed(found.marks))
    one = next((each for each in from_phone.marked if each.mark == found.marks[0]), None)
    if one is None:
        yours = desk.open_ones()
        more = desk.words("yours", marks=_listed([each.mark for each in yours])) if yours else ""
        return desk.said("wrong_mark", mark=found.marks[0], yours=more)
    return _about(taken, desk, one, found.rest)


def _about(taken: Taken, desk: PhoneDesk, one: Marked, words: str) -> list[Said]:
    """What is said of one thread: an order, or an answer to its family."""
    if (order := command(words)) is not None:
        return _order(desk, order, [one])
    if one.state == "closed":
        return desk.is_closed(one)
    if taken.text.files:
        return desk.said("no_picture")
    if (keyword := opt_out.keyword(words)) is not None:
        return desk.said("stop_word" if keyword == "stop" else "how_short", mark=one.mark)
    if not words.strip():
        return desk.show(one)
    return desk.answer(one, words)


def _without_mark(taken: Taken, desk: PhoneDesk) -> list[Said] | None:
    """A number of staff alone: an order, or an answer where it can be for one family only."""
    mine, order = desk.open_ones(), command(taken.body)
    if order is not None and order != "open" and (mine or order == "next"):
        return _order(desk, order, mine)
    if taken.text.files:
        return desk.said("no_picture")
    if not mine:
        return None
    if is_reaction(taken.body) or is_automatic(taken.body):
        return []
    if len(mine) > 1:
        return desk.said("which_one", marks=_listed([one.mark for one in mine]))
    return _about(taken, desk, mine[0], taken.body)


def _order(desk: PhoneDesk, order: Command, those: list[Marked]) -> list[Said]:
    if order == "next":
        return desk.next()
    if len(those) != 1:
        return desk.said("which_one", marks=_listed([one.mark for one in those])) if those else desk.next()
    one = those[0]
    if order == "open":
        return desk.open_again(one)
    if one.state == "closed":
        return desk.is_closed(one)
    return desk.close(one) if order == "close" else desk.later(one)


def _desk(taken: Taken, marked: tuple[Marked, ...]) -> PhoneDesk | None:
    """What this number may do; None where it is nobody's of the school any more."""
    contact = taken.contact
    account = own_phones.account_of(taken.session, contact.number_hash)
    person = next((one for one in marked if _is_whose(taken, one, contact)), None)
    if account is None and person is None:
        return None
    staff_id = account.staff_id if account is not None else None
    if staff_id is None and person is not None:
        staff_id = person.staff_id
    by = By(account.id if account is not None else None, staff_id, by_phone=True)
    at = Working(taken.talk, taken.session, by, taken.now)
    came_at = taken.text.came_at or taken.now
    reads = reader_of(taken.session, contact.number_hash, staff_id)
    return PhoneDesk(at, contact, account, reads, marked, taken.text.sid, came_at)


def _is_whose(taken: Taken, one: Marked, contact: Contact) -> bool:
    mark = thread_marks.by_id(taken.session, one.id)
    if mark is None:
        return False
    found = phone_relay.whom(taken.session, taken.talk, mark, one.school_id)
    return found is not None and mark.reader_id == contact.id


def _listed(those: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"#{one}" for one in those[:8])
