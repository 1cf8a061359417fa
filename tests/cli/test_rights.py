"""`ally rights`: which facts somebody must look at, on any day and in any state."""

from pathlib import Path

from click.testing import CliRunner

from bot.cli.rights import rights


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(rights, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_what_is_withheld_or_falls_due_is_listed_most_urgent_first() -> None:
    code, said = run("--on", "2026-11-24")
    assert code == 1
    places = [said.index(name) for name in ("head-start", "complain", "shots")]
    assert places == sorted(places)
    assert "withheld: unconfirmed" in said
    assert "due in 26 days" in said
    assert "enroll-any-status" not in said


def test_a_fact_past_its_date_is_said_to_be_withheld() -> None:
    _, said = run("--on", "2027-06-21", "--soon", "1")
    assert said.count("withheld: review is due") >= 20
    assert "records-45" in said


def test_the_facts_of_a_state_stand_beside_those_of_the_nation() -> None:
    assert "status-question-ca" not in run("--all")[1]
    said = run("--all", "--state", "us-ca")[1]
    assert "status-question-ca" in said
    assert "letters-ca" in said
    assert "enroll-any-status" in said


def test_the_state_is_read_from_a_districts_folder(tmp_path: Path) -> None:
    source = Path("bot/school/demo/district.yaml").read_text(encoding="utf-8")
    (tmp_path / "district.yaml").write_text(source.replace("jurisdiction: us", "jurisdiction: us-ca"))
    assert "letters-ca" in run("--all", "--district", str(tmp_path))[1]


def test_that_nobody_has_reviewed_a_fact_is_said() -> None:
    assert "have no reviewer: families are told so" in run("--on", "2026-11-24")[1]
