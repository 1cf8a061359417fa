"""Every route of the console says what it asks of whoever calls it; what says nothing is closed."""

from bot.web.console.declared import needs_of
from bot.web.console.guard import NAME
from tests.web.console.conftest import Console

OTHERS = {"api", "front", "health", "hooks", "metrics", "pictures", "static"}
"""Not for people: `api` takes no cookie, so no form can be forged; its table is tests/web/api/scopes.py.
`pictures` opens by an address that proves itself alone"""


def test_every_route_belongs_to_a_known_part(console: Console) -> None:
    parts = {rule.endpoint.partition(".")[0] for rule in console.app.url_map.iter_rules()}
    assert parts == {*OTHERS, NAME}


def test_every_route_of_the_console_says_what_it_needs(console: Console) -> None:
    silent = [
        rule.endpoint
        for rule in console.app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{NAME}.") and needs_of(console.app, rule.endpoint) is None
    ]
    assert not silent, "put @needs(...), @signed_in() or @anybody() under the route"


def test_a_route_that_says_nothing_is_closed_to_everybody(console: Console) -> None:
    view = console.app.view_functions["console.home.show"]
    console.app.view_functions["console.home.show"] = lambda: "open"
    assert console.get(console.signed_in("administrator"), "/staff/").status_code == 403
    console.app.view_functions["console.home.show"] = view
    assert console.get(console.signed_in("administrator"), "/staff/").status_code == 200


def test_an_administrator_can_open_every_page_that_has_no_arguments(console: Console) -> None:
    client, found = console.signed_in("administrator"), {}
    for rule in console.app.url_map.iter_rules():
        needed = needs_of(console.app, rule.endpoint)
        if rule.endpoint == "console.district.prove":
            continue  # there is no district sign-on here
        if needed is None or needed.stage != "whole" or rule.arguments or "GET" not in (rule.methods or ()):
            continue
        found[rule.rule] = console.get(client, rule.rule).status_code
    assert set(found.values()) == {200}, found
