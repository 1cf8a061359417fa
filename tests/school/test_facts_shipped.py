"""Every fact that ships is told by a flow, is asked for in parents' words, and holds in its place alone."""

from datetime import date
from pathlib import Path

import pytest

from bot.flow.shelf import read_shelf
from bot.hear.heard import read_heard
from bot.school.rights import Fact, Withheld, read_rights

FACTS = Path("bot/school/facts")
TODAY = date(2026, 11, 24)
SHELF = read_shelf(Path("flows"))
TOLD = {
    step.fact: (flow.name, name)
    for flow in SHELF.flows.values()
    for name, step in flow.steps.items()
    if step.fact
}


@pytest.mark.parametrize("state", ["us", "us-ca"])
def test_every_fact_is_told_by_a_flow(state: str) -> None:
    assert {fact.id for fact in read_rights(FACTS, state).every()} <= set(TOLD)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_topic_of_rights_is_heard_in_eight_ways_and_what_we_must_not_answer_in_ten(locale: str) -> None:
    heard = read_heard(Path("messages/heard")).languages[locale].topics
    few = {
        topic for topic in SHELF.flows["rights"].file.starts_with.topics if len(set(heard.get(topic, ()))) < 8
    }
    assert few == set()
    for decoy in ("child_danger", "self_harm", "enforcement", "legal_help", "medicine", "own_status"):
        assert len(set(heard[decoy])) >= 10, decoy


def test_the_facts_of_california_hold_in_california_alone() -> None:
    assert read_rights(FACTS).fact("letters-ca", TODAY) == Withheld("unknown")
    letters = read_rights(FACTS, "us-ca").fact("letters-ca", TODAY)
    assert isinstance(letters, Fact)
    assert letters.jurisdiction == "us-ca"
    assert "interpret" not in letters.plain, "the law is about letters, not about interpreters"
    assert read_rights(FACTS, "us-ca").fact("status-question-ca", TODAY) == Withheld("unconfirmed")


def test_a_steps_of_rights_is_a_fact_or_a_way_to_one() -> None:
    """Nothing about rights is said in words that nobody can review."""
    said = {name for name, step in SHELF.flows["rights"].steps.items() if step.say is not None}
    assert said == {"goodbye"}
