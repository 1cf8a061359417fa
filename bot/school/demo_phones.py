"""The invented people of district.yaml whom the phones page shows side by side."""

from dataclasses import dataclass

from bot.people.roster import Roster
from bot.school.district_file import DistrictWords

ON_CALL = "on_call"


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """An invented parent, or a phone of the school."""

    name: str
    number: str
    """E.164"""
    language: str


def demo_phones(words: DistrictWords, roster: Roster) -> list[DemoPhone]:
    """Those that `demo_phones` names, in its order."""
    found = (phone_of(words, roster, id_) for id_ in words.demo_phones)
    return [phone for phone in found if phone is not None]


def phone_of(words: DistrictWords, roster: Roster, id_: str) -> DemoPhone | None:
    """The phone of a guardian, of a school's attendance office, of staff or on_call; None without one."""
    if (parent := roster.guardians.get(id_)) and parent.number:
        name = f"{parent.given_name} {parent.family_name}"
        return DemoPhone(name, parent.number, parent.language or words.languages[0])
    if (school := words.schools.get(id_)) and school.attendance_text:
        return DemoPhone(f"Attendance, {roster.schools[id_].name}", school.attendance_text, "en")
    if (staff := words.staff.get(id_)) and staff.text:
        known = roster.staff.get(id_)
        name = staff.name or (f"{known.given_name} {known.family_name}" if known else id_)
        return DemoPhone(f"{name}, {staff.role}", staff.text, "en")
    if id_ == ON_CALL and words.on_call_text:
        return DemoPhone("On call, district office", words.on_call_text, "en")
    return None
