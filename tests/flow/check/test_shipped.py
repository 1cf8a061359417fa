"""The flows and words of this repository are in order, and the names that the checker holds are true."""

import re
from pathlib import Path

from bot.flow.check.known import ALWAYS_KNOWN, GIVEN, PERHAPS_KNOWN, PHRASES
from bot.flow.check.rules import check
from bot.school.look_up_words import look_up_words
from bot.school.look_ups import look_ups
from bot.talk.action_words import action_words
from bot.talk.actions import registry
from bot.talk.subject import read_subject

ROOT = Path(__file__).resolve().parents[3]
_SAID = re.compile(r'(?:\bphrase|tell_once|_reply)\(\s*(?:[\w.]+,\s*)?"([a-z_]+)"')


def test_no_shipped_flow_has_an_error() -> None:
    faults = check(read_subject(ROOT / "flows", ROOT / "messages"))
    assert [str(fault) for fault in faults if fault.severity == "error"] == []


def test_every_look_up_and_action_is_described_for_the_checker() -> None:
    assert look_up_words().keys() == look_ups().keys()
    assert action_words().keys() == registry().keys()


def test_every_phrase_that_the_program_says_is_one_that_the_checker_demands() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    said = {name for source in sources for name in _SAID.findall(source)}
    assert said, "the pattern no longer fits how phrases are said"
    assert said - PHRASES.keys() - {name for name in said if name.startswith(GIVEN)} == set()


def test_what_flows_may_count_on_is_what_the_program_gives() -> None:
    """Each known name stands in the code that fills it, so that a removed one cannot go on being promised."""
    filled = "".join(
        (ROOT / "bot" / where).read_text("utf-8")
        for where in ("talk/surroundings.py", "people/contacts.py", "flow/answering.py")
    )
    names = (ALWAYS_KNOWN | PERHAPS_KNOWN) - {"state.us_ca"}
    assert [name for name in sorted(names) if f'"{name}"' not in filled] == []
