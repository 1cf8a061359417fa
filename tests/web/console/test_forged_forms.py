"""No form of another site and none of another session changes anything: every unsafe route is tried."""

import pytest
from sqlmodel import select

from bot.people.access import Grant
from bot.store.accounts import Account, RecoveryCode, RoleGrant
from bot.store.audit import AuditLine
from bot.store.sign_ins import OneTimeLink, SignIn
from bot.web.console.declared import needs_of
from tests.web.console.conftest import BASE, ORIGIN, Console
from tests.web.console.test_roles import address, routes

WATCHED = (Account, RoleGrant, RecoveryCode, SignIn, OneTimeLink, AuditLine)


def all_rows(console: Console) -> list[str]:
    with console.house.bot.db.read() as session:
        return [
            row.model_dump_json(exclude={"name", "email", "text", "totp"})
            for table in WATCHED
            for row in session.exec(select(table)).all()
        ]


@pytest.mark.parametrize("forgery", ["none", "wrong", "other session", "other origin", "other site"])
def test_every_unsafe_route_refuses_a_forged_form(console: Console, forgery: str) -> None:
    account = console.account(Grant("administrator"))
    clients = {stage: console.enter(account, stage) for stage in ("whole", "second", "enrolling")}
    clients["nothing"] = console.visitor()
    other = console.token(console.enter(account))
    before, tried = all_rows(console), 0
    for _, method, rule in routes(console):
        needed = needs_of(console.app, rule.endpoint)
        if method != "POST" or needed is None:
            continue
        client, headers = clients[needed.stage], dict(ORIGIN)
        token = {"none": "", "wrong": "x" * 40, "other session": other}.get(forgery) or console.token(client)
        if forgery == "other origin":
            headers = {"Origin": "https://elsewhere.example", "Referer": "https://elsewhere.example/"}
        if forgery == "other site":
            headers["Sec-Fetch-Site"] = "cross-site"
        form = {} if forgery == "none" else {"csrf_token": token}
        answer = client.post(address(console, rule), data=form, base_url=BASE, headers=headers)
        assert answer.status_code == 400, f"{rule}: {answer.status}"
        assert "This form is no longer valid" in answer.text
        tried += 1
    assert tried > 10
    assert all_rows(console) == before
