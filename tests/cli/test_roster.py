"""`ally roster` tells everything that is wrong, and what a set holds."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from bot.cli.roster import roster
from bot.school.district import DEMO


def test_a_right_roster_is_counted() -> None:
    done = CliRunner().invoke(roster, ["check", str(DEMO)])
    assert done.exit_code == 0
    assert "schools: 3, children: 84, families: 60, guardians: 70, staff: 26" in done.output


def test_a_wrong_roster_is_refused_with_every_error(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEMO, tmp_path / "roster"))
    users = folder / "users.csv"
    users.write_text(users.read_text(encoding="utf-8").replace(",aide,", ",wizard,"), encoding="utf-8")
    done = CliRunner().invoke(roster, ["check", str(folder)])
    assert done.exit_code == 1
    assert "users.csv:3: role is `wizard`" in done.output
    assert "users.csv:4: role is `wizard`" in done.output
    assert "10 errors; nothing was changed." in done.output


def test_what_was_left_out_is_noted(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEMO, tmp_path / "roster"))
    users = folder / "users.csv"
    users.write_text(users.read_text(encoding="utf-8").replace("512-555-0103", "none"), encoding="utf-8")
    done = CliRunner().invoke(roster, ["check", str(folder)])
    assert done.exit_code == 0
    assert "note: users.csv:" in done.output
