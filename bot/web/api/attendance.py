"""What a student information system asks for: families of absent children are told."""

from flask import Blueprint

from bot.broadcast import attendance
from bot.broadcast.attendance import Told
from bot.people.api_tokens import SEND
from bot.web.api import letters
from bot.web.api.audiences import known_students, unknown
from bot.web.api.broadcasts import write_down
from bot.web.api.models import AttendanceAsked, AttendanceTold, SentTold
from bot.web.api.operations import Call, Operation
from bot.web.api.routes import add


def report_attendance(call: Call, asked: AttendanceAsked) -> AttendanceTold:
    """A child whose family was told, or told the school itself, is named back and not told again."""
    known = known_students(call, asked.students)
    missing = unknown(asked.students, known)
    if not known:
        return _nobody(missing)
    when = letters.read_when(asked)
    told = attendance.tell(
        call.session, call.parts, call.caller.who, known.values(), asked.date, when, asked.if_no_text
    )
    return AttendanceTold(
        broadcast=_sent(call, told, missing),
        unknown_students=missing,
        told_before=[one for one, id_ in known.items() if id_ in told.told_before],
        reported_by_family=[one for one, id_ in known.items() if id_ in told.reported],
        nobody_to_text=[one for one, id_ in known.items() if id_ in told.unread],
    )


def _nobody(missing: list[str]) -> AttendanceTold:
    none: list[str] = []
    return AttendanceTold(
        broadcast=None,
        unknown_students=missing,
        told_before=none,
        reported_by_family=none,
        nobody_to_text=none,
    )


def _sent(call: Call, told: Told, missing: list[str]) -> SentTold | None:
    if told.sent is None or told.preview is None:
        return None
    write_down(call, told.sent.broadcast_id)
    return letters.told_sent(told.preview, told.sent, missing)


def add_to(api: Blueprint) -> None:
    """The route, with what it says of itself."""
    telling = Operation(
        "Tell families that the school did not see their child",
        AttendanceTold,
        SEND,
        takes=AttendanceAsked,
        is_keyed=True,
        rings=("chores",),
        refusals=(409,),
    )
    add(api, "POST", "/attendance", telling, report_attendance)
