"""Flows: yet to come."""

from flask import Blueprint

from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page

page = Blueprint("flows", __name__, url_prefix="/flows")


@page.get("/")
@needs("administrator", "liaison")
def show() -> str:
    """The page."""
    return show_page("console/flows.html")
