"""The API in this process: programs with tokens of accounts at the schools of the demo district."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select
from werkzeug.test import TestResponse

from bot.broadcast.fan_out import fill_due
from bot.people import api_tokens, staff_accounts
from bot.people.access import Grant
from bot.people.api_tokens import SCOPES, Wanted
from bot.people.desk import Desk, who_of
from bot.people.staff_accounts import Invited
from bot.store import accounts, schools
from bot.store.outbox import BODY, OutboxRow
from bot.web.application import create_application
from tests.fixtures.installation import Installation

ROOT = "/api/v1"
MATEO, LUCIA, NOAH = "student-morales-mateo", "student-morales-lucia", "student-carter-noah"
PECAN = "student-hernandez-angel"
"""At Pecan Creek; the others are at Maple Grove"""
ADMINISTRATOR = (Grant("administrator"),)


@dataclass
class Api:
    """The API of one installation, and short ways to speak to it."""

    app: Flask
    house: Installation
    keys: Any = field(default_factory=lambda: count(1), init=False)
    mails: Any = field(default_factory=lambda: count(1), init=False)

    @property
    def desk(self) -> Desk:
        return Desk(self.house.bot.db, self.house.bot.vault, self.house.bot.clock)

    def school(self, name: str = "Maple Grove") -> int:
        """The id of a school, by the beginning of its name."""
        with self.house.bot.db.read() as session:
            return next(s.id or 0 for s in schools.every_school(session) if s.name.startswith(name))

    def account(self, *grants: Grant, **more: Any) -> int:
        """An active account."""
        invited = Invited("Rosa Alvarez", f"rosa{next(self.mails)}@school.example", grants, **more)
        account_id, _ = staff_accounts.invite(self.desk, None, invited)
        with self.house.bot.db.write() as session:
            found = accounts.locked(session, account_id)
            assert found is not None
            found.state = "active"
        return account_id

    def token(
        self,
        *grants: Grant,
        scopes: tuple[str, ...] = SCOPES,
        schools: frozenset[int] | None = None,
        account_id: int = 0,
        **more: Any,
    ) -> str:
        """A token of an account, of a new one with these roles where none is named."""
        account_id = account_id or self.account(*(grants or ADMINISTRATOR), **more)
        with self.house.bot.db.read() as session:
            account = accounts.by_id(session, account_id)
            assert account is not None
            who = who_of(self.desk.vault, account, accounts.grants_of(session, [account_id])[account_id])
        return api_tokens.make(self.desk, who, Wanted("SIS", scopes, schools, 90))

    def call(
        self, method: str, path: str, token: str, body: Any = None, key: str = "", **headers: str
    ) -> TestResponse:
        """One request; each has a key of its own unless one is named."""
        told = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or f"key-{next(self.keys)}"}
        told |= headers
        data = None if body is None else json.dumps(body)
        kind = "application/json" if body is not None else None
        client = self.app.test_client()
        return client.open(f"{ROOT}{path}", method=method, data=data, content_type=kind, headers=told)

    def post(self, path: str, token: str, body: Any = None, key: str = "", **headers: str) -> TestResponse:
        return self.call("POST", path, token, body, key, **headers)

    def attendance(self, *students: str, **more: Any) -> dict[str, Any]:
        """What a student information system sends on the day of the clock."""
        return {"date": f"{self.house.clock():%Y-%m-%d}", "students": list(students), **more}

    def texts(self) -> list[str]:
        """What is put into the outbox for families by now."""
        while fill_due(self.house.bot.broadcasting):
            pass
        with self.house.bot.db.read() as session:
            rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "broadcast")).all()
        return [self.house.bot.vault.open(row.body, BODY) for row in rows if row.body]


def problem(answer: TestResponse) -> str:
    """The type of a problem, without what is common to all; it has the form of RFC 9457."""
    assert answer.mimetype == "application/problem+json", answer.data
    told = answer.get_json()
    assert told["status"] == answer.status_code
    assert told["title"]
    return str(told["type"]).removeprefix("urn:problem-type:ally:")


@pytest.fixture
def api(house: Installation) -> Api:
    """The API, on SQLite and on PostgreSQL."""
    return Api(create_application(house.bot), house)
