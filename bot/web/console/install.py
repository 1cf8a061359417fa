"""Puts the console into the web process: pages, cookies, CSRF, words, headers, errors."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, url_for
from flask_wtf.csrf import CSRFProtect

from bot.people.staff_words import DOMAIN, read_catalogs
from bot.store.vault import key_bytes
from bot.web.console import district, turns, words
from bot.web.console.every_page import new_console
from bot.web.console.guard import guard
from bot.web.console.headers import add_headers
from bot.web.console.navigation import entries
from bot.web.console.visits import look_up_visit
from bot.web.console.words import Catalogs, Words
from bot.web.console.zone_here import zone_here
from bot.wiring import Bot

_YEAR: Final = 31_536_000
_STATIC: Final = Path(__file__).parents[1] / "static"


def install(app: Flask, bot: Bot, catalogs: Catalogs | None = None) -> None:
    """Add the console to the web process of a bot. `catalogs`: other words than the committed ones."""
    _cookies(app, bot)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # the guard checks, once it has set how much may be sent
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a token ends with its sign-in
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR  # addresses of files change with their content
    CSRFProtect().init_app(app)
    spoken = Words(read_catalogs(bot.settings.messages) if catalogs is None else catalogs)
    spoken.init_app(app, default_domain=DOMAIN, locale_selector=spoken.choose, timezone_selector=zone_here)
    app.jinja_env.globals.update(asset=asset, direction=words.direction, language_tag=words.tag)
    app.jinja_env.globals.update(entries=entries, visitor=look_up_visit, languages=spoken.languages)
    app.jinja_env.globals.update(program=bot.settings.program, is_demo=bot.settings.is_local_carrier)
    app.jinja_env.filters.update(remark=words.remark, phone=words.phone, grade=words.grade)
    district.install(app, bot.settings)
    turns.install(app)
    app.before_request(guard)
    app.after_request(add_headers)
    app.register_blueprint(new_console())


def asset(name: str) -> str:
    """The address of a static file, new whenever its content is."""
    return url_for("static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]


def _cookies(app: Flask, bot: Bot) -> None:
    """Cookies are signed by keys of their own, made from the encryption keys, the newest first."""
    secret, *older = (_derived(key) for key in bot.settings.key_list)
    is_https = bot.settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=secret,
        SECRET_KEY_FALLBACKS=older,
        # __Host-: no other host or path can set it (RFC 6265bis, 4.1.3.2); plain http knows no such cookie
        SESSION_COOKIE_NAME="__Host-ally" if is_https else "ally",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"ally console cookies").derive(key_bytes(key))
