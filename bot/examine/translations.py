"""Translations in threads: a machine where one is set up, and people who read what families write."""

from collections.abc import Iterator
from typing import Final

from bot.examine.finding import Finding, ok, warning
from bot.people.translators import MAY_TRANSLATE, bare
from bot.settings import Settings
from bot.store import accounts, first_steps
from bot.store.database import Database
from bot.words import locales
from bot.words.remark import Remark, remark

_SHOWN: Final = 5


def look_at_translations(database: Database, settings: Settings) -> Iterator[Finding]:
    """Who puts families' texts and the answers to them into the other's language."""
    about = remark("translations")
    with database.read() as session:
        spoken = {bare(one) for one in first_steps.languages(session)} - {"en"}
        people = {one for person in accounts.speakers(session) for one in person.languages}
        anybody = accounts.any_with(session, MAY_TRANSLATE)
    alone = sorted(spoken - people)
    if settings.translator != "none":
        says = remark("%(machine)s; what it may not do waits for people", machine=settings.translator)
        if alone and not anybody:
            yield warning(about, says, _people())
        else:
            yield ok(about, says)
    elif not alone:
        yield ok(about, remark("no machine; somebody who signs in speaks each language of the families"))
    elif anybody:
        says = remark(
            "no machine, and no liaison who signs in speaks %(languages)s: "
            "what is not in the family's language waits for an administrator to translate it",
            languages=_named(alone),
        )
        yield warning(about, says, _people())
    else:
        says = remark(
            "no machine, and nobody who signs in may translate: answers that are not in the family's "
            "language (%(languages)s) wait and are not sent; ready-made replies are",
            languages=_named(alone),
        )
        yield warning(about, says, _people())


def _people() -> Remark:
    return remark(
        "invite a liaison who speaks them (ally staff invite, then ally staff link), or set ALLY_TRANSLATOR"
    )


def _named(languages: list[str]) -> str:
    named = ", ".join(locales.language_name(one, "en") for one in languages[:_SHOWN])
    return f"{named} ..." if len(languages) > _SHOWN else named
