"""Every page of the console is for everybody: WCAG 2.2 AA by axe-core, by colours, widths and directions.

New pages join by themselves. All of axe's rules run in four of the twelve settings. In the others those
run that the setting can decide anew: colours do not depend on the direction, nor places on the colours.
At 400 per cent nothing is cut and nobody scrolls sideways.
"""

from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from bot.web.console.declared import needs_of
from bot.web.console.every_page import new_console
from tests.browser.conftest import Served, Window
from tests.web.console.samples import places

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
_COLOURS: Final = ["color-contrast"]
_PLACES: Final = ["target-size", "scrollable-region-focusable"]
DECIDED: Final = {
    ("ltr", "light", 768): _COLOURS + _PLACES,
    ("ltr", "light", 1280): _COLOURS,
    ("ltr", "dark", 320): _COLOURS,
    ("ltr", "dark", 768): _COLOURS,
    ("rtl", "light", 768): _PLACES,
}
"""What no whole run has decided: the colours of a scheme at a width, the places at a width from a side"""
ZOOMED: Final = {"width": 320, "height": 256}
"""A window of 1,280 by 1,024 at 400 per cent"""
_CUT: Final = """() => [...document.querySelectorAll("main *, header *")].filter(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    return hides && one.tagName !== "INPUT" && box.width > 2 && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.outerHTML.slice(0, 100))"""
"""Text in a field moves with the caret, so it may be longer than the field"""
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """async (options) => {
    const found = await axe.run(document, {...options, preload: false, resultTypes: ["violations"]});
    return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", "));
}"""

NO_PAGES: Final = (
    "console.broadcast_poll.export",
    "console.broadcast_watch.export",
    "console.languages.texts",
    "console.thread_pictures.came",
    "console.thread_pictures.went",
)
"""What is downloaded, or shown inside a page"""


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


def address(served: Served, rule: Rule, account_id: int = 0) -> str:
    """A page with something in each of its places."""
    found = places(served.app, rule, account_id)
    with served.app.test_request_context():
        return served.url + served.app.url_map.bind("").build(rule.endpoint, found)


def faults(page: Page, direction: str, scheme: Any, width: int) -> list[str]:
    """What is wrong with the open page in one setting."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    setting, found = (direction, scheme, width), []
    if setting in WHOLE_RUNS:
        found = page.evaluate(_RUN, {"runOnly": {"type": "tag", "values": _TAGS}})
    elif setting in DECIDED:
        found = page.evaluate(_RUN, {"runOnly": {"type": "rule", "values": DECIDED[setting]}})
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
        answer = one.page.goto(address(one.served, rule, one.account_id))
        assert answer is not None
        assert answer.status == 200
        assert one.page.evaluate("document.documentElement.dir") == direction
        one.page.evaluate(AXE)
        for scheme in SCHEMES:
            for width in WIDTHS:
                found += faults(one.page, direction, scheme, width)
        one.page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
        found += [f"{direction} at 400 %: cut: {cut}" for cut in one.page.evaluate(_CUT)]
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
