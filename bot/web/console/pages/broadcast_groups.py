"""Groups of families: those there are, and one of them, to which classes and single families are added."""

from typing import Any, Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlmodel import Session

from bot.broadcast import audience as audiences
from bot.broadcast import groups
from bot.broadcast.refused import Refused
from bot.store import audit, family_sight, name_words
from bot.store.audit import Deed
from bot.store.family_sight import Sought
from bot.web.console import broadcast_words as words
from bot.web.console import family_pages
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.phone import to_e164

page = Blueprint("broadcast_groups", __name__, url_prefix="/broadcasts/groups")
_ON_A_PAGE: Final = 100
_LONGEST: Final = 4000


@page.get("/")
@needs(*ROLES)
def show() -> str:
    """Groups with a family within reach."""
    with parts().db.read() as session:
        found = audiences.choices(session, audiences.reach_of(session, who())).tags
    return show_page("console/broadcast_groups.html", groups=found, most=groups.LONGEST)


@page.post("/")
@needs(*ROLES)
def begin() -> ResponseReturnValue:
    """A new name; the group is there with its first family."""
    try:
        name = groups.named(request.form.get("name", ""))
    except Refused as error:
        not_done(words.fault(error).says)
        return redirect(url_for(".show"), 303)
    return redirect(url_for(".one", group=name), 303)


@page.get("/<group>")
@needs(*ROLES)
def one(group: str) -> str:
    """The families of a group; that their names were read is written down."""
    after = request.args.get("after", 0, type=int)
    with parts().db.write() as session:
        ids = groups.families_in(session, who(), group, after=after, limit=_ON_A_PAGE + 1)
        names = groups.names_in(session, parts(), who(), ids[:_ON_A_PAGE])
        if names:
            deed = Deed("group_read", who().account_id, "family_tag", detail={"families": len(names)})
            audit.append(session, parts().vault, parts().clock(), deed)
        found = audiences.choices(session, audiences.reach_of(session, who()))
    onward = ids[_ON_A_PAGE - 1] if len(ids) > _ON_A_PAGE else None
    told: dict[str, Any] = {"names": names, "classes": found.classes, "onward": onward, "after": after}
    return show_page("console/broadcast_group.html", group=group, **told)


@page.post("/<group>/add")
@needs(*ROLES)
def add(group: str) -> ResponseReturnValue:
    """Whole classes, and families by name or number."""
    lines = list(filter(None, map(str.strip, request.form.get("people", "")[:_LONGEST].splitlines())))
    try:
        with parts().db.write() as session:
            found = {line: _families(session, line) for line in lines}
            some = {one for ids in found.values() if len(ids) == 1 for one in ids}
            classes = request.form.getlist("classes", type=int)
            new = groups.grow(session, parts(), who(), group, classes=classes, families=some)
    except Refused as error:
        not_done(words.fault(error).says)
    else:
        done(ngettext("%(num)s family is new in this group.", "%(num)s families are new in this group.", new))
        _say_of(found)
    return redirect(url_for(".one", group=group), 303)


@page.post("/<group>/remove")
@needs(*ROLES)
def remove(group: str) -> ResponseReturnValue:
    """Those that are ticked."""
    with parts().db.write() as session:
        gone = groups.shrink(session, parts(), who(), group, request.form.getlist("families", type=int))
    done(ngettext("%(num)s family was taken out.", "%(num)s families were taken out.", gone))
    return redirect(url_for(".one", group=group), 303)


def _families(session: Session, line: str) -> list[int]:
    """Families within reach by a number or the words of a name; two at most: then nobody knows which."""
    vault, number = parts().vault, to_e164(line)
    if number is not None:
        sought = Sought(number_hash=vault.fingerprint(number))
    else:
        sought = Sought(word_hashes=tuple(name_words.hashes_of(vault, line)))
        if not sought.word_hashes:
            return []
    return list(family_sight.found(session, family_pages.scope(session), sought, limit=2))


def _say_of(found: dict[str, list[int]]) -> None:
    """How many lines were of nobody, or of several. No name in the words: they travel in a cookie."""
    nobody = sum(not ids for ids in found.values())
    several = sum(len(ids) > 1 for ids in found.values())
    if nobody:
        not_done(
            ngettext(
                "%(num)s line is of no family: write a number or a whole name.",
                "%(num)s lines are of no family: write a number or a whole name.",
                nobody,
            )
        )
    if several:
        not_done(
            ngettext(
                "%(num)s line is of several families: write the number instead.",
                "%(num)s lines are of several families: write the number instead.",
                several,
            )
        )
