"""A conversation tried out on a page: played anew from its beginning at each step, so nothing is kept here.

The page carries what was typed, signed and of limited size. Families, schools and numbers are those of
the demo district, in a database of this process that real families never come into.
"""

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, cast

from flask import Flask
from itsdangerous import BadSignature, URLSafeSerializer

from bot.people.roster import Roster
from bot.store.vault import Vault, new_key
from bot.talk.acting import have_met
from bot.talk.parts import Talk
from bot.talk.rehearsal import Rehearsal
from bot.talk.stage import Stage, set_stage
from bot.talk.written import STRANGER
from bot.web.bot_of import bot_of
from bot.words.locales import LOCALES
from bot.words.segments import count

LONGEST: Final = 320
"""Letters of one text that can be tried"""
MOST: Final = 30
"""Texts of one trial: each is played again at every step"""
EXTENSION: Final = "ally_stage"
_making = threading.Lock()


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done so far: whose phone, since when, and each thing typed or happened."""

    who: str
    begun: str
    """ISO 8601, aware"""
    did: tuple[tuple[str, str], ...] = ()
    """(kind, words); kind: say, wait or close"""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on the phone."""

    is_theirs: bool
    body: str
    segments: int = 0
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """The phone as it looks at the end."""

    bubbles: tuple[Bubble, ...]
    offers: tuple[str, ...]
    """Labels that can be tapped"""
    stands_at: str
    locale: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented whose phone can be played."""

    id: str
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class _Made:
    """The stage, and its database as a file would hold it: no folder has to outlive a request."""

    stage: Stage
    content: bytes


def sealed(app: Flask, trial: Trial) -> str:
    """A trial as a field of a page carries it."""
    return str(_signer(app).dumps([trial.who, trial.begun, trial.did]))


def opened(app: Flask, field: str) -> Trial | None:
    """The trial in a field; None where it is not one of ours."""
    try:
        who, begun, did = _signer(app).loads(field)
        return Trial(who, begun, tuple((str(kind), str(words)) for kind, words in did))
    except (BadSignature, ValueError, TypeError):
        return None


def new_trial(app: Flask, who: str) -> Trial | None:
    """A trial with one of the invented people; None where nobody is called so."""
    if who != STRANGER and who not in {person.id for person in people(app)}:
        return None
    zone = _stage(app).stage.zone
    return Trial(who, bot_of(app).clock().astimezone(zone).replace(microsecond=0).isoformat())


def people(app: Flask) -> list[Person]:
    """Invented parents whose phones can be played, by language: two of each."""
    roster, shown = _stage(app).stage.district.roster, _stage(app).stage.district.words.demo_phones
    found: dict[str, list[Person]] = {locale: [] for locale in LOCALES}
    for id_ in dict.fromkeys([*shown, *roster.guardians]):
        person = _person(roster, id_)
        if person is not None and len(found.setdefault(person.locale, [])) < 2:
            found[person.locale].append(person)
    return [person for several in found.values() for person in several]


def _person(roster: Roster, id_: str) -> Person | None:
    guardian = roster.guardians.get(id_)
    if guardian is None or not guardian.number or not guardian.language:
        return None
    return Person(id_, f"{guardian.given_name} {guardian.family_name}", guardian.language)


def play(app: Flask, trial: Trial) -> Played:
    """Play all of it on a copy of the stage, which is thrown away afterwards."""
    made = _stage(app)
    with tempfile.TemporaryDirectory(prefix="ally-trial-") as folder:
        file = Path(folder) / "stage.db"
        file.write_bytes(made.content)
        stage = replace(made.stage, file=file)
        rehearsal = stage.rehearse(trial.who, datetime.fromisoformat(trial.begun), Path(folder) / "trial.db")
        try:
            have_met(rehearsal)
            bubbles = [bubble for kind, words in trial.did for bubble in _done(rehearsal, kind, words)]
            return _seen(rehearsal, bubbles)
        finally:
            rehearsal.talk.db.close()


def _seen(rehearsal: Rehearsal, bubbles: Sequence[Bubble]) -> Played:
    contact = rehearsal.contact()
    locale = (contact.language if contact else None) or "en"
    offers = tuple(one.label for one in rehearsal.offers())
    return Played(tuple(bubbles), offers, rehearsal.stands_at(), locale)


def _done(rehearsal: Rehearsal, kind: str, words: str) -> Sequence[Bubble]:
    if kind == "wait":
        return _ours(rehearsal.time_passes(timedelta(days=1)))
    if kind == "close":
        return _ours(rehearsal.person_closes())
    return [Bubble(is_theirs=True, body=words), *_ours(rehearsal.they_say(words))]


def _ours(answers: Sequence[str]) -> list[Bubble]:
    sizes = [(answer, count(answer)) for answer in answers]
    return [
        Bubble(is_theirs=False, body=answer, segments=size.segments, encoding=size.encoding)
        for answer, size in sizes
    ]


def _stage(app: Flask) -> _Made:
    """The demo district of this process, made when somebody first tries a conversation."""
    with _making:
        kept = app.extensions.get(EXTENSION)
        if kept is None:
            kept = app.extensions[EXTENSION] = made_stage(bot_of(app).talk)
    return cast(_Made, kept)


def made_stage(talk: Talk) -> _Made:
    """A stage on which this talk's flows are played, with keys of its own."""
    with tempfile.TemporaryDirectory(prefix="ally-stage-") as folder:
        file = Path(folder) / "stage.db"
        stage = set_stage(replace(talk, vault=Vault([new_key()], new_key())), file)
        return _Made(stage, file.read_bytes())


def _signer(app: Flask) -> URLSafeSerializer:
    keys = [*reversed(app.config["SECRET_KEY_FALLBACKS"]), app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="a trial of a conversation")
