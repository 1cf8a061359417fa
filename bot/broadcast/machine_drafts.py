"""A translation that a machine drafts for a broadcast: what it must leave alone, and how it is kept."""

import re
from collections.abc import Iterator
from typing import Final

from sqlmodel import Session

from bot.broadcast import audience as audiences
from bot.broadcast import drafts
from bot.broadcast.drafts import Change, Draft, Written
from bot.broadcast.letters import DEFAULTS
from bot.broadcast.parts import Broadcasting
from bot.people.access import Who
from bot.store import classes, schools
from bot.store.families import STUDENT_NAME
from bot.words.locales import LOCALES

_OWN_DEFAULT: Final = re.compile(rf"\{{({'|'.join(DEFAULTS)})\|[^{{}}]*\}}")


def may_be_drafted(draft: Draft, language: str) -> bool:
    """Whether readers of this language have no text yet, and there is one to translate."""
    is_lacking = draft.texts.get(language) is None or language in draft.stale
    return language in LOCALES and language != draft.language and draft.language in draft.texts and is_lacking


def names_of(session: Session, parts: Broadcasting, who: Who, draft: Draft) -> frozenset[str]:
    """What a machine never sees: names of the students whom the writer reaches, of schools, and the own."""
    return frozenset(_names(session, parts, who, draft))


def _names(session: Session, parts: Broadcasting, who: Who, draft: Draft) -> Iterator[str]:
    reached = {one.id for one in audiences.choices(session, audiences.reach_of(session, who)).classes}
    for sealed in classes.student_names(session, reached & draft.audience.classes or reached):
        yield from parts.vault.open(sealed, STUDENT_NAME).split()
    for school in schools.every_school(session):
        yield school.name
    yield from (parts.program, who.name)


def keep(
    session: Session, parts: Broadcasting, who: Who, draft: Draft, language: str, translation: str
) -> None:
    """Keep what it made as a text that nobody has read: families are told so.

    What a field says where nothing is known is in the writer's language, so the program's own words stand
    there instead. Raises as `drafts.change`.
    """
    text = Written(_OWN_DEFAULT.sub(r"{\1}", translation), "machine", reviewed=False)
    drafts.change(session, parts, who, draft.id, Change(texts={language: text}))
