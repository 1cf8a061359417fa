"""Every word of every page is in a catalog, in whichever direction it runs; Spanish is complete."""

import re

import polib
import pytest

from bot.cli.page_words import updated
from bot.people.access import Grant
from bot.store import troubles
from bot.web.application import create_application
from bot.web.console.declared import needs_of
from bot.web.console.written import written
from bot.words.yaml_tree import Fault
from tests.fixtures.installation import ROOT, Installation
from tests.web.console.conftest import Console
from tests.web.console.pseudo import LTR, RTL, catalogs, unmarked
from tests.web.console.test_delivery import failing_number, row
from tests.web.console.test_roles import address, routes

PROGRAM = "Ally, Cedar Valley Schools"


@pytest.fixture
def pseudo(house: Installation) -> Console:
    """The staff pages in words that are all marked."""
    return Console(create_application(house.bot, catalogs()), house)


@pytest.mark.parametrize("language", [LTR, RTL])
def test_no_page_holds_a_hard_coded_word(pseudo: Console, language: str) -> None:
    account = pseudo.account(*_everything(), language=language)
    faults = []
    for _, method, rule in routes(pseudo):
        needed = needs_of(pseudo.app, rule.endpoint)
        if method != "GET" or needed is None:
            continue
        client = pseudo.visitor() if needed.stage == "nothing" else pseudo.enter(account, needed.stage)
        page = pseudo.get(client, f"{address(pseudo, rule)}?language={language}").text
        direction = "rtl" if language == RTL else "ltr"
        assert f'<html lang="{language}" dir="{direction}">' in page, rule
        faults += [f"{rule}: {word}" for word in unmarked(page.replace(PROGRAM, ""))]
    assert not faults


def test_pages_of_something_in_particular_hold_no_hard_coded_word_either(pseudo: Console) -> None:
    now, account = pseudo.house.clock(), pseudo.account(*_everything(), language=RTL)
    written(pseudo.app)._faults = [Fault("flows/absence.yaml", 1, 1, "a sample.", "Mend it.")]
    row(pseudo, "undelivered", error_code=30003)
    row(pseudo, "skipped", reason="opted_out")
    with pseudo.house.bot.db.write() as session:
        troubles.note(session, 30034, now)
    client = pseudo.enter(account)
    begun = pseudo.post(client, "/staff/try/", who="stranger", flow="rights").text
    pages = {
        "/staff/languages/ar?state=all": "",
        "/staff/flows/absence": "",
        "/staff/delivery/": "",
        f"/staff/delivery/numbers/{failing_number(pseudo)}": "",
        f"/staff/delivery/unknown/{row(pseudo, 'unknown', submitted_at=now)}": "",
        f"/staff/staff/{account}": "",
        f"/staff/staff/{account}/reset": "",
        "/staff/try/": begun,
    }
    faults = {path: list(unmarked(page or pseudo.get(client, path).text)) for path, page in pages.items()}
    own = set(PROGRAM.replace(",", " ,").split()) | {"Ally,"}
    assert {path: words for path, found in faults.items() if (words := set(found) - own)} == {}


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
