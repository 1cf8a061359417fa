"""Every page of the console is for everybody: WCAG 2.2 AA by axe-core, by colours, widths and directions.

New pages join by themselves. All of axe's rules run in four of the twelve settings, in the others those
that colours and widths decide.
"""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from bot.people import staff_accounts
from bot.store import contacts, failing, outbox
from bot.web.console.declared import needs_of
from bot.web.console.every_page import new_console
from bot.web.console.written import written
from bot.words.yaml_tree import Fault
from tests.browser.conftest import Served, Window
from tests.fixtures.installation import ENGLISH

pytestmark = pytest.mark.browser
AXE: Final = (Path(__file__).with_name("vendor") / "axe-core" / "axe.min.js").read_text("utf-8")
WIDTHS: Final = (320, 768, 1280)
SCHEMES: Final = ("light", "dark")
WHOLE_RUNS: Final = {
    ("ltr", "light", 320),
    ("ltr", "dark", 1280),
    ("rtl", "dark", 320),
    ("rtl", "light", 1280),
}
_RULES: Final = ["color-contrast", "target-size", "scrollable-region-focusable"]
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """async (options) => {
    const found = await axe.run(document, {...options, resultTypes: ["violations"]});
    return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", "));
}"""

NO_PAGES: Final = ("console.languages.texts",)
"""What is downloaded"""


def _pages() -> list[tuple[Rule, str]]:
    app = Flask("pages")
    app.register_blueprint(new_console())
    found = []
    for rule in app.url_map.iter_rules():
        needed = needs_of(app, rule.endpoint)
        is_page = not rule.endpoint.startswith("console.district.") and rule.endpoint not in NO_PAGES
        if needed is not None and "GET" in (rule.methods or ()) and is_page:
            found.append((rule, needed.stage))
    return sorted(found, key=lambda pair: pair[0].rule)


PAGES: Final = [(rule, None if stage == "nothing" else stage) for rule, stage in _pages()]


def address(served: Served, rule: Rule) -> str:
    """A page with something in each of its places: the first of its kind, or a link that holds."""
    places: dict[str, Any] = {name: particular(served, name) for name in rule.arguments}
    if "token" in places:
        _, email = served.account()
        found = staff_accounts.reset(served.desk, email)
        assert found is not None
        places["token"] = found[1]
    with served.app.test_request_context():
        return served.url + served.app.url_map.bind("").build(rule.endpoint, places)


def particular(served: Served, name: str) -> object:
    """Something for one place of an address: text from the right, a flow, a text of which nobody knows."""
    now = served.bot.clock()
    with served.bot.db.write() as session:
        found = contacts.by_number_hash(session, served.bot.vault.fingerprint(ENGLISH))
        assert found is not None
        if name == "contact_id":
            failing.note(session, found.id or 0, 30006, dead=True, sent_at=now)
            return found.id
        if name == "row_id":
            return outbox.add(session, [unknown_text(found.id or 0, now)])[0]
    if name == "name":
        # The proof of all flows has its own tests, and takes seconds
        written(served.app)._faults = [Fault("flows/absence.yaml", 1, 1, "a sample.", "Mend it.")]
    return {"locale": "ar", "name": "absence"}.get(name, 1)


def unknown_text(contact_id: int, now: datetime) -> dict[str, Any]:
    """A row of the outbox that was handed over and never answered."""
    times = dict.fromkeys(("due_at", "created_at", "submitted_at"), now)
    told = {"lane": "replies", "kind": "reply", "channel": "sms", "state": "unknown", "body": None}
    return {"contact_id": contact_id, "segments": 1, "encoding": "GSM-7", **told, **times}


def faults(page: Page, direction: str, scheme: Any, width: int) -> list[str]:
    """What is wrong with the open page in one setting."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    whole = (direction, scheme, width) in WHOLE_RUNS
    only = {"type": "tag", "values": _TAGS} if whole else {"type": "rule", "values": _RULES}
    found = page.evaluate(_RUN, {"runOnly": only})
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{wide} px wider than the window")
    return [f"{direction} {scheme} {width}: {one}" for one in found]


@pytest.mark.parametrize(("rule", "stage"), PAGES, ids=[rule.endpoint for rule, _ in PAGES])
def test_nothing_keeps_anybody_from_a_page(
    window: Window, window_rtl: Window, rule: Rule, stage: str | None
) -> None:
    found = []
    for direction, one in (("ltr", window), ("rtl", window_rtl)):
        one.sign_in(stage)
        answer = one.page.goto(address(one.served, rule))
        assert answer is not None
        assert answer.status == 200
        assert one.page.evaluate("document.documentElement.dir") == direction
        one.page.evaluate(AXE)
        for scheme in SCHEMES:
            for width in WIDTHS:
                found += faults(one.page, direction, scheme, width)
    assert not found, "\n".join(found)


def test_a_page_of_errors_is_for_everybody_too(window: Window) -> None:
    window.sign_in("whole")
    window.page.goto(f"{window.served.url}/staff/nowhere")
    window.page.evaluate(AXE)
    assert not [*faults(window.page, "ltr", "light", 320), *faults(window.page, "ltr", "dark", 1280)]


def test_the_judge_finds_what_is_wrong(window: Window) -> None:
    window.page.set_content("<main><h1>x</h1><img src='data:,'><input></main>")
    window.page.evaluate(AXE)
    found = " ".join(faults(window.page, "ltr", "light", 320))
    assert "image-alt" in found
    assert "label" in found
