"""Web entry: gunicorn 'app:create_app()'."""

from flask import Flask

from bot import log_lines
from bot.settings import read_settings
from bot.talk.ready import make_ready
from bot.web.application import create_application
from bot.wiring import build


def create_app() -> Flask:
    """The web process, built from the environment."""
    log_lines.configure()
    bot = build(read_settings())
    bot.remember_flows()
    make_ready(bot.library)
    return create_application(bot)
