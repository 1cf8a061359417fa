"""A school that writes to its families: classes, teachers and families in several languages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from bot.broadcast import drafts, preview, sending
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Written
from bot.broadcast.fan_out import fill_due
from bot.broadcast.parts import Broadcasting
from bot.broadcast.sending import NOW, Order, Sent
from bot.outbox.doorbell import NoDoorbell
from bot.outbox.drain import drain
from bot.outbox.parts import Parts
from bot.people.access import Grant, Who
from bot.store import accounts, contacts
from bot.store.accounts import Account
from bot.store.classes import ClassTeacher, SchoolClass, StudentClass
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.families import STUDENT_NAME, Family, FamilyContact, Student
from bot.store.outbox import BODY
from bot.store.schools import School, Staff
from bot.store.vault import Vault
from bot.talk.library import FileLibrary
from tests.fixtures.household import SettableClock
from tests.outbox.fake_carrier import FakeCarrier
from tests.outbox.rows import rows_of

ENGLISH = {"en": Written("No school on Friday.")}
BOTH = ENGLISH | {"es": Written("No hay clases el viernes.")}


class Campus:
    """A school at work: `family(...)` adds families, `sent_to(...)` goes the whole way."""

    def __init__(self, db: Database, vault: Vault, clock: SettableClock, library: FileLibrary) -> None:
        self.db, self.vault, self.clock = db, vault, clock
        bell = NoDoorbell()
        self.parts = Broadcasting(db, vault, clock, bell, library, "Ally, Cedar Valley Schools")
        self.carrier = FakeCarrier(clock)
        self.outbox = Parts(db, vault, self.carrier, clock, bell)
        self.numbers = iter(range(100))
        self.school = self.add_school("Maple")
        self.teacher = self.account("teacher", self.school, staff="t-1")
        self.principal = self.account("administrator", self.school)
        self.third = self.school_class("3B", self.teacher)
        self.fourth = self.school_class("4A")

    def set(self, **more: Any) -> None:
        """Another setting of the installation."""
        for name, value in more.items():
            object.__setattr__(self.parts, name, value)

    def add(self, row: Any) -> int:
        with self.db.write() as session:
            session.add(row)
            session.flush()
            return int(row.id)

    def add_school(self, name: str, zone: str = "America/Chicago") -> int:
        return self.add(School(source_id=name, name=name, zone=zone, phone="+15125550140"))

    def account(self, role: str, school_id: int | None, *, staff: str | None = None, **more: Any) -> Who:
        told = {"name": "Rosa", "role": role, **more}
        staff_id = self.add(Staff(source_id=staff, **told)) if staff else None
        with self.db.write() as session:
            mail = f"{role}-{next(self.numbers)}@school.example"
            made = Account(
                staff_id=staff_id,
                name=self.vault.seal("Rosa Alvarez", accounts.NAME),
                email=self.vault.seal(mail, accounts.EMAIL),
                email_hash=self.vault.fingerprint(mail),
                language="en",
                state="active",
                created_at=self.clock(),
            )
            accounts.add(session, made)
            return Who(made.id or 0, "Rosa Alvarez", "en", (Grant(role, school_id),), staff_id)

    def school_class(self, title: str, teacher: Who | None = None, school: int | None = None) -> int:
        made = self.add(SchoolClass(source_id=title, school_id=school or self.school, title=title))
        if teacher is not None and teacher.staff_id:
            with self.db.write() as session:
                session.add(ClassTeacher(class_id=made, staff_id=teacher.staff_id))
        return made

    def contact(self, language: str | None = "en", **more: Any) -> int:
        """One number, which had its first text."""
        with self.db.write() as session:
            e164 = f"+15125550{100 + next(self.numbers)}"
            made = contacts.find_or_create(session, self.vault, e164, self.clock())
            made.language, made.noticed_at = language, datetime.fromisoformat("2026-08-20T12:00:00+00:00")
            for name, value in more.items():
                setattr(made, name, value)
            session.add(made)
            assert made.id is not None
            return made.id

    def family(
        self, *contact_ids: int, children: Sequence[str] = ("Ana",), class_id: int | None = None, **more: Any
    ) -> int:
        """A family with these contacts and children, all in one class."""
        with self.db.write() as session:
            mark = f"family-{next(self.numbers)}"
            family = Family(source_hash=mark)
            session.add(family)
            session.flush()
            told = {"school_id": self.school, "grade": "03", **more}
            for place, name in enumerate(children):
                sealed = self.vault.seal(name, STUDENT_NAME)
                child = Student(source_hash=f"{mark}-{place}", family_id=family.id or 0, name=sealed, **told)
                session.add(child)
                session.flush()
                session.add(StudentClass(student_id=child.id or 0, class_id=class_id or self.third))
            session.add_all(FamilyContact(family_id=family.id or 0, contact_id=one) for one in contact_ids)
            return family.id or 0

    def draft(self, who: Who | None = None, **told: Any) -> int:
        change = Change(**{"audience": Audience(classes=frozenset({self.third})), "texts": ENGLISH, **told})
        with self.db.write() as session:
            return drafts.create(session, self.parts, who or self.teacher, change)

    def look(self, draft_id: int, who: Who | None = None) -> preview.Preview:
        with self.db.read() as session:
            return preview.preview(session, self.parts, who or self.teacher, draft_id)

    def send(
        self, draft_id: int, order: Order = NOW, who: Who | None = None, token: str | None = None
    ) -> Sent:
        token = token or self.look(draft_id, who).token
        with self.db.write() as session:
            return sending.send(session, self.parts, who or self.teacher, draft_id, token, order)

    def out(self) -> None:
        """Fill and hand over all that is due."""
        while fill_due(self.parts):
            pass
        drain(self.outbox, "broadcasts")
        fill_due(self.parts)

    def sent(self, who: Who | None = None, order: Order = NOW, **told: Any) -> int:
        """The whole way at once; the id of the broadcast."""
        made = self.send(self.draft(who, **told), order, who)
        self.out()
        return made.broadcast_id

    def bodies(self, contact_id: int) -> list[str]:
        """What was put for a contact."""
        rows = rows_of(self.db, contact_id, lane="broadcasts")
        return [self.vault.open(row.body, BODY) for row in rows if row.body]

    def states(self, contact_id: int | None = None) -> list[tuple[str, str | None]]:
        return [(row.state, row.reason) for row in rows_of(self.db, contact_id, lane="broadcasts")]

    def person(self, contact_id: int) -> Contact:
        with self.db.read() as session:
            found = contacts.by_id(session, contact_id)
            assert found is not None
            return found


@pytest.fixture
def campus(db: Database, vault: Vault, clock: SettableClock, library: FileLibrary) -> Campus:
    """A campus on each kind of database."""
    return Campus(db, vault, clock, library)
