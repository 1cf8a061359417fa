"""Try a conversation on a phone that only this page shows: nothing is sent, nothing is kept."""

from typing import Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bot.talk.written import STRANGER
from bot.web.bot_of import bot_of
from bot.web.console import rehearsing
from bot.web.console.declared import needs
from bot.web.console.pages.flows import READERS
from bot.web.console.rehearsing import LONGEST, MOST, Trial
from bot.web.console.showing import show as show_page
from bot.words.locales import facts, is_rtl
from bot.words.tidy import incoming

page = Blueprint("trial", __name__, url_prefix="/try")
_SUGGESTED: Final = 4
_KINDS: Final = ("say", "wait", "close")
_MAX_BYTES: Final = 64 * 1024


@page.get("/")
@needs(*READERS)
def show() -> str:
    """Choose whose phone it is."""
    return show_page(
        "console/trial_begin.html",
        people=[(person, facts(person.locale).english) for person in rehearsing.people(current_app)],
        stranger=STRANGER,
        flow=request.args.get("flow", ""),
    )


@page.post("/")
@needs(*READERS, max_bytes=_MAX_BYTES)
def step() -> ResponseReturnValue:
    """Type something, or let something happen; or begin."""
    flow, field = request.form.get("flow", ""), request.form.get("trial")
    trial = rehearsing.opened(current_app, field) if field else _begun()
    if trial is None:
        return redirect(url_for(".show", flow=flow or None), 303)
    if field is None:
        return _phone(trial, flow)
    kind, words = request.form.get("kind", "say"), incoming(request.form.get("words", "")).strip()
    if kind not in _KINDS:
        abort(400)
    fault = _fault(trial, kind, words)
    if fault:
        return _phone(trial, flow, fault=fault), 400
    return _phone(Trial(trial.who, trial.begun, (*trial.did, (kind, words if kind == "say" else ""))), flow)


def _begun() -> Trial | None:
    return rehearsing.new_trial(current_app, request.form.get("who", ""))


def _fault(trial: Trial, kind: str, words: str) -> str:
    """Why this cannot be tried, "" where it can."""
    if len(trial.did) >= MOST:
        return str(gettext("This conversation is long enough. Begin a new one."))
    if kind == "say" and not words:
        return str(gettext("Write what a parent would text."))
    if len(words) > LONGEST:
        return str(gettext("Write at most %(number)s letters.", number=LONGEST))
    return ""


def _phone(trial: Trial, flow: str, *, fault: str = "") -> str:
    played = rehearsing.play(current_app, trial)
    locale = _locale(trial) if not trial.did else played.locale
    return show_page(
        "console/trial.html",
        part="phone",
        trial=rehearsing.sealed(current_app, trial),
        played=played,
        flow=flow,
        fault=fault,
        longest=LONGEST,
        suggested=_suggested(flow, locale) if not trial.did else [],
        tag=locale.replace("_", "-"),
        runs="rtl" if is_rtl(locale) else "ltr",
        language=facts(locale).own,
    )


def _locale(trial: Trial) -> str:
    found = (person.locale for person in rehearsing.people(current_app) if person.id == trial.who)
    return next(found, "en")


def _suggested(flow: str, locale: str) -> list[str]:
    """What parents say that opens this flow, in their language."""
    library = bot_of(current_app).library
    found, heard = library.book.flows.get(flow), library.hearing.heard.languages.get(locale)
    if found is None or heard is None:
        return []
    said = [words for topic in found.file.starts_with.topics for words in heard.topics.get(topic, ())]
    return said[:_SUGGESTED]
