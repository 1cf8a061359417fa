"""Where a request finds the bot it serves."""

from typing import cast

from flask import Flask

from bot.wiring import Bot

EXTENSION = "ally"


def bot_of(app: Flask) -> Bot:
    """The bot of this web process."""
    return cast(Bot, app.extensions[EXTENSION])
