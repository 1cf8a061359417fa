"""What the pages of families share: the family of an address, if its reader may see it, and what is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import abort, current_app, request
from sqlmodel import Session

from bot.people import family_view, thread_access
from bot.people.access import Role
from bot.people.consent import MEANS
from bot.people.family_linking import UNDO_WITHIN
from bot.people.family_view import Seen
from bot.people.thread_access import WITH_THREADS
from bot.store import audit, contacts, family_changes, family_sight, name_words, schools
from bot.store.audit import Deed
from bot.store.family_sight import Sight, Sought
from bot.store.inbox import Scope
from bot.web.bot_of import bot_of
from bot.web.console import family_words, thread_words
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.phone import to_e164

ROLES: Final = WITH_THREADS
WHOLE_ROLES: Final[tuple[Role, ...]] = ("liaison", "administrator")
"""Who may see all of a family, and change who belongs to it"""
ON_A_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Here:
    """A family that its reader may see."""

    family_id: int
    sight: Sight
    scope: Scope


def scope(session: Session) -> Scope:
    """What the caller may see; nobody comes here who may see nothing."""
    found = thread_access.scope_of(session, who(), bot_of(current_app).clock().date())
    return found if found is not None else abort(403)


def opened(session: Session, family_id: int, *, whole: bool = False) -> Here:
    """The family of an address; 404 also where it is not the caller's to see (`whole`: all of it)."""
    mine = scope(session)
    sight = family_sight.sight_of(session, mine, family_id)
    if sight is None or (whole and sight != "whole"):
        abort(404)
    return Here(family_id, sight, mine)


def deed(session: Session, action: str, family_id: int, school_id: int | None = None, **detail: Any) -> None:
    """Write down who did what with a family; ids and counts only."""
    bot = bot_of(current_app)
    line = Deed(action, who().account_id, f"family:{family_id}", school_id, detail)
    audit.append(session, bot.vault, bot.clock(), line)


def page_of(family_id: int, *, draft: str = "", fault: str = "") -> str:
    """The page of one family; that it was read is written down."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        here = opened(session, family_id)
        before = _moment(request.args.get("before", ""))
        family = family_view.seen(session, bot.vault, family_id, here.sight, here.scope, bot.clock(), before)
        deed(session, "family_read", family_id, family.school_id, sight=here.sight)
        names = thread_words.names_of(session, bot.vault)
        changes = family_changes.of_family(session, family_id, bot.clock() - UNDO_WITHIN)
    shown: dict[str, Any] = {"names": names, "changes": changes if here.sight == "whole" else []}
    return show_page(
        "console/family.html", family=family, draft=draft, fault=fault, **shown, **_words(family)
    )


def _words(family: Seen) -> dict[str, Any]:
    bot = bot_of(current_app)
    return {
        "words": family_words,
        "me": who().account_id,
        "may_merge": family.sight == "whole" and who().may(("administrator",)),
        "locales": bot.library.texts.locales(),
        "best_times": family_view.BEST_TIMES,
        "consent_means": MEANS,
        "has_more": len(family.texts) == family_view.MOST_TEXTS,
    }


def person_of(session: Session, family_id: int, contact_id: int) -> contacts.Contact:
    """Somebody who belongs to this family now; locked. 404 for everybody else."""
    contact = contacts.by_id_locked(session, contact_id)
    sought = Sought(family_id=family_id, contact_id=contact_id)
    if contact is None or not family_sight.found(session, scope(session), sought, limit=1):
        abort(404)
    return contact


def list_page() -> str:
    """Families within reach that fit what the address asks for; that they were listed is written down."""
    bot, told = bot_of(current_app), request.args
    asked = told.get("q", "").strip()[:100]
    after = told.get("after", 0, type=int)
    with bot.db.write() as session:
        mine, sought = scope(session), _sought(asked)
        sights = family_sight.found(session, mine, sought, after=after, limit=ON_A_PAGE + 1)
        onward = list(sights)[ON_A_PAGE - 1] if len(sights) > ON_A_PAGE else None
        sights = dict(list(sights.items())[:ON_A_PAGE])
        rows = family_view.listed(session, bot.vault, sights, mine)
        line = Deed("families_listed", who().account_id, detail={"families": len(rows)})
        audit.append(session, bot.vault, bot.clock(), line)
        places = schools.every_school(session)
    shown: dict[str, Any] = {"rows": rows, "onward": onward, "after": after, "places": places}
    return show_page(
        "console/families.html", asked=asked, school=sought.school_id, words=family_words, **shown
    )


def _sought(asked: str) -> Sought:
    """By number, by id, or by the words of a name; each looked for by what is kept of it, a hash or an id."""
    vault, told = bot_of(current_app).vault, request.args
    within: dict[str, Any] = {
        "school_id": told.get("school", type=int),
        "contact_id": told.get("contact", type=int),
    }
    if not asked:
        return Sought(**within)
    if (number := to_e164(asked)) is not None:
        return Sought(number_hash=vault.fingerprint(number), **within)
    plain = asked.removeprefix("#")
    if plain.isdecimal() and len(plain) < 10:
        return Sought(family_id=int(plain), **within)
    # A search without a word that can be looked for finds nobody, not everybody
    return Sought(word_hashes=tuple(name_words.hashes_of(vault, asked)) or ("",), **within)


def _moment(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
