"""Languages: how far each is translated and read, what it costs, and its texts one by one."""

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request
from flask_babel import lazy_gettext as _

from bot.store import families
from bot.talk.for_translators import KINDS, Kind, file_for
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.language_states import standing_of
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.web.console.written import Written, written
from bot.words.catalogs import DOMAIN, SOURCE, STATES
from bot.words.glossary import lines_for
from bot.words.locales import LOCALES, is_rtl
from bot.words.marks import State
from bot.words.sheet import Row, rows_of

page = Blueprint("languages", __name__, url_prefix="/languages")
_READERS: Final = ("administrator", "liaison")
_AT_ONCE: Final = 40
_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "po": "text/x-gettext-translation; charset=utf-8",
}
FILTERS: Final = (
    ("", _("To do")),
    ("missing", _("Missing")),
    ("stale", _("Stale")),
    ("unreviewed", _("Unreviewed")),
    ("reviewed", _("Reviewed")),
    ("all", _("All")),
)
"""What the list of texts can be narrowed to; the first is what translators are asked for"""


@page.get("/")
@needs(*_READERS)
def show() -> str:
    """Every language of the program, those with texts first."""
    bot, files = bot_of(current_app), written(current_app)
    with bot.db.read() as session:
        readers = families.readers(session, who().schools(_READERS))
    begun = [standing_of(files, locale) for locale in files.texts.locales()]
    others = [(locale, own.own) for locale, own in LOCALES.items() if locale not in files.texts.locales()]
    return show_page(
        "console/languages.html",
        begun=begun,
        others=others,
        readers=readers,
        unknown=sum(count for locale, count in readers.items() if locale not in LOCALES),
        withheld=bot.talk.withhold_unreviewed,
    )


@page.get("/<locale>")
@needs(*_READERS)
def one(locale: str) -> str:
    """One language: its state, its agreed words, and its texts beside the English."""
    files = _translated(locale)
    chosen, number = request.args.get("state", ""), request.args.get("page", 1, type=int)
    rows = rows_of(files.catalogs[locale], locale, _states(chosen))
    shown, more = _page_of(rows, max(1, number))
    return show_page(
        "console/language.html",
        part="texts",
        standing=standing_of(files, locale),
        glossary=lines_for(files.glossary, locale)[1:],
        filters=FILTERS,
        chosen=chosen,
        texts=shown,
        number=max(1, number),
        more=more,
        total=len({row.context for row in rows}),
        withheld=bot_of(current_app).talk.withhold_unreviewed,
        **_writing(locale),
    )


@page.get("/<locale>/texts.<kind>")
@needs(*_READERS)
def texts(locale: str, kind: str) -> Response:
    """The texts as a file for translators, as `ally translate export` makes it."""
    files, wanted = _translated(locale), next((known for known in KINDS if known == kind), None)
    if wanted is None:
        abort(404)
    content = _file(files, locale, wanted)
    answer = Response(content, content_type=_TYPES[wanted])
    answer.headers["Content-Disposition"] = f'attachment; filename="{DOMAIN}-{locale}.{wanted}"'
    return answer


def _file(files: Written, locale: str, kind: Kind) -> bytes:
    states = _states(request.args.get("state", ""))
    return file_for(kind, files.catalogs[locale], locale, states, files.glossary)


def _translated(locale: str) -> Written:
    """The files, where there is a catalog of this language."""
    files = written(current_app)
    if locale == SOURCE or locale not in files.catalogs:
        abort(404)
    return files


def _states(chosen: str) -> Sequence[State]:
    if chosen not in dict(FILTERS):
        abort(404)
    if chosen == "all":
        return STATES
    wanted = (chosen,) if chosen else ("missing", "stale", "unreviewed")
    return [state for state in STATES if state in wanted]


def _page_of(rows: Sequence[Row], number: int) -> tuple[list[list[Row]], bool]:
    """The texts of one page, each with all its plural forms, and whether there are more."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.context, []).append(row)
    every = list(grouped.values())
    first = (number - 1) * _AT_ONCE
    return every[first : first + _AT_ONCE], len(every) > first + _AT_ONCE


def _writing(locale: str) -> dict[str, Any]:
    return {"tag": locale.replace("_", "-"), "runs": "rtl" if is_rtl(locale) else "ltr"}
