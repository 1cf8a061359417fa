"""What a registration of texts asks for, made from the flows and catalogs in force, so that it is true.

Lengths: A2P 10DLC takes 2 to 5 samples of 20 to 1,024 characters, a description of 40 to 4,096, a message
flow of 40 to 2,048, and confirmations of 20 to 320.
https://www.twilio.com/docs/messaging/api/usapptoperson-resource
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.flow.book import Book
from bot.flow.phrases import phrase
from bot.flow.state import Value
from bot.words.opt_out_words import HELP, START, STOP

LONGEST: Final[Mapping[str, tuple[int, int]]] = {
    "description": (40, 4096),
    "how families opt in": (40, 2048),
    "sample": (20, 1024),
    "opt-in message": (20, 320),
    "opt-out message": (20, 320),
    "help message": (20, 320),
    "keywords": (1, 255),
    "answer": (1, 255),
}
SHOWN: Final = ("en", "es")
"""Languages of the samples: reviewers read English, and see that other languages are meant"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form. `kind` is the key of its length."""

    name: str
    kind: str
    text: str

    @property
    def fault(self) -> str:
        """Why a registrar would refuse its length; empty where it would not."""
        low, high = LONGEST[self.kind]
        size = len(self.text)
        return "" if low <= size <= high else f"{size} characters; {low} to {high} are taken"


def entries(book: Book, program: str, known: Mapping[str, Value]) -> list[Entry]:
    """All fields in the order of the form. `known`: program and school, as families read them."""
    said = {name: phrase(book, name, "en", known) for name in ("first_contact", "stop_confirmation", "help")}
    return [
        Entry("Use case", "answer", "Higher Education (it counts school districts), else Low Volume Mixed"),
        Entry("Campaign description", "description", _description(program)),
        Entry("How families opt in", "how families opt in", _opting_in(program, said["first_contact"])),
        *(
            Entry(f"Sample message {place}", "sample", text)
            for place, text in enumerate(_samples(book, known), 1)
        ),
        Entry("Opt-in keywords", "keywords", _keywords(START)),
        Entry("Opt-in message", "opt-in message", phrase(book, "start_confirmation", "en", known)),
        Entry("Opt-out keywords", "keywords", _keywords(STOP)),
        Entry("Opt-out message", "opt-out message", said["stop_confirmation"]),
        Entry("Help keywords", "keywords", _keywords(HELP)),
        Entry("Help message", "help message", said["help"]),
        Entry("Embedded links", "answer", "yes" if _has(book, "http") else "no"),
        Entry("Embedded phone numbers", "answer", "yes"),
    ]


def _description(program: str) -> str:
    return (
        f"{program} answers families of a K-12 school district by text, in their own language: school dates"
        " and hours, reporting an absence, how school works, the rights of families, who can help, and a"
        " person at school who answers. The school also sends its families notices about school. It sends"
        " no advertising; texts about anything but school go only to families who asked for them expressly."
        " It never asks about immigration status. Each first answer names the program, HELP and STOP."
    )


def _opting_in(program: str, notice: str) -> str:
    return (
        "Families text the school's number first: it is on the school's website, on a poster with a QR code"
        " at the school, and in enrollment papers. Or they give their mobile number to the school at"
        f" enrollment and agree there to texts from {program} about their child's school. Consent is no"
        " condition of enrollment. Numbers are not shared or sold. The first text to each number carries"
        f" this notice: “{notice}”"
    )


def _samples(book: Book, known: Mapping[str, Value]) -> list[str]:
    """Texts that families really get: the answer to a first text, a tip, in two languages; the help text."""
    menu = book.flows["menu"].steps["what_do_you_need"]
    shown = []
    for language in SHOWN:
        said = book.texts.text(language, "menu/what_do_you_need/ask", menu.ask.other if menu.ask else "")
        labels = [
            book.texts.text(language, f"menu/what_do_you_need/choices.{value}", choice.label).body
            for value, choice in (menu.choices or {}).items()
        ]
        numbered = [f"{number} {label}" for number, label in enumerate(labels, 1)]
        shown.append("\n".join([said.body, *numbered, "", phrase(book, "first_contact", language, known)]))
        shown.append("\n".join(phrase(book, name, language, known) for name in ("tip_k2_1", "tip_footer")))
    return [*shown, phrase(book, "help", "en", known)]


def _keywords(words: Mapping[str, tuple[str, ...]]) -> str:
    """As many as the form takes, English first: the program knows the others all the same."""
    every = [word.upper() for language in ("en", *words) for word in words.get(language, ())]
    kept: list[str] = []
    for word in dict.fromkeys(every):
        if len(", ".join([*kept, word])) > LONGEST["keywords"][1]:
            break
        kept.append(word)
    return ", ".join(kept)


def _has(book: Book, what: str) -> bool:
    return any(what in text.other for text in book.phrases.values())
