"""What each look-up of look_ups.py takes and gives, by name: `ally check` holds flows against it."""

from bot.flow.check.subject import LookUpWords

_PERSON = LookUpWords(
    takes=frozenset({"school", "speaks"}),
    gives=frozenset({"value", "name", "role", "languages", "school"}),
    sometimes=frozenset({"phone"}),
)


def look_up_words() -> dict[str, LookUpWords]:
    """By the name that flows use."""
    return {
        "directory.schools": LookUpWords(
            takes=frozenset({"text", "typos"}),
            gives=frozenset({"value", "name", "phone"}),
            sometimes=frozenset({"address"}),
        ),
        "directory.liaisons": _PERSON,
        "directory.staff": LookUpWords(_PERSON.takes | {"role"}, _PERSON.gives, _PERSON.sometimes),
        "calendar.dates": LookUpWords(
            takes=frozenset({"school", "kind"}),
            gives=frozenset(
                {"kind", "name", "days", "first_day", "last_day", "school", "school_name"},
            ),
            sometimes=frozenset({"starts_at", "ends_at"}),
        ),
    }
