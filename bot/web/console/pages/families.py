"""Families: found by name, number or id, and one family with its texts, consent, languages and notes."""

from typing import Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.people.family_noting import Noting, Outcome
from bot.people.family_view import BEST_TIMES
from bot.store import contacts, family_merges, family_sight
from bot.store.contacts import NAME, NUMBER
from bot.store.family_sight import Sought
from bot.web.bot_of import bot_of
from bot.web.console import family_pages, told_of_bulk
from bot.web.console.declared import needs
from bot.web.console.family_pages import ROLES, WHOLE_ROLES, deed, opened, person_of
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("families", __name__, url_prefix="/families")
_PRIVATE: Final = _("Nobody may note papers, status or such numbers of a family. Leave that out.")


@page.get("/")
@needs(*ROLES)
def show() -> str:
    """Families within reach."""
    return family_pages.list_page()


@page.get("/of/<int:contact_id>")
@needs(*ROLES)
def of(contact_id: int) -> ResponseReturnValue:
    """The family of somebody who texts; where there are several, the list of them."""
    with bot_of(current_app).db.read() as session:
        sought = Sought(contact_id=contact_id)
        found = list(family_sight.found(session, family_pages.scope(session), sought, limit=2))
    if not found:
        abort(404)
    if len(found) > 1:
        return redirect(url_for(".show", contact=contact_id), 303)
    return redirect(url_for(".one", family_id=found[0]), 303)


@page.get("/<int:family_id>")
@needs(*ROLES)
def one(family_id: int) -> ResponseReturnValue:
    """One family; that it was read is written down. One that was put together with another is found there."""
    with bot_of(current_app).db.read() as session:
        home = family_merges.home_of(session, family_id)
        opened(session, home)
    if home != family_id:
        return redirect(url_for(".one", family_id=home), 303)
    return family_pages.page_of(family_id)


@page.get("/<int:family_id>/people/<int:contact_id>/number")
@needs(*WHOLE_ROLES, fresh=True)
def number(family_id: int, contact_id: int) -> str:
    """A whole number, for who must call; who looked is written down."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        opened(session, family_id, whole=True)
        contact = person_of(session, family_id, contact_id)
        deed(session, "unmasked", family_id, contact=contact_id, why="family")
        told_of_bulk.number_seen(session)
        told = bot.vault.open(contact.number, NUMBER) if contact.number else ""
        name = bot.vault.open(contact.name, NAME) if contact.name else ""
    return show_page("console/family_number.html", number=told, name=name, family_id=family_id)


@page.post("/<int:family_id>/people/<int:contact_id>/language")
@needs(*ROLES)
def language(family_id: int, contact_id: int) -> ResponseReturnValue:
    """Set somebody's language, as they told; the next text comes in it."""
    bot, wanted = bot_of(current_app), request.form.get("language") or request.args.get("to", "")
    if wanted not in bot.library.texts.locales():
        abort(400)
    with bot.db.write() as session:
        opened(session, family_id)
        before = person_of(session, family_id, contact_id).language
        contacts.set_language(session, contact_id, wanted, "chosen")
        deed(session, "language_set", family_id, contact=contact_id, to=wanted, before=before or "")
    words, path = _("The next text comes in this language."), {"family_id": family_id}
    if before in bot.library.texts.locales() and before != wanted:
        done_with_undo(words, "console.families.language", contact_id=contact_id, to=before, **path)
    else:
        done(words)
    return redirect(url_for(".one", family_id=family_id), 303)


@page.post("/<int:family_id>/people/<int:contact_id>/best-times")
@needs(*ROLES)
def best_times(family_id: int, contact_id: int) -> ResponseReturnValue:
    """Keep when somebody likes to be reached; staff read it, nothing is sent by it."""
    wanted = [one for one in BEST_TIMES if one in request.form.getlist("time")]
    with bot_of(current_app).db.write() as session:
        opened(session, family_id)
        person_of(session, family_id, contact_id)
        contacts.set_best_times(session, contact_id, ",".join(wanted) or None)
        deed(session, "best_times_set", family_id, contact=contact_id, times=wanted)
    done(_("The best hours are kept."))
    return redirect(url_for(".one", family_id=family_id), 303)


@page.post("/<int:family_id>/notes")
@needs(*WHOLE_ROLES)
def note(family_id: int) -> ResponseReturnValue:
    """Keep a note that no family sees."""
    text = request.form.get("note", "")
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        outcome, note_id = _noting(session).note(family_id, text)
        if outcome == "kept":
            deed(session, "family_noted", family_id, note=note_id)
    return _noted(family_id, outcome, text)


@page.post("/<int:family_id>/notes/<int:note_id>")
@needs(*WHOLE_ROLES)
def change_note(family_id: int, note_id: int) -> ResponseReturnValue:
    """Change the own note; without words it is taken away."""
    text = request.form.get("note", "")
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        outcome = _noting(session).change(family_id, note_id, text)
        if outcome in ("kept", "gone"):
            deed(session, "family_noted", family_id, note=note_id, gone=outcome == "gone")
    return _noted(family_id, outcome, text)


def _noting(session: Session) -> Noting:
    bot = bot_of(current_app)
    return Noting(session, bot.vault, who().account_id, bot.clock())


def _noted(family_id: int, outcome: Outcome, text: str) -> ResponseReturnValue:
    if outcome == "private":
        return family_pages.page_of(family_id, draft=text, fault=str(_PRIVATE)), 400
    if outcome == "nothing":
        not_done(_("Nothing was changed: write something; and only whoever wrote a note can change it."))
    else:
        done(_("The note is kept.") if outcome == "kept" else _("The note is gone."))
    return redirect(url_for(".one", family_id=family_id, _anchor="notes"), 303)
