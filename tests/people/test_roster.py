"""Reading a OneRoster 1.1 set: what is taken from it, and every fault it may have."""

import shutil
import zipfile
from pathlib import Path

import pytest

from bot.people.roster import RosterRefused, read_roster
from tests.people.conftest import RosterFolder


def errors_of(folder: RosterFolder) -> list[str]:
    with pytest.raises(RosterRefused) as refused:
        folder.read()
    return refused.value.errors


def test_a_small_roster_has_twelve_families(folder: RosterFolder) -> None:
    roster = folder.read()
    assert len(roster.families) == 12
    assert len(roster.children) == 14
    assert len(roster.guardians) == 14
    assert set(roster.staff) == {"staff-bennett", "staff-ortiz", "staff-toussaint"}
    assert roster.notes == []


def test_siblings_with_the_same_guardians_are_one_family(folder: RosterFolder) -> None:
    family = next(one for one in folder.read().families if "student-morales-mateo" in one.children)
    assert set(family.children) == {"student-morales-mateo", "student-morales-lucia"}
    assert set(family.guardians) == {"guardian-morales-elena", "guardian-morales-rafael"}


def test_half_siblings_are_two_families_so_that_no_guardian_sees_the_others_child(
    folder: RosterFolder,
) -> None:
    folder.change("users", "student-morales-lucia", agentSourcedIds="guardian-morales-elena")
    families = folder.read().families
    of_rafael = [one for one in families if "guardian-morales-rafael" in one.guardians]
    assert [one.children for one in of_rafael] == [("student-morales-mateo",)]


@pytest.mark.parametrize(
    ("child", "guardian"),
    [
        ("student-morales-mateo", "guardian-morales-elena"),
        ("student-carter-noah", "guardian-carter-dana"),
        ("student-haddad-layla", "guardian-haddad-samira"),
    ],
    ids=["named by the child", "named by the guardian", "named by both"],
)
def test_a_guardian_is_linked_from_either_side(folder: RosterFolder, child: str, guardian: str) -> None:
    family = next(one for one in folder.read().families if child in one.children)
    assert guardian in family.guardians


def test_a_link_to_a_teacher_makes_no_guardian(folder: RosterFolder) -> None:
    folder.change("users", "student-chen-mei", agentSourcedIds="staff-bennett,guardian-chen-wei")
    family = next(one for one in folder.read().families if "student-chen-mei" in one.children)
    assert family.guardians == ("guardian-chen-wei",)


def test_a_guardian_has_the_own_language_else_that_of_the_children(folder: RosterFolder) -> None:
    guardians = folder.read().guardians
    assert guardians["guardian-walker-nadege"].language == "ht"
    assert guardians["guardian-morales-elena"].language == "es"
    assert guardians["guardian-chen-wei"].language == "zh_Hans"


def test_the_language_column_is_configurable(folder: RosterFolder) -> None:
    rows = folder.rows("users")
    moved = [{("ext_Language" if k == "metadata.homeLanguage" else k): v for k, v in r.items()} for r in rows]
    folder.write("users", moved)
    assert read_roster(folder.path).guardians["guardian-carter-dana"].language is None
    read = read_roster(folder.path, "ext_Language")
    assert read.guardians["guardian-carter-dana"].language == "en"


def test_byte_order_mark_column_order_and_spelling_do_not_matter(folder: RosterFolder) -> None:
    rows = folder.rows("users")
    names = list(reversed(rows[0]))
    turned = [{("sourceID" if n == "sourcedId" else n): row[n] for n in names} for row in rows]
    folder.write("users", turned)
    path = folder.path / "users.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"sourceID", b"SourcedID"))
    assert len(folder.read().families) == 12


def test_a_zip_is_read_like_a_folder(folder: RosterFolder, tmp_path: Path) -> None:
    packed = Path(shutil.make_archive(str(tmp_path / "export"), "zip", folder.path))
    assert read_roster(packed).families == folder.read().families


def test_a_broken_zip_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK nothing")
    for path in (broken, tmp_path / "nowhere"):
        with pytest.raises(RosterRefused):
            read_roster(path)


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "big.zip", "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("users.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(513):
            file.write(bytes(1024 * 1024))
    with pytest.raises(RosterRefused, match="larger than 512 MB"):
        read_roster(tmp_path / "big.zip")


def test_demographics_are_refused_with_the_reason(folder: RosterFolder) -> None:
    (folder.path / "demographics.csv").write_text("sourcedId,birthDate\n", encoding="utf-8")
    assert any(line.startswith("demographics.csv:1: this file is not accepted") for line in errors_of(folder))


@pytest.mark.parametrize(
    "column",
    [
        "metadata.birthPlace",
        "countryOfBirthCode",
        "metadata.citizenship",
        "race",
        "ext_SSN",
        "studentSSN",
        "socialSecurityNumber",
        "metadata.homeAddress",
        "immigrationStatus",
        "dateEnteredUS",
    ],
)
def test_a_column_that_ally_must_not_hold_is_refused(folder: RosterFolder, column: str) -> None:
    folder.write("users", [{**row, column: ""} for row in folder.rows("users")])
    said = f"users.csv:1: column `{column}` is not accepted: Ally must not hold it. Remove it."
    assert said in errors_of(folder)


@pytest.mark.parametrize("column", ["metadata.graceNote", "emailAddress", "metadata.homeLanguage2"])
def test_other_columns_may_stand_beside_ours(folder: RosterFolder, column: str) -> None:
    folder.write("users", [{**row, column: "x"} for row in folder.rows("users")])
    assert len(folder.read().families) == 12


def test_passwords_are_never_read(folder: RosterFolder) -> None:
    folder.write("users", [{**row, "password": "hunter2"} for row in folder.rows("users")])
    assert "hunter2" not in repr(folder.read())


def test_every_error_is_listed_with_file_and_line(folder: RosterFolder) -> None:
    folder.change("users", "staff-bennett", role="wizard")
    folder.change("users", "student-chen-mei", agentSourcedIds="guardian-nobody", orgSourcedIds="")
    folder.change("classes", "class-bennett", classType="lesson", courseSourcedId="course-none")
    folder.change("academicSessions", "term-fall", startDate="08/12/2026")
    folder.change("academicSessions", "term-spring", startDate="2027-06-30")
    errors = errors_of(folder)
    starts = [line.split(": ")[0] for line in errors]
    assert "users.csv:2" in starts
    assert any("orgSourcedIds names no org of type school" in line for line in errors)
    assert any("`guardian-nobody`, which is not in users.csv" in line for line in errors)
    assert any("classes.csv:2: classType is `lesson`" in line for line in errors)
    assert any("`course-none`" in line for line in errors)
    assert any("startDate is `08/12/2026`" in line for line in errors)
    assert any("endDate is before startDate" in line for line in errors)


def test_a_sourced_id_that_stands_twice_is_an_error(folder: RosterFolder) -> None:
    rows = folder.rows("users")
    folder.write("users", [*rows, rows[0]])
    assert any("stands also on line 2" in line for line in errors_of(folder))


def test_lines_are_counted_across_cells_with_line_breaks(folder: RosterFolder) -> None:
    folder.change("users", "staff-bennett", middleName="two\nlines")
    folder.change("users", "staff-ortiz", role="wizard")
    assert any(line.startswith("users.csv:4: role is `wizard`") for line in errors_of(folder))


def test_a_row_with_too_few_cells_is_an_error(folder: RosterFolder) -> None:
    path = folder.path / "orgs.csv"
    path.write_text(path.read_text(encoding="utf-8") + "org-x,,,Short\n", encoding="utf-8")
    assert any(line.startswith("orgs.csv:4: 4 cells") for line in errors_of(folder))


def test_a_file_that_is_not_utf_8_names_the_line(folder: RosterFolder) -> None:
    path = folder.path / "users.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert any('Save the file as "CSV UTF-8"' in line for line in errors_of(folder))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("oneroster.version", "1.2", "oneroster.version is 1.2, not 1.1"),
        ("file.users", "delta", "file.users is delta. Export in bulk"),
        ("file.users", "absent", "users.csv is there"),
        ("file.users", "maybe", "file.users is `maybe`"),
    ],
)
def test_the_manifest_must_promise_a_bulk_set_of_version_1_1(
    folder: RosterFolder, name: str, value: str, said: str
) -> None:
    rows = folder.rows("manifest")
    next(row for row in rows if row["propertyName"] == name)["value"] = value
    folder.write("manifest", rows)
    assert any(said in line for line in errors_of(folder))


def test_a_missing_file_and_a_missing_column_are_errors(folder: RosterFolder) -> None:
    (folder.path / "enrollments.csv").unlink()
    folder.write("orgs", [{k: v for k, v in row.items() if k != "type"} for row in folder.rows("orgs")])
    errors = errors_of(folder)
    assert any("enrollments.csv is promised but not there" in line for line in errors)
    assert any("orgs.csv:1: column `type` is missing" in line for line in errors)


def test_a_number_or_language_that_makes_no_sense_is_noted_and_left_out(folder: RosterFolder) -> None:
    folder.change(
        "users", "guardian-carter-dana", sms="call the office", **{"metadata.homeLanguage": "Elvish"}
    )
    roster = folder.read()
    assert roster.guardians["guardian-carter-dana"].number is None
    assert roster.guardians["guardian-carter-dana"].language is None
    assert len(roster.notes) == 2
    assert all(note.startswith("users.csv:") for note in roster.notes)
    assert "call the office" not in "".join(roster.notes)


def test_a_row_to_be_deleted_is_left_out(folder: RosterFolder) -> None:
    folder.change("users", "student-carter-noah", status="tobedeleted")
    assert "student-carter-noah" not in folder.read().children


def test_a_student_of_two_schools_belongs_where_most_classes_are(folder: RosterFolder) -> None:
    second = {**folder.rows("orgs")[1], "sourcedId": "org-second", "name": "Second"}
    folder.write("orgs", [*folder.rows("orgs"), second])
    folder.change("users", "student-chen-mei", orgSourcedIds="org-second,org-maple-grove")
    assert folder.read().children["student-chen-mei"].schools == ("org-maple-grove",)
