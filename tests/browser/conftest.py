"""The staff pages on a real port with a real browser: one server and two open pages for each test process."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from bot.people import passwords, staff_accounts
from bot.people.access import Grant
from bot.people.desk import Desk, new_token
from bot.people.staff_accounts import Invited
from bot.people.staff_words import read_catalogs
from bot.settings import Settings
from bot.store import accounts, sign_ins
from bot.store.accounts import TOTP
from bot.store.sign_ins import WHOLE, SignIn
from bot.talk.library import FileLibrary
from bot.web.application import create_application
from bot.wiring import Bot, build
from tests.fixtures.installation import ROOT
from tests.web.console.pseudo import RTL, Pseudo

PASSWORD = "seven green umbrellas"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Served:
    """The staff pages as a browser reaches them."""

    url: str
    app: Flask
    bot: Bot
    made: int = 0

    @property
    def desk(self) -> Desk:
        """Where its accounts are kept."""
        return Desk(self.bot.db, self.bot.vault, self.bot.clock)

    def account(self, *grants: Grant, language: str = "en") -> tuple[int, str]:
        """A new active person with password and authenticator: (account, e-mail)."""
        self.made += 1
        email = f"person{self.made}@school.example"
        account_id, _ = staff_accounts.invite(
            self.desk, None, Invited(f"Person {self.made}", email, grants, language=language)
        )
        with self.bot.db.write() as session:
            account = accounts.locked(session, account_id)
            assert account is not None
            account.state, account.password = "active", passwords.hashed(PASSWORD)
            account.totp = self.bot.vault.seal(SECRET, TOTP)
        return account_id, email

    def code(self) -> str:
        """What the authenticator of every such person shows now."""
        return pyotp.TOTP(SECRET).at(self.bot.clock())

    def cookie(self, account_id: int, stage: str = WHOLE) -> dict[str, Any]:
        """The cookie of a browser in which this account is signed in."""
        token, hash_ = new_token()
        now = self.bot.clock()
        row = SignIn(
            token_hash=hash_,
            account_id=account_id,
            stage=stage,
            began_at=now,
            seen_at=now,
            proved_at=now,
            expires_at=now + timedelta(hours=2),
        )
        with self.bot.db.write() as session:
            sign_ins.begin(session, row)
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return {"name": "ally", "value": serializer.dumps({"token": token}), "url": self.url}


@pytest.fixture(scope="session")
def served(
    sqlite_district: Path,
    tmp_path_factory: pytest.TempPathFactory,
    keys: tuple[str, str],
    library: FileLibrary,
) -> Iterator[Served]:
    """The staff pages of the demo district, in English, Spanish and a made-up language from the right."""
    file = tmp_path_factory.mktemp("served") / "ally.db"
    shutil.copyfile(sqlite_district, file)
    settings: dict[str, Any] = {
        "DATABASE_URL": f"sqlite:///{file}",
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "ALLY_NUMBER": "+15125550100",
        "ALLY_PROGRAM": "Ally, Cedar Valley Schools",
        "TWILIO_BASE_URL": "http://127.0.0.1:9",
    }
    bot = build(Settings.model_validate(settings), library=library)
    app = create_application(bot, {**read_catalogs(ROOT / "messages"), RTL: Pseudo()})
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{server.server_port}", app, bot)
    server.shutdown()
    thread.join()
    server.server_close()
    bot.close()


@dataclass
class Window:
    """One browser window, reused from test to test."""

    page: Page
    served: Served
    account_id: int

    def sign_in(self, stage: str | None) -> None:
        """Be signed in as far as `stage`; None: not at all."""
        self.page.context.clear_cookies()
        if stage is not None:
            self.page.context.add_cookies([self.served.cookie(self.account_id, stage)])  # type: ignore[list-item]


def _window(browser: Browser, served: Served, language: str) -> Iterator[Window]:
    every = [Grant(role) for role in ("administrator", "liaison", "teacher", "auditor")]
    account_id, _ = served.account(*every, language=language)
    with browser.new_context(locale="ar" if language == RTL else "en-US") as context:
        page = context.new_page()
        yield Window(page, served, account_id)


@pytest.fixture(scope="session")
def window(browser: Browser, served: Served) -> Iterator[Window]:
    """Of somebody with every role, from the left."""
    yield from _window(browser, served, "en")


@pytest.fixture(scope="session")
def window_rtl(browser: Browser, served: Served) -> Iterator[Window]:
    """The same, from the right."""
    yield from _window(browser, served, RTL)
