"""Somebody who writes to every family of a plant's district, in daylight, as the console's pages do."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot.broadcast import drafts, preview, sending
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Written
from bot.broadcast.parts import Broadcasting
from bot.outbox.doorbell import RqDoorbell
from bot.people.access import Grant, Who
from bot.school import rights
from bot.store import accounts
from bot.store.accounts import Account
from bot.store.database import Database
from bot.store.families import STUDENT_NAME
from bot.store.vault import Vault
from bot.talk.library import FileLibrary, Folders
from tests.servers.ally_run import ROOT

_FILLED = (
    "UPDATE school SET zone = :zone",
    "UPDATE contact SET language = CASE WHEN id % 3 = 0 THEN 'en' ELSE 'es' END, noticed_at = created_at",
    "INSERT INTO family (id, source_hash) SELECT id + 1000000, 'bench ' || id FROM contact",
    """INSERT INTO family_contact (family_id, contact_id, source)
    SELECT id + 1000000, id, 'roster' FROM contact""",
    """INSERT INTO student (id, source_hash, family_id, school_id, name, grade)
    SELECT id + 1000000, 'bench ' || id, id + 1000000, (SELECT min(id) FROM school), :name, '03'
    FROM contact""",
)


class Sender:
    """An administrator who writes to every family of the district, in daylight."""

    def __init__(self, db: Database, vault: Vault, bell: RqDoorbell, body: str) -> None:
        folders = Folders(ROOT / "flows", ROOT / "messages", Path(rights.__file__).parent / "facts")
        self.db, self.vault, self.bell, self.body = db, vault, bell, body
        self.parts = Broadcasting(
            self.db, self.vault, _now, self.bell, FileLibrary(folders), "Ally, Cedar Valley Schools"
        )
        told = {"zone": _daylight(), "name": self.vault.seal("Ana", STUDENT_NAME)}
        for statement in _FILLED:
            named = {name: value for name, value in told.items() if f":{name}" in statement}
            with self.db.write() as session:
                session.connection().execute(text(statement), named)
        self.who = Who(_account(db, vault), "Rosa Alvarez", "en", (Grant("administrator"),))

    def draft(self) -> int:
        """A text in two languages to everybody."""
        texts = {"en": Written(self.body), "es": Written(f"{self.body} (es)")}
        change = Change(audience=Audience(everyone=True), texts=texts)
        with self.db.write() as session:
            return drafts.create(session, self.parts, self.who, change)

    def look(self, draft_id: int) -> preview.Preview:
        """What the sender is shown before she sends."""
        with self.db.read() as session:
            return preview.preview(session, self.parts, self.who, draft_id)

    def send(self, draft_id: int, token: str) -> None:
        """The click."""
        with self.db.write() as session:
            sending.send(session, self.parts, self.who, draft_id, token)
        self.bell.ring("chores")

    def pause(self, broadcast_id: int) -> None:
        """Her other click."""
        with self.db.write() as session:
            sending.pause(session, self.parts, self.who, broadcast_id)

    def resume(self, broadcast_id: int) -> None:
        """And the one after."""
        with self.db.write() as session:
            sending.resume(session, self.parts, self.who, broadcast_id)
        self.bell.ring("chores")
        self.bell.ring("broadcasts")


def _account(db: Database, vault: Vault) -> int:
    mail = "rosa@school.example"
    with db.write() as session:
        made = Account(
            name=vault.seal("Rosa Alvarez", accounts.NAME),
            email=vault.seal(mail, accounts.EMAIL),
            email_hash=vault.fingerprint(mail),
            language="en",
            state="active",
            created_at=_now(),
        )
        accounts.add(session, made)
        return made.id or 0


def _daylight() -> str:
    """A zone in which it is about noon, for no text goes out at night."""
    ahead = 12 - _now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def _now() -> datetime:
    return datetime.now(UTC)
