"""Schools: yet to come."""

from flask import Blueprint

from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page

page = Blueprint("schools", __name__, url_prefix="/schools")


@page.get("/")
@needs("administrator")
def show() -> str:
    """The page."""
    return show_page("console/schools.html")
