"""The rights library: every fact has its source, and none is told that nobody stands for today."""

from datetime import date
from pathlib import Path

import pytest

from bot.school.rights import Fact, RightsLibrary, Withheld, read_rights
from bot.words.yaml_tree import FilesBroken
from tests.school.reading_grade import grade

FACTS = Path("bot/school/facts")
TODAY = date(2026, 11, 24)
NAMED_TERMS = ("Immigration", "immigration", "Social Security", "special education", "certificate")
FACT = """
    plain: "A plain fact."
    source: "A law"
    source_words: "a law"
    status: in_force
    caveat: ""
    evidence: "a page"
    verified_on: 2026-06-20
    review_by: 2027-06-20
    reviewer: ""
    risk: low
    topics: [rights]
"""


@pytest.fixture
def rights() -> RightsLibrary:
    """The facts that Ally ships."""
    return read_rights(FACTS)


def written(folder: Path, name: str = "federal.yaml", jurisdiction: str = "us", fact: str = FACT) -> Path:
    (folder / name).write_text(f"jurisdiction: {jurisdiction}\nfacts:\n  one:{fact}", encoding="utf-8")
    return folder


def test_a_fact_in_force_is_told_with_source_and_day(rights: RightsLibrary) -> None:
    fact = rights.fact("enroll-any-status", TODAY)
    assert isinstance(fact, Fact)
    assert fact.plain.startswith("Every child who lives in the district can go to public school")
    assert fact.source_words == "the U.S. Supreme Court, Plyler v. Doe, 1982"
    assert fact.verified_on == date(2026, 6, 20)


@pytest.mark.parametrize("name", ["head-start", "shots"])
def test_a_fact_that_was_not_confirmed_is_withheld(rights: RightsLibrary, name: str) -> None:
    assert rights.fact(name, TODAY) == Withheld("unconfirmed")


def test_every_fact_is_withheld_after_its_review_date(rights: RightsLibrary) -> None:
    for fact in rights.every():
        last = fact.written.review_by
        if fact.written.status != "unconfirmed":
            assert rights.fact(fact.id, last) == fact
            assert rights.fact(fact.id, date.fromordinal(last.toordinal() + 1)) == Withheld("review_is_due")


def test_a_volatile_fact_is_looked_at_again_within_half_a_year(rights: RightsLibrary) -> None:
    volatile = [one.written for one in rights.every() if one.written.status == "volatile"]
    assert volatile
    assert all((one.review_by - one.verified_on).days <= 183 for one in volatile)


def test_a_fact_that_nobody_wrote_is_withheld(rights: RightsLibrary) -> None:
    assert rights.fact("free-pizza", TODAY) == Withheld("unknown")


def test_what_is_due_is_listed_most_urgent_first(rights: RightsLibrary) -> None:
    assert [one.id for one in rights.due(TODAY)] == ["head-start", "shots"]
    assert "no-status-question" in [one.id for one in rights.due(date(2026, 12, 21))]


def test_every_fact_reads_at_sixth_grade_or_seventh_with_a_named_term(rights: RightsLibrary) -> None:
    hard = {
        one.id: round(grade(one.plain), 1)
        for one in rights.every()
        if grade(one.plain) > (7.0 if any(term in one.plain for term in NAMED_TERMS) else 6.0)
    }
    assert hard == {}


def test_no_fact_promises_what_its_caveat_denies(rights: RightsLibrary) -> None:
    """The corrections of the second check of the sources, word by word."""
    plain = {one.id: one.plain for one in rights.every()}
    assert "will not ask" not in plain["no-status-question"]
    assert "in writing" in plain["directory-opt-out"]
    assert "lawful subpoena" in plain["ice-records"]
    assert "unless that clearly cannot be done" in plain["eval-request"]
    assert "60 days" not in plain["eval-request"]
    assert "most often within 180 days" in plain["complain"]
    assert "legal aid" in plain["complain"]
    assert "in most cases" in plain["discipline"]
    assert "friend" not in plain["volunteer-meet"]
    assert "Title I" in plain["volunteer-meet"]
    assert "30 days" not in plain["el-notice-30"]
    assert "must act" not in plain["bullying"]


def test_texts_hold_no_character_that_doubles_their_price(rights: RightsLibrary) -> None:
    for fact in rights.every():
        assert fact.plain.isascii(), fact.id


def test_a_states_file_adds_to_the_nation_and_says_more_in_that_state_only(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, "california.yaml", "us-ca", FACT.replace("A plain fact.", "A fact of California."))
    nation = read_rights(tmp_path).fact("one", TODAY)
    state = read_rights(tmp_path, "us-ca").fact("one", TODAY)
    assert isinstance(nation, Fact)
    assert isinstance(state, Fact)
    assert (nation.plain, nation.jurisdiction) == ("A plain fact.", "us")
    assert (state.plain, state.jurisdiction) == ("A fact of California.", "us-ca")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('    reviewer: ""\n', "", "federal.yaml:3:"),
        ("risk: low", "risk: none", "federal.yaml:13:"),
        ("risk: low", "risk: low\n    fun: yes", "federal.yaml:14:"),
        ("2027-06-20", "next year", "federal.yaml:11:"),
        ("2027-06-20", "2026-06-20", "review_by must come after verified_on"),
        ("status: in_force", "status: true", "federal.yaml:7:"),
    ],
    ids=["missing", "wrong word", "unknown word", "no date", "dates out of order", "status"],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(FilesBroken) as broken:
        read_rights(written(tmp_path, fact=FACT.replace(old, new)))
    assert any(said.lower() in str(fault).lower() for fault in broken.value.faults)


def test_faults_of_every_file_are_listed_and_an_empty_folder_is_one(tmp_path: Path) -> None:
    with pytest.raises(FilesBroken, match=r"federal\.yaml"):
        read_rights(tmp_path)
    written(tmp_path, "a.yaml", "mars")
    written(tmp_path, "b.yaml", "us", FACT.replace("topics: [rights]", "topics: []"))
    with pytest.raises(FilesBroken) as broken:
        read_rights(tmp_path)
    assert {fault.file for fault in broken.value.faults} == {"a.yaml", "b.yaml"}
