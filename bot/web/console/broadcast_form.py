"""The form that a broadcast is written in: whom it is for and what it says, from a draft and back to one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Draft, Written
from bot.store import contacts, name_words
from bot.store.broadcasts import Topic
from bot.store.vault import Vault
from bot.web.console.broadcast_words import Fault
from bot.words.locales import LOCALES
from bot.words.phone import to_e164

GRADES: Final = ("PK", "KG", *(f"{year:02}" for year in range(1, 13)))
_LONGEST: Final = 2000


@dataclass(slots=True)
class Form:
    """What stands in the fields."""

    audience: Audience = field(default_factory=Audience)
    people: str = ""
    """Names or numbers of single families, a line each, that are added"""
    texts: dict[str, str] = field(default_factory=dict)
    title: str = ""
    day: str = ""
    source: str = "en"
    """The language of whoever writes: the others translate it"""
    topic: Topic = "news"
    is_beyond: bool = False
    """Outside the school's own mission"""
    emergency: str = ""
    """Why it goes out at any hour, and to all; administrators alone may say so"""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str) -> str:
        """What is wrong with a field."""
        return " ".join(one.says for one in self.faults if one.field == name)


def from_draft(draft: Draft) -> Form:
    """The fields as a draft fills them."""
    return Form(
        draft.audience,
        texts={locale: one.body for locale, one in draft.texts.items()},
        title=draft.title,
        day=draft.day.isoformat() if draft.day else "",
        source=draft.language,
        topic=_topic(draft.topic),
        is_beyond=draft.purpose == "beyond",
        emergency=draft.emergency or "",
    )


def from_request(session: Session, vault: Vault) -> Form:
    """The fields as they were posted; what cannot be read is a fault."""
    told = request.form
    form = Form(
        people=told.get("people", "")[:_LONGEST],
        texts={locale: _text(told, locale) for locale in LOCALES if f"text_{locale}" in told},
        title=told.get("title", "").strip()[:80],
        day=told.get("day", "")[:10],
        source=told.get("source", "") if told.get("source") in LOCALES else "en",
        topic=_topic(told.get("topic", "")),
        is_beyond=told.get("beyond") == "y",
        emergency=told.get("emergency", "").strip()[:256],
    )
    form.audience = _audience(told, _added(session, vault, form))
    if form.day and _day(form.day) is None:
        form.faults.append(Fault("day", _("Write the day as 2026-12-04.")))
    return form


def _audience(told: MultiDict[str, str], added: set[int]) -> Audience:
    return Audience(
        everyone=told.get("everyone") == "y",
        schools=frozenset(told.getlist("schools", type=int)),
        grades=frozenset(set(told.getlist("grades")) & set(GRADES)),
        classes=frozenset(told.getlist("classes", type=int)),
        languages=frozenset(set(told.getlist("languages")) & set(LOCALES)),
        tags=frozenset(told.getlist("tags")),
        families=frozenset(told.getlist("families", type=int)),
        contacts=frozenset(added | set(told.getlist("contacts", type=int))),
        students=frozenset(told.getlist("students", type=int)),
    )


def _added(session: Session, vault: Vault, form: Form) -> set[int]:
    """Contacts by the names and numbers that were typed; a line that nobody is found by is a fault."""
    added: set[int] = set()
    for line in filter(None, map(str.strip, form.people.splitlines())):
        if not (found := _contacts(session, vault, line)):
            words = _("No family is found by “%(line)s”. Write a number or a whole name.", line=line)
            form.faults.append(Fault("people", words))
        added |= set(found)
    return added


def change_of(form: Form, draft: Draft | None) -> Change:
    """What is otherwise than in the draft; a text that nobody touched stays whose it was."""
    texts: dict[str, Written | None] = dict(_changed(form.texts, draft, form.source))
    return replace(around_of(form), texts=texts)


def around_of(form: Form) -> Change:
    """All that is around the words: for whom, in which language they are written, what they are about."""
    return Change(
        form.audience,
        language=form.source,
        title=form.title,
        topic=form.topic,
        purpose="beyond" if form.is_beyond else "school",
        day=_day(form.day),
        emergency=form.emergency,
    )


def _changed(
    texts: Mapping[str, str], draft: Draft | None, language: str
) -> Iterator[tuple[str, Written | None]]:
    before = draft.texts if draft else {}
    for locale, body in texts.items():
        held = before.get(locale)
        if body and (held is None or held.body != body):
            yield locale, Written(body)
        elif not body and held is not None and locale != language:
            yield locale, None


def _text(told: MultiDict[str, str], locale: str) -> str:
    return told.get(f"text_{locale}", "").replace("\r\n", "\n").strip()[: 2 * _LONGEST]


def _contacts(session: Session, vault: Vault, said: str) -> list[int]:
    """Contacts by a number or a name; whom the writer does not reach is left out by the audience."""
    if (number := to_e164(said)) is not None:
        found = contacts.by_number_hash(session, vault.fingerprint(number))
        return [found.id] if found and found.id else []
    return list(name_words.contacts_named(session, vault, said))


def _topic(said: str) -> Topic:
    return "attendance" if said == "attendance" else "urgent" if said == "urgent" else "news"


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
