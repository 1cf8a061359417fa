"""The first page: what this is and where to go."""

from flask import Blueprint, current_app, render_template

from bot.store import schools
from bot.web.bot_of import bot_of

front = Blueprint("front", __name__)


@front.get("/")
def welcome() -> str:
    """Names the schools that are set up, and what to do where there are none."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        names = [school.name for school in schools.every_school(session)]
    return render_template("front.html", program=bot.settings.program, schools=names)
