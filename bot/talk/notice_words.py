"""What staff read: English, one text message where names allow it; never a family's words or number. Pure."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from bot.words import locales
from bot.words.segments import count
from bot.words.tidy import outgoing

_PRIVATE = frozenset({"private", "own_status", "enforcement"})
_TOPICS = {
    "danger": "danger",
    "menu": "a question",
    "legal_help": "legal help",
    "medicine": "a question about health",
    "share_story": "a story or a skill for the class",
}
_TOPICS_ES = {
    "danger": "peligro",
    "legal_help": "ayuda legal",
    "medicine": "una pregunta de salud",
    "share_story": "algo que quiere compartir con la clase",
    "absence": "una falta",
    "talk_to_person": "hablar con alguien",
    "person": "hablar con alguien",
}
_A_NAME = re.compile(r"[a-z][a-z_]{0,40}")
_GRADES = {"IT": "infants", "PR": "preschool", "PK": "pre-K", "TK": "pre-K", "KG": "kindergarten"}
_NAMED = 40
"""Letters of a school's or a person's name that are shown: a longer one would cost a second message"""


@dataclass(frozen=True, slots=True)
class Words:
    """One notice as a text and as an e-mail."""

    text: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Away:
    """A child who will be away."""

    child: str
    grade: str
    """CEDS grade level, e.g. KG, 03, 12"""
    school: str
    teachers: tuple[str, ...]
    """Of its homeroom or classes: it tells two children of one name apart"""
    day: date
    reason: str
    is_changed: bool


def wrote_words(waiting: "Waiting") -> Words:
    """That a family wrote again in a thread, for whom a text about it did not reach."""
    at = f" at {short(waiting.school)}" if waiting.school else ""
    text = f"A family{at} wrote again. Thread {waiting.thread_id}: ally threads"
    subject = f"A family{at} wrote again"
    return Words(cheap(text), subject, f"{text} list\n\nAlly cannot read an answer to this e-mail.")


def absence_words(away: Away) -> Words:
    """To the attendance office. The subject names no child: it is shown on locked screens."""
    what = "Absence changed" if away.is_changed else "Absence"
    day = locales.day(away.day, "en")
    whose = f", class of {short(away.teachers[0])}" if len(away.teachers) == 1 else ""
    child = f"{away.child}, {grade_words(away.grade)}{whose}"
    text = f"{what}: {child}, {short(away.school)}: {day}, {away.reason}. A parent told us by text."
    body = (
        f"{text}\n\nAll that wait to be seen: ally absences list\nAlly cannot read an answer to this e-mail."
    )
    return Words(cheap(text), f"{what}: {short(away.school)}, {day}", body)


def budget_words(per_cent: int) -> Words:
    """To whoever is on call: how much of the day's budget is spent, and what waits for it."""
    waits = "Texts to many wait" if per_cent < 100 else "All but answers to danger, HELP and STOP waits"
    text = f"Ally: {per_cent}% of today's budget for texts is spent. {waits} until midnight in California."
    body = (
        f"{text}\n\nWhere it went: ally delivery costs\nThe budget: ALLY_DAILY_SEGMENTS, ALLY_DAILY_DOLLARS"
    )
    return Words(text, f"{per_cent}% of today's texts are spent", body)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A family that waits for a person."""

    thread_id: int
    school: str
    language: str | None
    topic: str
    is_urgent: bool
    is_again: bool
    """Whether somebody else was told before and has not answered"""


def thread_words(waiting: Waiting) -> Words:
    """To whoever answers the family, and to whoever is on call."""
    at = f" at {short(waiting.school)}" if waiting.school else ""
    spoken = locales.language_name(waiting.language, "en") if waiting.language else "not known"
    still = "still waits for" if waiting.is_again else "asks for"
    number = f"Thread {waiting.thread_id}"
    if waiting.is_urgent:
        text = f"URGENT, danger: a family{at} {still} a person. Language: {spoken}. {number}: ally threads"
        subject = f"URGENT, danger: a family{at} {still} a person"
    else:
        about = topic_words(waiting.topic)
        text = f"A family{at} {still} a person. Language: {spoken}. About: {about}. {number}: ally threads"
        subject = f"A family{at} {still} a person ({spoken})"
    return Words(cheap(text), subject, f"{text} list\n\nAlly cannot read an answer to this e-mail.")


def translation_words(pairs: Collection[tuple[str, str]]) -> Words:
    """To whoever speaks both languages of texts that wait; no family and no word of it."""
    between = sorted({f"{_spoken(source)} to {_spoken(target)}" for source, target in pairs})
    number = f"{len(pairs)} texts wait" if len(pairs) > 1 else "A text waits"
    text = f"{number} for your translation: {', '.join(between[:3])}. Ally's staff pages, Translations."
    return Words(
        cheap(text), f"{number} for your translation", f"{text}\n\nNothing goes out to families before."
    )


def _spoken(locale: str) -> str:
    return locales.language_name(locale, "en")


def topic_words(topic: str) -> str:
    """A topic for staff; of what must stay private, and of what is no name of a topic, nothing."""
    if topic in _PRIVATE:
        return "something private"
    if topic in _TOPICS:
        return _TOPICS[topic]
    return topic.replace("_", " ") if _A_NAME.fullmatch(topic) else "a question"


def topic_said(topic: str, locale: str) -> str:
    """The same in English or Spanish."""
    if locale != "es":
        return topic_words(topic)
    return "algo privado" if topic in _PRIVATE else _TOPICS_ES.get(topic, "una pregunta")


def grade_words(grade: str) -> str:
    """A CEDS grade level in words."""
    return _GRADES.get(grade) or f"grade {grade.lstrip('0') or '?'}"


def with_stop(text: str, *, at_any_price: bool = False) -> str:
    """The first text to a number also says how to end them (CTIA Principles 5.1), where it has room."""
    longer = f"{text.removesuffix('.')}. Reply STOP to end these."
    return longer if at_any_price or count(outgoing(longer)).segments <= 1 else text


def cheap(text: str) -> str:
    """Without accents where those alone would cost a second message: Hernández in GSM-7 has no á."""
    if count(outgoing(text)).encoding == "GSM-7":
        return text
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return bare if count(outgoing(bare)).encoding == "GSM-7" else text


def short(name: str) -> str:
    """A name as far as it is shown."""
    return name if len(name) <= _NAMED else name[: _NAMED - 3].rstrip() + "..."
