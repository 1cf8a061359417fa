"""Talks of a teacher's own phone (tests/broadcast/talks/*.yaml): played through the real way in, on a campus.

CODE in what we say is any code; in what they say it is the last one, WRONG is none. Everything else is as
it is written.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.broadcast import order_codes
from bot.outbox.doorbell import NoDoorbell
from bot.people.access import Who
from bot.school import look_ups
from bot.settings import Settings
from bot.store import accounts, contacts
from bot.store.accounts import TEXT, Account
from bot.store.contacts import Contact
from bot.store.outbox import BODY
from bot.talk import actions
from bot.talk.library import FileLibrary
from bot.talk.parts import Talk
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.wiring import by_text
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import read_tree
from tests.broadcast.conftest import Campus
from tests.outbox.rows import rows_of

FOLDER = Path(__file__).parent / "talks"
PHONE = "+15125550199"
"""The teacher's own"""
_CODE = re.compile(rf"\b[{order_codes.ALPHABET}]{{{order_codes.LENGTH}}}\b")
_WRONG = "CCCCCC"
_ZONE = ZoneInfo("America/Chicago")


def _texts(said: Any) -> Any:
    many = [said] if isinstance(said, str) else said
    return [] if many == ["(no answer)"] else [one.strip("\n") for one in many]


def _moment(said: Any) -> Any:
    return datetime.fromisoformat(said) if isinstance(said, str) else said


class Part(BaseModel):
    """Base of both: unknown words are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Exchange(Part):
    """One thing that happens, and what follows from it."""

    they_say: str | None = Field(default=None, alias="they say")
    minutes_pass: int | None = Field(default=None, alias="minutes pass")
    comes: str | None = Field(default=None)
    """A language: a new family in 3B reads it"""
    we_say: Annotated[list[str], BeforeValidator(_texts)] = Field(default=[], alias="we say")
    families_get: dict[str, str] | None = Field(default=None, alias="families get")
    """By language, after all that is due has gone out; None: nobody looks"""


class PhoneTalk(Part):
    """One talk of one phone."""

    talk: str
    """What it shows, in a sentence"""
    who: str = "teacher"
    """teacher, principal, or parent: a teacher whose number is also a family's"""
    language: str = "en"
    """Of the account"""
    now: Annotated[datetime, BeforeValidator(_moment)]
    approval_above: int | None = Field(default=None, alias="approval above")
    turns: list[Exchange] = Field(min_length=1)


def read(path: Path) -> PhoneTalk:
    """One talk. Raises FilesBroken."""
    return shaped(read_tree(path.read_text(encoding="utf-8"), path.name), PhoneTalk)


@dataclass
class PhoneStage:
    """A campus whose teacher has a phone."""

    campus: Campus
    library: FileLibrary
    settings: Settings
    told: int = 0
    code: str = _WRONG
    people: dict[str, int] = field(default_factory=dict)
    talk: Talk = field(init=False)
    _seen: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        campus = self.campus
        self.talk = Talk(
            db=campus.db,
            vault=campus.vault,
            clock=campus.clock,
            queue=NoDoorbell(),
            library=self.library,
            look_up=look_ups.run,
            actions=actions.registry(),
            program=campus.parts.program,
            staff_lanes=(by_text(self.settings, campus.parts, self.library),),
        )

    def settle(self, who: str = "teacher", language: str = "en") -> None:
        """Two families in 3B, one in 4A; the phone belongs to the teacher, who may be a parent too."""
        campus = self.campus
        self.join("es")
        self.join("en")
        self.join("ar", class_id=campus.fourth)
        self.grant(campus.principal)
        self.enrol(campus.principal if who == "principal" else campus.teacher, language)
        with campus.db.write() as session:
            mine = contacts.find_or_create(session, campus.vault, PHONE, campus.clock())
            mine.noticed_at, mine.language = campus.clock(), "en" if who == "parent" else None
            session.add(mine)
            number = mine.id or 0
        if who == "parent":
            campus.family(number, class_id=campus.fourth)

    def enrol(self, who: Who, language: str = "en") -> None:
        """Let the phone belong to an account."""
        vault = self.campus.vault
        self.grant(who)
        with self.campus.db.write() as session:
            account = session.get(Account, who.account_id)
            assert account is not None
            account.text, account.text_hash = vault.seal(PHONE, TEXT), vault.fingerprint(PHONE)
            account.language = language
            session.add(account)

    def grant(self, who: Who) -> None:
        """Let an account have its roles."""
        with self.campus.db.write() as session:
            roles = [(one.role, one.school_id) for one in who.grants]
            accounts.replace_grants(session, who.account_id, roles)

    def join(self, language: str, class_id: int | None = None) -> None:
        """A family."""
        self.people[language] = self.campus.contact(language)
        self.campus.family(self.people[language], class_id=class_id)

    def say(self, body: str, number: str = PHONE) -> list[str]:
        """Write a text from a number; what we answer, codes as CODE."""
        self.told += 1
        receive(self.talk, Text(f"SM{self.told:032}", number, body))
        answers = self.answers(number)
        for code in _CODE.findall("\n".join(answers)):
            self.code = code
        return [_CODE.sub("CODE", one) for one in answers]

    def answers(self, number: str = PHONE) -> list[str]:
        """What was put for a number since it was last asked."""
        contact = self.contact(number)
        rows = rows_of(self.campus.db, contact.id or 0, lane="replies")
        seen = self._seen.get(contact.id or 0, 0)
        self._seen[contact.id or 0] = max([seen, *(row.id or 0 for row in rows)])
        return [self.campus.vault.open(row.body, BODY) for row in rows if row.body and (row.id or 0) > seen]

    def contact(self, number: str = PHONE) -> Contact:
        """Whose number it is."""
        with self.campus.db.read() as session:
            found = contacts.by_number_hash(session, self.campus.vault.fingerprint(number))
            assert found is not None
            return found

    def got(self) -> dict[str, str]:
        """What families have by now, by language."""
        self.campus.out()
        bodies = {language: self.campus.bodies(id_) for language, id_ in self.people.items()}
        return {language: "\n---\n".join(some) for language, some in bodies.items() if some}


def play(stage: PhoneStage, talk: PhoneTalk) -> list[Exchange]:
    """Let a talk happen; what happened, to hold beside what is written."""
    stage.campus.clock.set(talk.now.replace(tzinfo=_ZONE))
    stage.campus.set(approval_above=talk.approval_above)
    stage.settle(talk.who, talk.language)
    return [_happen(stage, turn) for turn in talk.turns]


def _happen(stage: PhoneStage, turn: Exchange) -> Exchange:
    went: dict[str, Any] = {}
    if turn.they_say is not None:
        words: Mapping[str, str] = {"CODE": stage.code, "WRONG": _WRONG}
        said = re.sub(r"\b(CODE|WRONG)\b", lambda found: words[found[1]], turn.they_say)
        went["we_say"] = stage.say(said)
    elif turn.minutes_pass is not None:
        stage.campus.clock.set(stage.campus.clock() + timedelta(minutes=turn.minutes_pass))
    elif turn.comes is not None:
        stage.join(turn.comes)
    if turn.families_get is not None:
        went["families_get"] = stage.got()
    return turn.model_copy(update=went)


def written(source: str, went: list[Exchange]) -> str:
    """The file of a talk with what happened in place of what it said would."""
    head, _, _ = source.partition("turns:\n")
    lines = [head + "turns:"]
    for turn in went:
        first = f"minutes pass: {turn.minutes_pass}" if turn.minutes_pass else f"comes: {turn.comes}"
        first = first if turn.they_say is None else f"they say: {_scalar(turn.they_say)}"
        lines.append(f"  - {first}")
        if turn.they_say is not None:
            said = ["    we say: |", *_block(turn.we_say[0], 6)] if turn.we_say else []
            lines += said or ["    we say: (no answer)"]
        if turn.families_get is not None:
            lines.append("    families get:" if turn.families_get else "    families get: {}")
            for language, body in turn.families_get.items():
                lines += [f"      {language}: |-", *_block(body, 8)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block(text: str, indent: int) -> list[str]:
    return [" " * indent + line for line in text.split("\n")]


def _scalar(said: str) -> str:
    plain = re.fullmatch(r"[\w][\w ,.'-]*", said) and not said.isdigit()
    return said if plain else json.dumps(said, ensure_ascii=False)
