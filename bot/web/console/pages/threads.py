"""Threads: the inbox, oldest unanswered first, and one conversation with a family."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.carrier.picture_fit import NotFit
from bot.store import thread_texts
from bot.talk import thread_desk
from bot.talk.replying import AlreadySent, Answered, Hindered, Moved, NotOpen, Seen, answer
from bot.web.bot_of import bot_of
from bot.web.console import composed_picture, composing, inbox_list, inbox_search, thread_pages, thread_words
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.thread_pages import ROLES

page = Blueprint("threads", __name__, url_prefix="/threads")
_SNOOZES: Final = {
    "3h": timedelta(hours=3),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}
_STILL_HELD: Final = _("An answer still waits for its translation: the family gets it after that.")
_HELD: Final = _("It waits for a person who translates it. The family gets it after that.")


@page.get("/")
@needs(*ROLES)
def show() -> str:
    """The inbox."""
    return show_page("console/threads.html", part="rows", **inbox_list.listed())


@page.post("/find")
@needs(*ROLES)
def find() -> ResponseReturnValue:
    """Look for a number, a thread or a name; posted, so that no address holds what was typed."""
    bot, address = bot_of(current_app), inbox_search.address_of(request.form.get("q", "").strip()[:100])
    with bot.db.write() as session:
        thread_id = inbox_search.leads_to(session, address)
        inbox_search.note(session, address)
    if thread_id is not None:
        return redirect(url_for(".one", thread_id=thread_id), 303)
    return redirect(url_for(".show", **address), 303)


@page.get("/news")
@needs(*ROLES, by_itself=True, may_wait=True)
def news() -> ResponseReturnValue:
    """The list, if it changed since `mark`; the page asks again and again, ever more seldom."""
    if not request.headers.get("HX-Request"):
        return show()
    changed = inbox_list.changed()
    return (
        Response(status=204) if changed is None else show_page("console/threads.html", part="rows", **changed)
    )


@page.get("/<int:thread_id>")
@needs(*ROLES)
def one(thread_id: int) -> str:
    """One thread; that it was read is written down."""
    return thread_pages.page_of(thread_id)


@page.get("/<int:thread_id>/news")
@needs(*ROLES, by_itself=True, may_wait=True)
def thread_news(thread_id: int) -> ResponseReturnValue:
    """Whether somebody wrote or writes meanwhile: a line above the composer; the draft is never touched."""
    if not request.headers.get("HX-Request"):
        return thread_pages.page_of(thread_id)
    told = thread_pages.news_of(thread_id, Seen.read(request.args.get("seen", "")))
    return Response(status=204) if told["same"] else show_page("console/thread_news.html", **told)


@page.post("/<int:thread_id>/send")
@needs(*ROLES, max_bytes=composed_picture.MOST_BYTES)
def send(thread_id: int) -> ResponseReturnValue:
    """Send one text: once, and only to who has seen all that came before; else 409 with the draft kept."""
    draft, family = composing.draft(), composing.family_language(thread_id)
    kept: dict[str, Any] = {"draft": draft.text, "key": draft.key, "language": draft.language}
    try:
        kept["picture_id"] = picture_id = composed_picture.posted(thread_id)
    except NotFit as unfit:
        return thread_pages.page_of(thread_id, **kept, fault=composed_picture.FAULTS[unfit.why]), 400
    if first := composing.said_first(thread_id, draft, family):
        return thread_pages.page_of(thread_id, **kept, **first), 409
    written = replace(composing.answer_of(draft, family), picture_id=picture_id)
    with thread_pages.at_work(thread_id) as at:
        outcome = answer(at, thread_id, written)
    if isinstance(outcome, Answered | AlreadySent):
        done(_HELD if written.is_held else _("Sent."))
        return redirect(url_for(".one", thread_id=thread_id, _anchor="last"), 303)
    return thread_pages.page_of(thread_id, **kept | _why_not(outcome)), 409


def _why_not(outcome: Moved | NotOpen | Hindered) -> dict[str, Any]:
    if isinstance(outcome, Moved):
        # Nothing was sent with this key, unless something else was: what is sent now has one of its own
        return {"moved": outcome, "key": ""}
    fault = thread_words.HINDRANCES[outcome.why] if isinstance(outcome, Hindered) else thread_words.GONE
    return {"fault": str(fault)}


@page.post("/<int:thread_id>/typing")
@needs(*ROLES)
def typing(thread_id: int) -> str:
    """A key was pressed: claim the thread, and count the text as the carrier will."""
    with thread_pages.at_work(thread_id) as at:
        claim = thread_desk.claim(at, thread_id, take_over=request.form.get("take_over") == "y")
        names = thread_words.names_of(at.session, at.talk.vault)
    segments, encoding = thread_pages.size_of(request.form.get("text", ""))
    writer = names.get(claim.account_id or 0) if not claim.is_mine else None
    return show_page(
        "console/thread_typing.html", segments=segments, encoding=encoding, writer=writer, thread_id=thread_id
    )


@page.post("/<int:thread_id>/note")
@needs(*ROLES)
def note(thread_id: int) -> ResponseReturnValue:
    """Keep a note that no family sees."""
    with thread_pages.at_work(thread_id) as at:
        kept = thread_desk.note(at, thread_id, request.form.get("note", "")[:2000])
    return _after(thread_id, _("The note is kept."), is_done=kept is not None)


@page.post("/<int:thread_id>/snooze")
@needs(*ROLES)
def snooze(thread_id: int) -> ResponseReturnValue:
    """Put it off; any text of the family brings it back."""
    wait = _SNOOZES.get(request.form.get("wait", ""))
    with thread_pages.at_work(thread_id) as at:
        put = thread_desk.snooze(at, thread_id, at.now + wait if wait else None)
    words = _("Put off. A text of the family brings it back.") if wait else _("It is back.")
    return _after(thread_id, words, is_done=put)


@page.post("/<int:thread_id>/assign")
@needs(*ROLES)
def assign(thread_id: int) -> ResponseReturnValue:
    """Give it to one person, or to whoever may."""
    with thread_pages.at_work(thread_id) as at:
        given = thread_desk.assign(at, thread_id, request.form.get("account", type=int))
    return _after(thread_id, _("It is given."), is_done=given)


@page.post("/<int:thread_id>/hand-on")
@needs(*ROLES)
def hand_on(thread_id: int) -> ResponseReturnValue:
    """Give it to other people, who are told."""
    to, school = request.form.get("to", ""), request.form.get("school", type=int)
    with thread_pages.at_work(thread_id) as at:
        given = thread_desk.hand_on(at, thread_id, to, school)
    if given:
        done(_("It is handed on, and they are told."))
        return redirect(url_for(".show"), 303)
    return _after(thread_id, "", is_done=False)


@page.post("/<int:thread_id>/close")
@needs(*ROLES)
def close(thread_id: int) -> ResponseReturnValue:
    """Finish: the bot answers again, and says so."""
    with thread_pages.at_work(thread_id) as at:
        closed = thread_desk.close(at, thread_id)
        is_any_held = thread_texts.is_any_held(at.session, thread_id)
    words = _("Closed. Ally answers this family again.")
    return _after(thread_id, f"{words} {_STILL_HELD}" if is_any_held else words, is_done=closed)


@page.post("/<int:thread_id>/reopen")
@needs(*ROLES)
def reopen(thread_id: int) -> ResponseReturnValue:
    """Open it again."""
    with thread_pages.at_work(thread_id) as at:
        reopened = thread_desk.reopen(at, thread_id)
    return _after(thread_id, _("It is open again. Ally is quiet until you close it."), is_done=reopened)


def _after(thread_id: int, words: Any, *, is_done: bool) -> ResponseReturnValue:
    if is_done:
        done(words)
    else:
        not_done(_("That was not possible: look at the thread as it is now."))
    return redirect(url_for(".one", thread_id=thread_id), 303)
