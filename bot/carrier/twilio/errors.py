"""Twilio's error codes and what each one means for a text, a number and a broadcast.

The source of every code is https://www.twilio.com/docs/api/errors/<code>.
"""

from dataclasses import dataclass
from typing import Final, Literal

Decision = Literal["opted_out", "dead_number", "landline", "configuration", "retry", "failed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about one error code.

    opted_out: the person asked for silence; write to that number no more until START.
    dead_number, landline: no text will ever arrive there; tell staff, never retry.
    configuration: ours to mend; every further text would fail too, so a broadcast stops.
    retry: may pass later, a bounded number of times.
    failed: this text is lost, the next one may arrive.
    """

    code: int
    decision: Decision
    staff_words: str
    """One plain sentence for the people of the school"""


_TABLE: Final[tuple[Verdict, ...]] = (
    Verdict(21610, "opted_out", "This person texted STOP and gets no texts until they text START."),
    Verdict(21211, "dead_number", "This is not a phone number."),
    Verdict(21217, "dead_number", "This is not a phone number."),
    Verdict(30005, "dead_number", "This number does not exist or is no longer in use."),
    Verdict(63003, "dead_number", "This number cannot be reached on WhatsApp."),
    Verdict(63024, "dead_number", "This number is not on WhatsApp."),
    Verdict(21614, "landline", "This number cannot get texts; it is probably a landline."),
    Verdict(21635, "landline", "This number is a landline."),
    Verdict(30006, "landline", "This number is a landline, or its carrier takes no texts."),
    Verdict(20003, "configuration", "Twilio refused our account SID or auth token."),
    Verdict(20008, "configuration", "These are Twilio's test credentials; they send nothing."),
    Verdict(21408, "configuration", "Texts to this country are not switched on in Twilio."),
    Verdict(21603, "configuration", "No sender number is set."),
    Verdict(21604, "configuration", "The text was handed over without a number to send it to."),
    Verdict(21606, "configuration", "Our sender number cannot send texts."),
    Verdict(21608, "configuration", "A Twilio trial account may only text verified numbers."),
    Verdict(21609, "configuration", "The address for delivery receipts is not a valid URL."),
    Verdict(21612, "configuration", "Our sender number cannot send to this country or carrier."),
    Verdict(21659, "configuration", "Our sender number does not belong to this Twilio account."),
    Verdict(21703, "configuration", "The Messaging Service has no sender number."),
    Verdict(30002, "configuration", "The Twilio account is suspended."),
    Verdict(30032, "configuration", "The toll-free number has not been verified."),
    Verdict(30034, "configuration", "The sender number is not registered for texting (US A2P 10DLC)."),
    Verdict(63007, "configuration", "Our number is not set up as a WhatsApp sender."),
    Verdict(63019, "configuration", "WhatsApp could not load the picture or file."),
    Verdict(63020, "configuration", "WhatsApp refused: the business account is not verified."),
    Verdict(63021, "configuration", "WhatsApp refused the content of this message."),
    Verdict(20429, "retry", "Twilio is busy; the text is tried again."),
    Verdict(30001, "retry", "The queue of our sender number is full; the text is tried again."),
    Verdict(30003, "retry", "The phone is off or out of reach; the text is tried again."),
    Verdict(30008, "retry", "The carrier gave no reason; the text is tried again."),
    Verdict(21611, "retry", "The queue of our sender number is full; the text is tried again."),
    Verdict(63018, "retry", "WhatsApp's rate limit was reached; the text is tried again."),
    Verdict(21617, "failed", "The text is longer than 1,600 characters."),
    Verdict(21602, "failed", "The text is empty."),
    Verdict(30004, "failed", "The phone blocks our texts."),
    Verdict(30007, "failed", "The carrier took the text for spam and did not deliver it."),
    Verdict(30036, "failed", "The text became too old before it could be sent."),
    Verdict(63014, "opted_out", "This person blocked our number on WhatsApp."),
    Verdict(63016, "failed", "More than 24 hours since this person wrote to us on WhatsApp."),
    Verdict(63049, "failed", "WhatsApp chose not to deliver this message."),
)


def verdict(code: int | None) -> Verdict:
    """What the code means; a code we do not know (or none) is a plain `failed`, never a retry."""
    for known in _TABLE:
        if known.code == code:
            return known
    return Verdict(code or 0, "failed", "The carrier did not deliver this text.")


def known_codes() -> tuple[int, ...]:
    """Every code with a line in the table."""
    return tuple(known.code for known in _TABLE)
