"""Into which language a family's text must be put for those who answer it; none if they speak it."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from bot.people.thread_access import may_answer
from bot.people.translators import bare
from bot.store import accounts, schools
from bot.store.accounts import Speaker


@dataclass(frozen=True, slots=True)
class Readers:
    """Who answers in the console, as they are now."""

    speakers: list[Speaker]
    pages: dict[int, str]
    """The language of each active account's pages"""
    grants: dict[int, list[tuple[str, int | None]]]
    spoken: dict[int, frozenset[str]]
    """By person of the roster"""

    def languages(
        self, family: str, school_id: int | None, account_id: int | None, staff_id: int | None
    ) -> list[str]:
        """The locales of those who read a text and do not speak its language, the most usual first.

        One person's where it is theirs; else none where a liaison of the school speaks it.
        """
        if account_id in self.pages:
            mine = {bare(self.pages[account_id])} | self._spoken_by(account_id)
            return [] if bare(family) in mine else [self.pages[account_id]]
        if bare(family) in self.spoken.get(staff_id or 0, frozenset()):
            return []
        here = [one for one in self.speakers if one.schools is None or school_id in one.schools]
        if any(bare(family) in one.languages for one in here):
            return []
        may = [one for one, held in self.grants.items() if one in self.pages and may_answer(held, school_id)]
        counted = Counter(self.pages[one] for one in may)
        return [locale for locale, _ in counted.most_common() if bare(locale) != bare(family)]

    def _spoken_by(self, account_id: int) -> frozenset[str]:
        return frozenset().union(*(one.languages for one in self.speakers if one.account_id == account_id))


def readers(session: Session) -> Readers:
    """Everybody who may answer."""
    active = [one for one in accounts.every(session) if one.state == "active"]
    ids = [one.id or 0 for one in active]
    people = schools.every_staff(session).values()
    return Readers(
        accounts.speakers(session),
        {one.id or 0: one.language for one in active},
        {
            one: [(grant.role, grant.school_id) for grant in held]
            for one, held in accounts.grants_of(session, ids).items()
        },
        {one.id or 0: frozenset(bare(language) for language in one.languages) for one in people},
    )
