"""Who translates: people at a school who speak both languages, and whoever is responsible for the school."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from bot.people.access import Role, Who
from bot.store import accounts, schools
from bot.store.accounts import Speaker
from bot.store.translation_tasks import Waiting

MAY_TRANSLATE: Final[tuple[Role, ...]] = ("liaison", "administrator")


@dataclass(frozen=True, slots=True)
class Translator:
    """Somebody who signs in, with the languages they read and write."""

    who: Who
    languages: frozenset[str]
    """es, not es_MX: who speaks a language is trusted with its scripts"""

    def may(self, task: Waiting) -> bool:
        """Whether this person may see and translate it: an administrator all at the own schools."""
        if self._at(("administrator",), task.school_id):
            return True
        return self._at(("liaison",), task.school_id) and self.speaks(task)

    def may_for_many(self, source: str, target: str, schools: Collection[int]) -> bool:
        """The same for a text to many: an administrator of all its schools, a liaison of one of them."""
        if all(self._at(("administrator",), one) for one in schools or (None,)):
            return True
        return self.knows(source, target) and any(self._at(("liaison",), one) for one in schools)

    def speaks(self, task: Waiting) -> bool:
        """Whether this person speaks both languages of a text."""
        return self.knows(task.source, task.target)

    def knows(self, source: str, target: str) -> bool:
        """Whether this person speaks both."""
        return {bare(source), bare(target)} <= self.languages

    def _at(self, roles: tuple[str, ...], school_id: int | None) -> bool:
        return self.who.may(roles, school_id) if school_id is not None else self.who.everywhere(roles)


def translator_of(session: Session, who: Who) -> Translator:
    """Somebody as one who translates: what the roster says they speak, and the language of their pages."""
    said = schools.languages_of(session, who.staff_id) if who.staff_id is not None else frozenset()
    return Translator(who, frozenset(bare(one) for one in (*said, who.language)))


def speakers_for(
    session: Session, source: str, target: str, school_ids: Collection[int | None], today: date
) -> list[Speaker]:
    """Liaisons at one of these schools who speak both languages and are not away."""
    return [
        one
        for one in accounts.speakers(session)
        if (one.schools is None or not one.schools.isdisjoint(school_ids))
        and {bare(source), bare(target)} <= one.languages
        and not one.is_away(today)
    ]


def bare(locale: str) -> str:
    """A language without script and country."""
    return locale.partition("_")[0]
