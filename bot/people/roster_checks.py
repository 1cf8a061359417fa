"""Checks a OneRoster set as a whole: what the manifest promises, and that every reference leads somewhere."""

from datetime import date

from bot.people.roster_sheets import Row, Sheets

_NEEDED = ("orgs", "users")
_REFERENCES = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"orgSourcedId": "orgs", "schoolYearSourcedId": "academicSessions"},
    "classes": {
        "courseSourcedId": "courses",
        "schoolSourcedId": "orgs",
        "termSourcedIds": "academicSessions",
    },
    "users": {"orgSourcedIds": "orgs", "agentSourcedIds": "users"},
    "enrollments": {
        "classSourcedId": "classes",
        "schoolSourcedId": "orgs",
        "userSourcedId": "users",
    },
}
_WORDS = {
    "orgs": ("type", frozenset({"district", "school", "local", "state", "national"})),
    "academicSessions": (
        "type",
        frozenset({"gradingPeriod", "semester", "schoolYear", "term"}),
    ),
    "classes": ("classType", frozenset({"homeroom", "scheduled"})),
    "enrollments": ("role", frozenset({"administrator", "proctor", "student", "teacher"})),
}
"""The closed word lists of OneRoster 1.1 (those of users.csv stand in roster_users)"""
_STATUS = frozenset({"", "active", "tobedeleted"})


def check_manifest(sheets: Sheets) -> None:
    """The manifest is there, speaks of version 1.1 in bulk, and names the files that are there."""
    if "manifest" not in sheets.rows:
        if not sheets.errors:
            sheets.wrong("manifest", 1, "the file is missing. Export the whole OneRoster 1.1 set.")
        return
    said = {row["propertyName"]: row for row in sheets.rows["manifest"]}
    version = said.get("oneroster.version")
    if version is None or version["value"] != "1.1":
        found = version["value"] if version else "nothing"
        line = version.line if version else 1
        sheets.wrong("manifest", line, f"oneroster.version is {found}, not 1.1. Export OneRoster 1.1.")
    for name in _REFERENCES:
        _check_promise(sheets, name, said.get(f"file.{name}"))


def _check_promise(sheets: Sheets, name: str, promise: Row | None) -> None:
    value = promise["value"] if promise else "absent"
    line = promise.line if promise else 1
    there = name in sheets.rows
    if value == "delta":
        sheets.wrong("manifest", line, f"file.{name} is delta. Export in bulk: the whole file.")
    elif value not in {"bulk", "absent"}:
        sheets.wrong("manifest", line, f"file.{name} is `{value}`. Write bulk or absent.")
    elif value == "bulk" and not there:
        sheets.wrong("manifest", line, f"{name}.csv is promised but not there. Add the file.")
    elif value == "absent" and there:
        sheets.wrong("manifest", line, f"{name}.csv is there. Write `file.{name},bulk`.")
    elif value == "absent" and name in _NEEDED:
        sheets.wrong("manifest", line, f"{name}.csv is needed. Add it and `file.{name},bulk`.")


def check_references(sheets: Sheets) -> None:
    """Every sourcedId is there once, every reference leads to one, words and dates are in order."""
    known = {name: _ids(sheets, name) for name in _REFERENCES if name in sheets.rows}
    for name in known:
        for row in sheets.rows[name]:
            _check_row(sheets, name, row, known)
    for row in sheets.rows.get("academicSessions", []):
        _check_dates(sheets, row)


def _ids(sheets: Sheets, name: str) -> set[str]:
    seen: dict[str, int] = {}
    for row in sheets.rows[name]:
        id_ = row["sourcedId"]
        if not id_:
            sheets.wrong(name, row.line, "sourcedId is empty. Every row needs its own.")
        elif id_ in seen:
            sheets.wrong(name, row.line, f"sourcedId `{id_}` stands also on line {seen[id_]}. Keep one.")
        seen.setdefault(id_, row.line)
    return set(seen)


def _check_row(sheets: Sheets, name: str, row: Row, known: dict[str, set[str]]) -> None:
    if row["status"] not in _STATUS:
        sheets.wrong(name, row.line, f"status `{row['status']}`: leave it empty in a bulk file.")
    if name in _WORDS:
        column, words = _WORDS[name]
        if row[column] not in words:
            choice = ", ".join(sorted(words))
            sheets.wrong(name, row.line, f"{column} is `{row[column]}`. Use one of: {choice}.")
    for column, target in _REFERENCES[name].items():
        for id_ in row.listed(column) if target in known else ():
            if id_ not in known[target]:
                sheets.wrong(
                    name,
                    row.line,
                    f"{column} names `{id_}`, which is not in {target}.csv. Correct the id or add the row.",
                )


def _check_dates(sheets: Sheets, row: Row) -> None:
    days = []
    for column in ("startDate", "endDate"):
        try:
            days.append(date.fromisoformat(row[column]))
        except ValueError:
            sheets.wrong(
                "academicSessions",
                row.line,
                f"{column} is `{row[column]}`. Write it as 2026-08-17.",
            )
    if len(days) == 2 and days[1] < days[0]:
        sheets.wrong("academicSessions", row.line, "endDate is before startDate. Swap or correct.")
