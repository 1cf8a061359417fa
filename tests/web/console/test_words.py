"""Every word of every page is in a catalog, in whichever direction it runs; Spanish is complete."""

import re

import polib
import pytest
from werkzeug.routing import Rule

from bot.cli.page_words import updated
from bot.people.access import Grant
from bot.store import troubles
from bot.web.application import create_application
from bot.web.console.declared import needs_of
from tests.fixtures.installation import ROOT, Installation
from tests.web.console.conftest import BASE, Console
from tests.web.console.pseudo import LTR, RTL, catalogs, unmarked
from tests.web.console.samples import places
from tests.web.console.test_delivery import row
from tests.web.console.test_roles import routes

PROGRAM = "Ally, Cedar Valley Schools"
NO_PAGES = (
    "broadcast_poll.export",
    "broadcast_watch.export",
    "families.of",
    "languages.texts",
    "thread_pictures.came",
    "thread_pictures.went",
)
"""What is downloaded, leads elsewhere, or is shown inside a page"""
NOT_HERE = ("district.go", "district.back", "district.prove")
"""Without district sign-on"""


@pytest.fixture
def pseudo(house: Installation) -> Console:
    """The staff pages in words that are all marked."""
    return Console(create_application(house.bot, catalogs()), house)


def test_no_page_holds_a_hard_coded_word(pseudo: Console) -> None:
    """Each page with something in each of its places."""
    account = pseudo.account(*_everything(), language=RTL)
    row(pseudo, "undelivered", error_code=30003)
    row(pseudo, "skipped", reason="opted_out")
    with pseudo.house.bot.db.write() as session:
        troubles.note(session, 30034, pseudo.house.clock())
    faults, seen = [], 0
    for name, method, rule in routes(pseudo):
        needed = needs_of(pseudo.app, rule.endpoint)
        if method != "GET" or needed is None or name in NO_PAGES:
            continue
        client = pseudo.visitor() if needed.stage == "nothing" else pseudo.enter(account, needed.stage)
        answer = pseudo.get(client, f"{address(pseudo, rule, account)}?language={RTL}")
        if answer.status_code != (404 if name in NOT_HERE else 200):
            faults.append(f"{rule}: {answer.status}")
        faults += [f"{rule}: {word}" for word in _hard_coded(answer.text)]
        seen += 1
    begun = pseudo.post(pseudo.enter(account), "/staff/try/", who="stranger", flow="rights").text
    faults += _hard_coded(begun)
    assert not faults, "\n".join(faults)
    assert seen > 50


@pytest.mark.parametrize(("language", "direction"), [(LTR, "ltr"), (RTL, "rtl")])
def test_a_page_runs_in_the_direction_of_its_language(pseudo: Console, language: str, direction: str) -> None:
    page = pseudo.get(pseudo.visitor(), f"/staff/sign-in/?language={language}").text
    assert f'<html lang="{language}" dir="{direction}">' in page


def _hard_coded(page: str) -> list[str]:
    return list(unmarked(page.replace(PROGRAM, "")))


def address(console: Console, rule: Rule, account_id: int) -> str:
    """A page with something in each of its places."""
    found = places(console.app, rule, account_id)
    with console.app.test_request_context(base_url=BASE):
        return console.app.url_map.bind("").build(rule.endpoint, found)


def _everything() -> list[Grant]:
    return [Grant(role) for role in ("teacher", "liaison", "administrator", "auditor")]


def test_errors_speak_the_reader_s_language_too(pseudo: Console) -> None:
    client = pseudo.enter(pseudo.account(Grant("teacher"), language=RTL))
    for path in ("/staff/nowhere", "/staff/staff/"):
        assert not list(unmarked(pseudo.get(client, path).text.replace(PROGRAM, "")))


def test_the_reader_of_pages_finds_a_hard_coded_word() -> None:
    assert list(unmarked('<p>⟦Hello⟧ there <b translate="no">Dana</b><input placeholder="Name"></p>')) == [
        "there",
        "Name",
    ]


def test_the_catalogs_hold_what_the_pages_say_and_spanish_says_all_of_it() -> None:
    for path, content in updated(ROOT / "messages"):
        assert path.read_bytes() == content, "run `ally catalogs pages` and commit what it changes"
        catalog = polib.pofile(str(path))
        missing = [
            entry.msgid for entry in catalog if not (entry.msgstr or all(entry.msgstr_plural.values()))
        ]
        assert not missing, f"{path}: translate these, and leave them fuzzy until somebody has read them"
        for entry in catalog:
            said = [entry.msgstr, *entry.msgstr_plural.values()]
            for text in filter(None, said):
                assert _slots(text) == _slots(entry.msgid_plural or entry.msgid), text


def _slots(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s", text))
