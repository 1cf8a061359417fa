"""Staff: yet to come."""

from flask import Blueprint

from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page

page = Blueprint("staff", __name__, url_prefix="/staff")


@page.get("/")
@needs("administrator")
def show() -> str:
    """The page."""
    return show_page("console/staff.html")
