"""What each look-up of look_ups.py takes and gives, by name: `ally check` holds flows against it."""

from bot.flow.check.subject import LookUpWords

_PERSON = LookUpWords(
    takes=frozenset({"school", "speaks"}),
    gives=frozenset({"value", "name", "role", "role_name", "languages", "school", "call"}),
    sometimes=frozenset({"phone", "away_until"}),
)


def look_up_words() -> dict[str, LookUpWords]:
    """By the name that flows use."""
    return {
        "calendar.dates": LookUpWords(
            takes=frozenset({"school", "kind"}),
            gives=frozenset(
                {"kind", "name", "when", "days", "first_day", "last_day", "school", "school_name", "at"}
            ),
            sometimes=frozenset({"starts_at", "ends_at", "several"}),
        ),
        "calendar.day": LookUpWords(
            takes=frozenset({"school", "day"}),
            gives=frozenset({"day", "name", "school", "school_name"}),
            sometimes=frozenset({"is_open", "is_closed", "ends_at", "next_day", "several"}),
        ),
        "directory.children": LookUpWords(
            gives=frozenset({"value", "name", "grade", "school", "school_name"}),
            sometimes=frozenset({"only"}),
        ),
        "directory.liaisons": _PERSON,
        "directory.offices": LookUpWords(
            takes=frozenset({"school", "office", "language"}),
            gives=frozenset({"school_name", "phone", "address", "hours", "today"}),
        ),
        "directory.partners": LookUpWords(
            takes=frozenset({"need", "speaks", "school"}),
            gives=frozenset({"value", "name", "phone", "address", "languages", "cost", "checked"}),
            sometimes=frozenset({"url"}),
        ),
        "directory.schools": LookUpWords(
            takes=frozenset({"text", "typos", "school"}),
            gives=frozenset({"value", "name", "phone"}),
            sometimes=frozenset({"address"}),
        ),
        "directory.staff": LookUpWords(_PERSON.takes | {"role"}, _PERSON.gives, _PERSON.sometimes),
        "school.hours": LookUpWords(
            takes=frozenset({"school", "language"}), gives=frozenset({"name", "hours", "school_name"})
        ),
    }
