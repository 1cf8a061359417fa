"""The console in this process: people of each role at two schools, signed in without the way there."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from bot.carrier.translate.libre import LibreTranslator
from bot.carrier.translate.transport import Limits
from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.desk import Desk, new_token
from bot.people.staff_accounts import Invited
from bot.store import accounts, schools, sign_ins
from bot.store.sign_ins import WHOLE, SignIn
from bot.web.application import create_application
from tests.fixtures.installation import Installation
from tests.servers.translators import KEY, Engine, translators

BASE = "https://texts.example.org"
LASTS = timedelta(hours=2)
ORIGIN = {"Origin": BASE, "Referer": f"{BASE}/staff/"}
PASSWORD = "seven green umbrellas"


@dataclass
class Console:
    """The staff pages of one installation, and short ways in."""

    app: Flask
    house: Installation
    made: int = field(default=0, init=False)

    @property
    def desk(self) -> Desk:
        """Where its accounts are kept."""
        return Desk(self.house.bot.db, self.house.bot.vault, self.house.bot.clock)

    def school(self, name: str = "Maple Grove") -> int:
        """The id of a school of the demo district, by the beginning of its name."""
        with self.house.bot.db.read() as session:
            return next(s.id or 0 for s in schools.every_school(session) if s.name.startswith(name))

    def account(self, *grants: Grant, email: str = "", **more: Any) -> int:
        """An active account without password or second factor."""
        self.made += 1
        email = email or f"person{self.made}@school.example"
        account_id, _ = staff_accounts.invite(
            self.desk, None, Invited(f"Person {self.made}", email, grants, **more)
        )
        with self.house.bot.db.write() as session:
            account = accounts.locked(session, account_id)
            assert account is not None
            account.state = "active"
        return account_id

    def visitor(self) -> FlaskClient:
        """A browser in which nobody is signed in."""
        return self.app.test_client()

    def enter(self, account_id: int, stage: str = WHOLE) -> FlaskClient:
        """A browser in which this account is signed in."""
        client, now = self.app.test_client(), self.house.bot.clock()
        token, hash_ = new_token()
        row = SignIn(
            token_hash=hash_,
            account_id=account_id,
            stage=stage,
            began_at=now,
            seen_at=now,
            proved_at=now,
            expires_at=now + LASTS,
        )
        with self.house.bot.db.write() as session:
            sign_ins.begin(session, row)
        with client.session_transaction(base_url=BASE) as kept:
            kept["token"] = token
        return client

    def signed_in(self, *roles: str, school: int | None = None) -> FlaskClient:
        """A browser of a new person with these roles, in the district or at one school."""
        return self.enter(self.account(*(Grant(role, school) for role in roles)))

    def post(self, client: FlaskClient, path: str, **form: str) -> TestResponse:
        """Post a form as a page of ours would: with the token of this browser's session."""
        data = {"csrf_token": self.token(client), **form}
        return client.post(path, data=data, base_url=BASE, headers=ORIGIN, buffered=True)

    def token(self, client: FlaskClient) -> str:
        """The token against forged forms, as the pages of this browser hold it."""
        with client.session_transaction(base_url=BASE) as kept:
            raw = kept.setdefault("csrf_token", secrets.token_hex(20))
        signed: str = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
        return signed

    def get(self, client: FlaskClient, path: str) -> TestResponse:
        """Open a page."""
        return client.get(path, base_url=BASE, buffered=True)


@pytest.fixture
def backend() -> str:
    """SQLite alone: pages say nothing about the kind of database."""
    return "sqlite"


@pytest.fixture
def console(house: Installation) -> Console:
    """The staff pages of the demo district."""
    return Console(create_application(house.bot), house)


@pytest.fixture
def says() -> Mapping[str, str]:
    """What a machine translates, word for word: a file of tests that has one says what."""
    return {}


@pytest.fixture
def engine(says: Mapping[str, str]) -> Iterator[Engine]:
    """A machine that knows only these sentences."""
    with translators() as running:
        running.says = lambda text, _target: says.get(text, f"?? {text}")
        yield running


@pytest.fixture
def machine(house: Installation, engine: Engine) -> Console:
    """The staff pages of an installation that has LibreTranslate."""
    translator = LibreTranslator(engine.url, KEY, limits=Limits(read=2.0))
    house.bot = replace(house.bot, talk=replace(house.bot.talk, translator=translator))
    return Console(create_application(house.bot), house)
