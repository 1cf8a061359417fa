"""A stage for rehearsals: the demo district in a database of its own; nothing is sent."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.outbox.doorbell import NoDoorbell
from bot.ports import Channel
from bot.school.district import DEMO, District, load_district, read_district
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.talk.parts import Doing, Done, Talk
from bot.talk.rehearsal import Rehearsal, SetClock
from bot.talk.written import STRANGER

STRANGERS_NUMBER = "+15125550199"


class NobodySuch(LookupError):
    """The demo district has nobody (or the bot nothing) of this name; the message says what there is."""


@dataclass(frozen=True)
class Stage:
    """The demo district in a file, to copy for each talk."""

    talk: Talk
    district: District
    file: Path

    @property
    def zone(self) -> ZoneInfo:
        """The time of the demo district."""
        return ZoneInfo(self.district.words.zone)

    def rehearse(
        self,
        who: str,
        moment: datetime,
        copy: Path,
        *,
        channel: Channel = "sms",
        fails: Sequence[str] = (),
    ) -> Rehearsal:
        """A talk with `who` (a language, a sourcedId or stranger) on a database copied to `copy`.

        `moment` is aware; the actions in `fails` do not work. Raises NobodySuch. Close the
        rehearsal's database afterwards.
        """
        number = number_of(self.district, who)
        if unknown := sorted(set(fails) - set(self.talk.actions)):
            raise NobodySuch(f"No action is called {', '.join(unknown)}.")
        shutil.copyfile(self.file, copy)
        clock = SetClock(moment)
        talk = replace(
            self.talk,
            db=Database(f"sqlite:///{copy}"),
            clock=clock,
            actions={**self.talk.actions, **dict.fromkeys(fails, _does_not_work)},
        )
        return Rehearsal(talk, clock, number, channel)


def set_stage(talk: Talk, file: Path) -> Stage:
    """Load the demo district into a new database, sealed by the vault of this talk, whose flows are played.

    Neither its database nor its queue nor its mail is touched.
    """
    db = Database(f"sqlite:///{file}")
    upgrade(db)
    load_district(db, talk.vault, DEMO, talk.clock)
    # The last connection to close puts the write-ahead log into the file, which can then be copied alone.
    db.close()
    return Stage(replace(talk, db=db, queue=NoDoorbell(), notifier=None), read_district(DEMO), file)


def _does_not_work(_doing: Doing) -> Done:
    return Done(done=False)


def number_of(district: District, who: str) -> str:
    """The number of a guardian by sourcedId, of a stranger, or of an invented parent of a language.

    Of those who speak it, one whom the phones page shows comes first.
    """
    if who == STRANGER:
        return STRANGERS_NUMBER
    people = district.roster.guardians
    if who in people and (number := people[who].number):
        return number
    shown = [people[id_] for id_ in district.words.demo_phones if id_ in people]
    for person in (*shown, *people.values()):
        if person.number and person.language == who:
            return person.number
    spoken = sorted({person.language for person in people.values() if person.language})
    raise NobodySuch(
        f"No invented parent speaks `{who}` or is called so. Languages: {', '.join(spoken)}; "
        f"people: {', '.join(people)}."
    )
