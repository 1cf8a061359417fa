"""A question to families: written in every language, its answers as counts, one reminder to the silent."""

import csv
import io
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, url_for
from flask import request as asked_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.broadcast import drafts, poll_file, polls
from bot.broadcast.drafts import Draft
from bot.broadcast.refused import NotYours, Refused
from bot.store import polls as kept
from bot.store import schools
from bot.web.console import broadcast_desk as desk
from bot.web.console import broadcast_words as words
from bot.web.console import poll_form
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.broadcast_form import Form, around_of, from_draft, from_request
from bot.web.console.declared import needs
from bot.web.console.poll_form import Asked
from bot.web.console.showing import done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("broadcast_poll", __name__, url_prefix="/broadcasts")


@page.get("/ask")
@needs(*ROLES)
def write() -> str:
    """An empty form."""
    return _form(Form(), {}, None)


@page.post("/ask")
@needs(*ROLES)
def submit() -> ResponseReturnValue:
    """Check what was written, or keep it as a new draft and show the preview."""
    return _taken(None)


@page.get("/<int:draft_id>/ask")
@needs(*ROLES)
def edit(draft_id: int) -> str:
    """The form of a draft that asks something."""
    with parts().db.read() as session:
        draft = desk.own_draft(session, draft_id)
        questions = polls.questions_of(session, parts(), draft_id)
    if questions is None:
        abort(404)
    return _form(from_draft(draft), poll_form.from_questions(questions), draft)


@page.post("/<int:draft_id>/ask")
@needs(*ROLES)
def save(draft_id: int) -> ResponseReturnValue:
    """The same for a draft there is."""
    with parts().db.read() as session:
        draft = desk.own_draft(session, draft_id)
        if polls.questions_of(session, parts(), draft_id) is None:
            abort(404)
    return _taken(draft)


@page.post("/ask/look")
@needs(*ROLES)
def look() -> str:
    """While somebody writes: the checks and the counts alone; nothing is kept."""
    with parts().db.read() as session:
        form = from_request(session, parts().vault)
        form.texts = poll_form.as_texts(poll_form.from_request())
        return show_page("console/broadcast_looked.html", words=words, **desk.looked(session, form))


@page.get("/<int:broadcast_id>/answers")
@needs(*ROLES)
def answers(broadcast_id: int) -> str:
    """What families answered, as counts of five and more."""
    with parts().db.read() as session:
        draft = desk.draft_of(session, broadcast_id)
        poll = kept.by_id(session, broadcast_id)
        if poll is None or draft.state == "draft":
            abort(404)
        first = poll.reminds_of or broadcast_id
        shown: dict[str, Any] = {
            "draft": draft,
            "poll": poll,
            "is_open": poll.closes_at > parts().clock(),
            "asked": kept.contacts_asked(session, first),
            "silent": len(kept.without_answer(session, first)),
            "reminder": kept.reminder_of(session, broadcast_id),
            "results": polls.results(session, parts(), who(), broadcast_id),
            "names": {str(one.id): one.name for one in schools.every_school(session)},
        }
    return show_page("console/broadcast_answers.html", words=words, **shown)


@page.get("/<int:broadcast_id>/answers.csv")
@needs(*ROLES)
def export(broadcast_id: int) -> Response:
    """The same counts as a file; who took it is written down."""
    with parts().db.write() as session:
        desk.draft_of(session, broadcast_id)
        try:
            found = poll_file.export(session, parts(), who(), broadcast_id)
        except NotYours:
            abort(404)
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(found)
    # The mark at its beginning tells Excel that it is UTF-8.
    answer = Response(lines.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="answers-{broadcast_id}.csv"'
    return answer


@page.post("/<int:broadcast_id>/remind")
@needs(*ROLES)
def remind(broadcast_id: int) -> ResponseReturnValue:
    """A draft to those who answered nothing, once; its preview comes next."""
    try:
        with parts().db.write() as session:
            desk.draft_of(session, broadcast_id)
            draft_id = polls.remind(session, parts(), who(), broadcast_id)
    except NotYours:
        abort(404)
    except polls.AlreadyReminded:
        with parts().db.read() as session:
            before = kept.reminder_of(session, broadcast_id)
        draft_id = before.broadcast_id if before else broadcast_id
    done(_("This is the reminder to those who have not answered. Look at it, then send it."))
    return redirect(url_for("console.broadcast_send.preview", draft_id=draft_id), 303)


def _form(form: Form, asked: Asked, draft: Draft | None) -> str:
    form.texts = poll_form.as_texts(asked)
    with parts().db.read() as session:
        shown = {**desk.fields(session, form), **desk.looked(session, form)}
    return show_page("console/broadcast_ask.html", draft=draft, asked=asked, **shown)


def _taken(draft: Draft | None) -> ResponseReturnValue:
    asked = poll_form.from_request()
    with parts().db.read() as session:
        form = from_request(session, parts().vault)
    if asked_for.form.get("do") == "check":
        return _form(form, asked, draft)
    if form.faults:
        return _form(form, asked, draft), 422
    try:
        with parts().db.write() as session:
            draft_id = _keep(session, form, asked, draft)
    except Refused as error:
        form.faults.append(words.fault(error))
        return _form(form, asked, draft), 422
    return redirect(url_for("console.broadcast_send.preview", draft_id=draft_id), 303)


def _keep(session: Session, form: Form, asked: Asked, draft: Draft | None) -> int:
    """Write the draft and what it asks; a language that has no question any more has no text either."""
    questions = poll_form.questions_of(asked, form.source)
    polls.check_questions(questions)
    change = around_of(form)
    if draft is None:
        draft_id = drafts.create(session, parts(), who(), change)
    else:
        draft_id = draft.id
        gone = dict.fromkeys(set(draft.texts) - set(questions.by_language))
        drafts.change(session, parts(), who(), draft_id, replace(change, texts=gone))
    polls.ask(session, parts(), who(), draft_id, questions)
    return draft_id
