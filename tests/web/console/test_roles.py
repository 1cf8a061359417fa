"""Every route of the console x every role x the school asked for, another school, the district."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from bot.people.access import Grant
from bot.web.application import create_application
from tests.fixtures.installation import Install
from tests.web.console.conftest import BASE, ORIGIN, Console
from tests.web.console.roles import ANYBODY, AT_SCHOOL, ENROLLING, IN_DISTRICT, SECOND, TABLE

ROLES = ("teacher", "liaison", "administrator", "auditor")


def routes(console: Console) -> Iterator[tuple[str, str, Rule]]:
    """Name, method and rule of every route, as the URL map has them."""
    for rule in console.app.url_map.iter_rules():
        part, _, name = rule.endpoint.partition(".")
        if part == "console":
            yield from ((name, method, rule) for method in sorted((rule.methods or set()) & {"GET", "POST"}))


def address(console: Console, rule: Rule) -> str:
    """The route with something in each of its places; its school is Maple Grove."""
    places = {name: console.school() if name == "school_id" else 999 for name in rule.arguments}
    with console.app.test_request_context(base_url=BASE):
        return console.app.url_map.bind("").build(rule.endpoint, places)


def call(console: Console, client: FlaskClient, method: str, path: str) -> TestResponse:
    headers = ORIGIN | ({"X-CSRFToken": console.token(client)} if method == "POST" else {})
    return client.open(path, method=method, base_url=BASE, headers=headers)


def is_let_in(answer: TestResponse) -> bool:
    """Whether the page itself answered; what it thinks of an empty form is another thing."""
    sent_away = answer.status_code == 303 and (
        (answer.location or "").startswith(("/staff/sign-in?", "/staff/sign-in/"))
        or answer.location == "/staff/"
    )
    return answer.status_code != 403 and not sent_away


def test_every_route_has_a_line_in_the_table(console: Console) -> None:
    assert {name for name, _, _ in routes(console)} == set(TABLE), "tests/web/console/roles.py"
    named = {name for name, _, rule in routes(console) if "school_id" in rule.arguments}
    assert named == AT_SCHOOL, "tests/web/console/roles.py"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_routes_at_its_school_and_no_others(console: Console, role: str) -> None:
    places = {"here": console.school(), "elsewhere": console.school("Pecan"), "everywhere": None}
    faults = []
    for place, school in places.items():
        account = console.account(Grant(role, school))
        client = console.enter(account)
        for name, method, rule in routes(console):
            who = TABLE[name]
            is_far = (place == "elsewhere" and name in AT_SCHOOL) or (school and name in IN_DISTRICT)
            may = who == ANYBODY or (role in who and not is_far)
            # What is posted may end the sign-in that it is posted with
            one = console.enter(account) if method == "POST" and may else client
            if is_let_in(call(console, one, method, address(console, rule))) != may:
                faults.append(f"{role} {place}: {method} {rule} should be {'open' if may else 'closed'}")
    assert not faults


def test_without_a_role_only_the_own_account_is_open(console: Console) -> None:
    account = console.account()
    for name, method, rule in routes(console):
        may = TABLE[name] == ANYBODY or len(TABLE[name]) == len(ROLES)
        answer = call(console, console.enter(account), method, address(console, rule))
        assert is_let_in(answer) == may, f"{method} {rule}"


@pytest.mark.parametrize("stage", ["", SECOND, ENROLLING])
def test_before_the_second_factor_only_the_way_in_is_open(console: Console, stage: str) -> None:
    account = console.account(Grant("administrator"))
    for name, method, rule in routes(console):
        client = console.enter(account, stage) if stage else console.visitor()
        answer = call(console, client, method, address(console, rule))
        if TABLE[name] == ANYBODY:
            continue
        refused = answer.status_code == 303 and (answer.location or "").startswith("/staff/sign-in")
        assert refused == (TABLE[name] != stage), f"{method} {rule}: {answer.status}"


def test_only_in_the_demo_somebody_goes_without_a_second_factor(install: Install) -> None:
    twilio = {"TWILIO_BASE_URL": "https://api.twilio.com", "TWILIO_ACCOUNT_SID": "AC" + "5" * 32}
    house = install(**twilio)
    console = Console(create_application(house.bot), house)
    client = console.enter(console.account(Grant("administrator")), ENROLLING)
    assert "Not now" not in console.get(client, "/staff/sign-in/enrol").text
    assert console.post(client, "/staff/sign-in/without").status_code == 403
