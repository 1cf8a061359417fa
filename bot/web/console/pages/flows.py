"""Flows: what each is for, its drawing, what its proof found, and a phone to try it on."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, abort, current_app

from bot.flow.check.ways import END
from bot.flow.load import Flow
from bot.flow.outline import outline
from bot.flow.picture import HEIGHT, picture
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.said_of_people import language_name
from bot.web.console.showing import show as show_page
from bot.web.console.written import written
from bot.words.yaml_tree import Fault

page = Blueprint("flows", __name__, url_prefix="/flows")
READERS: Final = ("administrator", "liaison")


@page.get("/")
@needs(*READERS)
def show() -> str:
    """Every flow."""
    files = written(current_app)
    flows = sorted(bot_of(current_app).library.book.flows.values(), key=lambda flow: flow.name)
    return show_page(
        "console/flows.html",
        flows=flows,
        language_name=language_name,
        lacking={flow.name: list(_lacking(flow.name)) for flow in flows},
        faults=None if files.known_faults is None else {flow.name: _of(flow.name) for flow in flows},
    )


@page.get("/<name>")
@needs(*READERS)
def one(name: str) -> str:
    """One flow: drawing, steps in words, proof."""
    flow = _flow(name)
    return show_page(
        "console/flow.html",
        flow=flow,
        boxes=outline(flow),
        picture=picture(flow),
        height=HEIGHT,
        end=END,
        language_name=language_name,
        lacking=list(_lacking(name)),
        **_proof(name, is_asked=False),
    )


@page.get("/<name>/check")
@needs(*READERS)
def check(name: str) -> str:
    """What the proof of all flows says of this one; it takes some seconds, once for each version."""
    return show_page(
        "console/flow_check.html", part="result", flow=_flow(name), **_proof(name, is_asked=True)
    )


def _flow(name: str) -> Flow:
    flow = bot_of(current_app).library.book.flows.get(name)
    if flow is None:
        abort(404)
    return flow


def _proof(name: str, *, is_asked: bool) -> dict[str, Any]:
    files = written(current_app)
    every = files.faults() if is_asked else files.known_faults
    return {"faults": None if every is None else _of(name)}


def _of(name: str) -> list[Fault]:
    """What the proof found in the file of this flow, and in the translations of its texts."""
    found = written(current_app).known_faults or []
    return [
        fault
        for fault in found
        if fault.file.endswith(f"flows/{name}.yaml") or fault.wrong.startswith(f"{name}/")
    ]


def _lacking(name: str) -> Iterator[tuple[str, int, int]]:
    """Each language with texts: its locale, how many of the flow's can be sent in it, and of how many."""
    for locale, flows in written(current_app).states.items():
        states = flows.get(name)
        if states:
            yield locale, states["reviewed"] + states["unreviewed"], states.total()
