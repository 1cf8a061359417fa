"""Home: what waits for whoever is signed in."""

from flask import Blueprint

from bot.web.console.declared import signed_in
from bot.web.console.showing import show as show_page

page = Blueprint("home", __name__)


@page.get("/")
@signed_in()
def show() -> str:
    """The page after signing in."""
    return show_page("console/home.html")
