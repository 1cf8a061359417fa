"""What a teacher's phone is told about an order: short sentences, msgids of the staff's catalog. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.words import locales

SAID: Final[Mapping[str, str]] = {
    "left_out": "Left out: %(those)s.",
    "opted_out": "texted STOP",
    "not_wanted": "asked for fewer texts",
    "no_consent": "did not agree to such texts",
    "landline": "have a landline",
    "dead_number": "have a number that does not work",
    "no_number": "have no number",
    "unknown_language": "language not known",
    "own_words": "Your own words, in %(language)s.",
    "template": "Text: %(template)s, in every language they read.",
    "template_lacking": "Text: %(template)s.",
    "not_checked": "Not yet checked by a speaker: %(languages)s.",
    "wait": "No text yet for %(languages)s: they wait for a translator. To send yours now, answer ANYWAY.",
    "instead": "No text for %(languages)s: they get yours as it is. To wait for a translator, answer WAIT.",
    "cost": "About $%(dollars)s.",
    "cheap": "Less than $0.01.",
    "goes_at": "Quiet hours now: it goes out %(when)s.",
    "needs": "So many need a second person: %(names)s.",
    "needs_nobody": "So many need a second person, and no administrator is there to agree.",
    "reads": "They read: %(words)s",
    "code": "To send it, answer %(code)s within 10 minutes. Not you, or not right? Answer DROP.",
    "sent": "Sent to %(families)s. Texts begin %(when)s. To see how it goes, answer STATUS.",
    "now": "now",
    "some_wait": "%(number)s of them wait for a translator.",
    "sent_before": "It was sent already, once. To see how it goes, answer STATUS.",
    "waits": "It waits: %(names)s must agree first. Until then nothing goes out.",
    "waits_nobody": "It waits for a second person, and no administrator is there to agree. Ask your office.",
    "changed": "Nothing was sent yet: since you looked this changed: %(what)s. Look again.",
    "audience": "who gets it",
    "text": "the words",
    "choices": "the choices",
    "preview": "the whole preview",
    "when": "the time",
    "wrong_code": "That is not the code. Nothing was sent. Look at the last text from us and try again.",
    "three_codes": "Three wrong codes: it is over, nothing was sent. If it was yours, write it again.",
    "late_code": "This code is over; nothing was sent. Write your text again for a new one.",
    "dropped": "Dropped. Nothing was sent.",
    "taken_back": "Taken back. Nothing of it goes out.",
    "has_begun": "It has begun: in the staff pages it can be paused or cancelled.",
    "nothing": "Nothing waits here. To write to families, begin with a class: %(example)s",
    "which": "Which one? Answer with its number.",
    "which_again": "Answer with one of these numbers.",
    "whose": "Whose families?",
    "everybody": "All of yours",
    "unknown": "You have no class %(class)s here.",
    "meant": "Did you mean one of these? Answer with its number.",
    "yours": "Yours are: %(classes)s.",
    "no_classes": "The school's list gives you no class. An administrator can mend that.",
    "mixed": "Classes, grades and schools do not go together in one text. Write one text for each.",
    "say_what": "What shall they read? For example: %(example)s",
    "ask_day": "Which day? Write it like friday or 12/4.",
    "ask_opens": "Which day does school open again? Write it like friday or 12/4.",
    "ask_ends": "At what time does school end? Write it like 12:30.",
    "ask_starts": "At what time does it begin? Write it like 12:30.",
    "in_pages": "That text needs more than fits here: write it in the staff pages, or in your own words.",
    "wrong_day": "%(said)s is a %(weekday)s. Write the day again.",
    "past_day": "%(day)s is past. Write the day again.",
    "too_late": "It could go out %(when)s at the earliest: that is after %(day)s.",
    "near_day": "It goes out %(when)s: today and tomorrow are other days then. Say friday, or 12/4.",
    "nobody": "Nobody would get it.",
    "too_long": "That is too long for one text: %(most)s letters is the most.",
    "braces": "Leave out { and }: they stand for names that we fill in.",
    "not_possible": "That is not possible from here. The staff pages show why.",
    "no_broadcast": "You have sent nothing in the last days.",
    "status": "Your text of %(when)s to %(families)s: %(counts)s.",
    "arrived": "%(number)s arrived",
    "under_way": "%(number)s on the way",
    "not_yet": "%(number)s not sent yet",
    "not_arrived": "%(number)s did not arrive",
    "wait_translation": "%(number)s wait for a translation",
    "not_sent": "%(number)s not sent",
    "answered": "%(number)s answered",
    "state_waiting_approval": "it waits for a second person",
    "state_refused": "a second person did not agree",
    "state_scheduled": "it is planned for %(when)s",
    "state_paused": "it is paused",
    "state_stopped": "it is stopped by a fault",
    "state_cancelled": "it was cancelled",
    "state_expired": "it was too late and is over",
    "template_picture_day": "Picture day",
    "template_early_release": "Early release",
    "template_snow_closure": "Snow closure",
    "today_at": "today at %(time)s",
    "tomorrow_at": "tomorrow at %(time)s",
    "day_at": "%(day)s at %(time)s",
    "one_family": "To answer one family, begin with its mark: %(mark)s",
    "stop": "To end these texts, answer STOP.",
}  # fmt: skip
MANY: Final[Mapping[str, tuple[str, str]]] = {
    "families": ("%(n)s family", "%(n)s families"),
    "phones": ("%(n)s phone", "%(n)s phones"),
}
EXAMPLE: Final = "3B picture day tomorrow"


def sentences() -> frozenset[str | tuple[str, str]]:
    """Everything that staff may read here, for whoever translates it."""
    return frozenset({*SAID.values(), *MANY.values()})


class Translations(Protocol):
    """A catalog of gettext."""

    def gettext(self, message: str) -> str:
        """The words in this language."""

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        """The same where a number decides."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says it in the language of one account."""

    translations: Translations
    locale: str

    def say(self, name: str, **values: str) -> str:
        """One sentence."""
        return self.translations.gettext(SAID[name]) % values

    def has(self, name: str) -> bool:
        """Whether there is such a sentence."""
        return name in SAID

    def many(self, name: str, n: int) -> str:
        """A number with its noun."""
        words = self.translations.ngettext(*MANY[name], n)
        return words % {"n": locales.number(n, self.locale)}

    def who(self, families: int, phones: int) -> str:
        """How many families and phones."""
        return f"{self.many('families', families)}, {self.many('phones', phones)}"

    def languages(self, codes: Sequence[str]) -> str:
        """Languages as a sentence lists them."""
        return locales.listed([self.language(one) for one in codes], self.locale)

    def language(self, code: str) -> str:
        """One language; said so where nobody knows it."""
        return self.say("unknown_language") if code == "?" else locales.language_name(code, self.locale)

    def counted(self, numbers: Mapping[str, int]) -> str:
        """Languages with how many read each."""
        return ", ".join(f"{self.language(code)} {number}" for code, number in numbers.items())

    def when(self, moment: datetime, now: datetime, zone: str) -> str:
        """A moment as somebody at the school says it."""
        local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
        clock = locales.time(local.time(), self.locale)
        if local.date() == today:
            return self.say("today_at", time=clock)
        if local.date() == today + timedelta(days=1):
            return self.say("tomorrow_at", time=clock)
        return self.say("day_at", day=self.day(local.date()), time=clock)

    def day(self, day: date) -> str:
        """A day in words."""
        return locales.day(day, self.locale)

    def numbered(self, labels: Sequence[str]) -> str:
        """What may be chosen, a line each."""
        return "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))
