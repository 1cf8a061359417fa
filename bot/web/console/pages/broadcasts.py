"""Broadcasts: those there are, and the form in which one is written: words, checks, and whom it is for."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.broadcast import drafts, polls, progress
from bot.broadcast import templates as given
from bot.broadcast.drafts import Change, Draft, Written
from bot.broadcast.refused import Refused
from bot.store.broadcast_moves import TITLE
from bot.web.bot_of import bot_of
from bot.web.console import broadcast_desk as desk
from bot.web.console import broadcast_words as words
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.broadcast_form import Form, change_of, from_draft, from_request
from bot.web.console.declared import needs
from bot.web.console.showing import done, done_with_undo
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.locales import LOCALES

page = Blueprint("broadcasts", __name__, url_prefix="/broadcasts")


@page.get("/")
@needs(*ROLES)
def show() -> str:
    """Mine, what waits for me, and what went out at my schools."""
    with parts().db.read() as session:
        own = progress.mine(session, who())
        waiting = progress.to_approve(session, who())
        shown = {row.id for row in (*own, *waiting)}
        others = [row for row in progress.visible(session, who()) if row.id not in shown]
    lists: dict[str, Any] = {"own": own, "waiting": waiting, "others": others}
    return show_page("console/broadcasts.html", **lists, words=words, title_of=_title)


@page.get("/new")
@needs(*ROLES)
def new() -> str:
    """From which template, or from none."""
    found = given.templates(parts().library.book)
    return show_page("console/broadcast_new.html", templates=found, words=words)


@page.get("/new/<template>")
@needs(*ROLES)
def from_template(template: str) -> str:
    """What a template asks for."""
    return _asking(template, {}, "")


@page.post("/new/<template>")
@needs(*ROLES)
def begin(template: str) -> ResponseReturnValue:
    """A draft with the template's words in every language that has them."""
    book, found = parts().library.book, _template(template)
    told = {one: request.form.get(one, "") for one in found.asks}
    try:
        filled = {locale: given.filled(book, template, told, locale) for locale in LOCALES}
    except given.Unfilled as error:
        return _asking(template, told, error.name), 422
    texts = {
        locale: Written(one.body, "template", one.state == "reviewed" or locale == "en")
        for locale, one in filled.items()
        if one.is_fit
    }
    with parts().db.write() as session:
        topic: Any = (
            "attendance" if template == "attendance" else "urgent" if template == "snow_closure" else "news"
        )
        change = Change(texts=dict(texts), title=str(words.TEMPLATES.get(template, template)), topic=topic)
        draft_id = drafts.create(session, parts(), who(), change, template=template)
    return redirect(url_for(".edit", draft_id=draft_id), 303)


@page.get("/write")
@needs(*ROLES)
def write() -> str:
    """An empty form."""
    return _form(Form(), None)


@page.post("/write")
@needs(*ROLES)
def submit() -> ResponseReturnValue:
    """Check what was written, or keep it as a new draft and show the preview."""
    return _taken(None)


@page.get("/<int:draft_id>/edit")
@needs(*ROLES)
def edit(draft_id: int) -> ResponseReturnValue:
    """The form of a draft; a question has its own."""
    with parts().db.read() as session:
        found = desk.own_draft(session, draft_id)
        if polls.questions_of(session, parts(), draft_id) is not None:
            return redirect(url_for("console.broadcast_poll.edit", draft_id=draft_id), 303)
    return _form(from_draft(found), found)


@page.post("/<int:draft_id>/edit")
@needs(*ROLES)
def save(draft_id: int) -> ResponseReturnValue:
    """The same for a draft there is."""
    with parts().db.read() as session:
        found = desk.own_draft(session, draft_id)
    return _taken(found)


@page.post("/look")
@needs(*ROLES)
def look() -> str:
    """While somebody writes: the checks and the counts alone; nothing is kept."""
    with parts().db.read() as session:
        form = from_request(session, parts().vault)
        return show_page("console/broadcast_looked.html", words=words, **desk.looked(session, form))


@page.post("/<int:broadcast_id>/copy")
@needs(*ROLES)
def copy(broadcast_id: int) -> ResponseReturnValue:
    """A new draft with the same words and families."""
    with parts().db.write() as session:
        desk.draft_of(session, broadcast_id)
        draft_id = drafts.copy(session, parts(), who(), broadcast_id)
        if (asked := polls.questions_of(session, parts(), broadcast_id)) is not None:
            polls.ask(session, parts(), who(), draft_id, asked)
    done(_("This is a copy: change what you like."))
    return redirect(url_for(".edit", draft_id=draft_id), 303)


@page.post("/<int:draft_id>/throw-away")
@needs(*ROLES)
def throw_away(draft_id: int) -> ResponseReturnValue:
    """A draft goes, and can be put back until the next one does."""
    with parts().db.write() as session:
        desk.own_draft(session, draft_id)
        drafts.throw_away(session, who(), draft_id)
    done_with_undo(_("The draft is gone."), "console.broadcasts.put_back", draft_id=draft_id)
    return redirect(url_for(".show"), 303)


@page.post("/<int:draft_id>/put-back")
@needs(*ROLES)
def put_back(draft_id: int) -> ResponseReturnValue:
    """Take that back."""
    try:
        with parts().db.write() as session:
            drafts.put_back(session, who(), draft_id)
    except Refused:
        abort(404)
    done(_("The draft is there again."))
    return redirect(url_for(".edit", draft_id=draft_id), 303)


def _title(row: Any) -> str:
    return bot_of(current_app).vault.open(row.title, TITLE) if row.title else ""


def _template(name: str) -> given.Template:
    try:
        return given.template(parts().library.book, name)
    except KeyError:
        abort(404)


def _asking(name: str, told: dict[str, str], fault: str) -> str:
    asked: dict[str, Any] = {
        "found": _template(name),
        "told": told,
        "fault": fault,
        "tips": given.tips(parts().library.book),
        "languages": list(LOCALES),
    }
    return show_page("console/broadcast_template.html", words=words, book=parts().library.book, **asked)


def _form(form: Form, draft: Draft | None) -> str:
    with parts().db.read() as session:
        shown = {**desk.fields(session, form), **desk.looked(session, form)}
    return show_page("console/broadcast_write.html", draft=draft, **shown)


def _taken(draft: Draft | None) -> ResponseReturnValue:
    with parts().db.read() as session:
        form = from_request(session, parts().vault)
    if request.form.get("do") == "check":
        return _form(form, draft)
    if form.faults:
        return _form(form, draft), 422
    try:
        draft_id = _keep(form, draft)
    except Refused as error:
        form.faults.append(words.fault(error))
        return _form(form, draft), 422
    return redirect(url_for("console.broadcast_send.preview", draft_id=draft_id), 303)


def _keep(form: Form, draft: Draft | None) -> int:
    with parts().db.write() as session:
        if draft is None:
            return drafts.create(session, parts(), who(), change_of(form, None))
        drafts.change(session, parts(), who(), draft.id, change_of(form, draft))
        return draft.id
