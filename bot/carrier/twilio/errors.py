"""Twilio's error codes: what each means for a text, a number and a broadcast, and how staff read it.

The source of every code is https://www.twilio.com/docs/api/errors/<code>. Some come at the create, some
only in a receipt after Twilio took the text (30001 and above); a text that a receipt ended is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Decision = Literal[
    "opted_out",
    "dead_number",
    "landline",
    "unreachable",
    "unroutable",
    "not_on_whatsapp",
    "whatsapp",
    "configuration",
    "content",
    "retry",
    "failed",
]

DEAD: Final[frozenset[Decision]] = frozenset({"dead_number", "landline"})
"""No text will ever arrive there: none is sent until somebody mends the number or its holder writes"""
DOUBTED: Final[frozenset[Decision]] = frozenset({"unreachable", "unroutable"})
"""This text did not arrive and the fault is with the number; the next one is still tried"""

BY_SMS: Final[frozenset[Decision]] = frozenset({"not_on_whatsapp", "whatsapp"})
"""WhatsApp did not take this text; SMS may"""

TO_DO: Final[Mapping[Decision, str]] = {
    "opted_out": "Nothing. Text them only after they text START.",
    "dead_number": "Ask the family for their number and correct it in the roster.",
    "landline": "Call this number; ask for one that gets texts and put it into the roster.",
    "unreachable": "If it stays so for days, call, and ask whether the number is still theirs.",
    "unroutable": "Switch the country on in Twilio's Geo Permissions, or call the family.",
    "not_on_whatsapp": "Nothing. They get texts by SMS.",
    "whatsapp": "Nothing for this text, it went by SMS. If it stays so: ally whatsapp status.",
    "configuration": "Mend it in Twilio or in the settings. Until then every broadcast fails alike.",
    "content": "Change the text before it is sent again: fewer capital letters and no shortened links.",
    "retry": "Send it again later; a long list goes out in smaller lots.",
    "failed": "Send it again if it still matters.",
}
"""What the people of the school do about each decision"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about one error code.

    opted_out: the person asked for silence; write to that number no more until START.
    dead_number, landline: no text will ever arrive there; tell staff, write no more.
    unreachable, unroutable: this number did not get this text; others do, and it may get the next.
    not_on_whatsapp: the same number may well get SMS.
    whatsapp: it did not go there, and the same text goes by SMS.
    configuration: ours to mend; every further text would fail too, so a broadcast stops.
    content: this very text would fail again, also with others.
    retry: may pass later, a bounded number of times.
    failed: this text is lost, the next one may arrive.
    """

    code: int
    decision: Decision
    staff_words: str
    """One plain sentence for the people of the school"""

    @property
    def to_do(self) -> str:
        """What the people of the school do about it, in a sentence."""
        return TO_DO[self.decision]


_TABLE: Final[Mapping[Decision, Mapping[int, str]]] = {
    "opted_out": {
        21610: "This person texted STOP and gets no texts until they text START.",
        63014: "This person blocked our number on WhatsApp.",
    },
    "dead_number": {
        21211: "This is not a phone number.",
        21217: "This is not a phone number.",
        21265: "This is a short code, not a person's number.",
        21266: "This is our own number.",
        21268: "This is a premium number, not a person's.",
        30005: "This number does not exist or is no longer in use.",
    },
    "landline": {
        21614: "This number cannot get texts; it is probably a landline.",
        21635: "This number is a landline.",
        30006: "This number is a landline, or its carrier takes no texts.",
    },
    "unreachable": {
        30003: "The phone is off, out of reach or no longer in use.",
        30004: "The phone or its carrier blocks our texts.",
    },
    "unroutable": {
        21408: "Texts to this country are not switched on in Twilio.",
        21612: "Our sender number cannot send to this country or carrier.",
        30018: "This country wants our sender registered before it takes texts.",
        30040: "This country wants our sender registered before it takes texts.",
        30041: "This country wants our sender registered before it takes texts.",
        30043: "This carrier takes no texts from our country.",
    },
    "not_on_whatsapp": {
        63003: "This number cannot be reached on WhatsApp.",
        63024: "This number is not on WhatsApp.",
    },
    "whatsapp": {
        21654: "The WhatsApp template is missing.",
        21655: "The WhatsApp template's ID is wrong.",
        21656: "The WhatsApp template's placeholders are wrong.",
        63001: "WhatsApp refused our account.",
        63002: "Our number is not set up as a WhatsApp sender.",
        63005: "WhatsApp refused the content of this message.",
        63006: "WhatsApp refused the form of this message.",
        63007: "Our number is not set up as a WhatsApp sender.",
        63008: "WhatsApp is set up wrongly in Twilio.",
        63009: "WhatsApp failed.",
        63010: "WhatsApp failed.",
        63011: "WhatsApp failed.",
        63012: "WhatsApp failed.",
        63013: "WhatsApp refused the message: it breaks a rule of theirs.",
        63015: "Twilio's WhatsApp sandbox only writes to people who joined it.",
        63016: "More than 24 hours since this person wrote to us on WhatsApp.",
        63019: "WhatsApp could not load the picture or file.",
        63020: "WhatsApp refused: the business account has a fault.",
        63021: "WhatsApp refused the content of this message.",
        63022: "WhatsApp refused: our name there is not certified.",
        63023: "WhatsApp failed.",
        63027: "The WhatsApp template does not exist in this language.",
        63028: "The WhatsApp template's placeholders are wrong.",
        63029: "The person's phone could not load the message.",
        63034: "The picture is too large for WhatsApp.",
        63030: "WhatsApp does not take this kind of message.",
        63032: "WhatsApp does not deliver business messages to this person.",
        63040: "WhatsApp rejected the template.",
        63041: "WhatsApp paused the template.",
        63042: "WhatsApp switched the template off.",
        63049: "WhatsApp chose not to deliver this message.",
    },
    "configuration": {
        10001: "The Twilio account is not active.",
        20003: "Twilio refused our account SID or auth token.",
        20005: "The Twilio account is not active.",
        20008: "These are Twilio's test credentials; they send nothing.",
        20403: "Our Twilio credentials may not send texts.",
        20404: "Twilio does not know our account SID.",
        21212: "Our sender number is not a phone number.",
        21603: "No sender number is set.",
        21606: "Our sender number cannot send texts.",
        21608: "A Twilio trial account may only text verified numbers.",
        21609: "The address for delivery receipts is not a valid URL.",
        21659: "Our sender number does not belong to this Twilio account.",
        21660: "Our sender number belongs to another Twilio account.",
        21661: "Our sender number cannot send texts.",
        21701: "The Messaging Service does not exist.",
        21703: "The Messaging Service has no sender number.",
        21704: "The Messaging Service has no sender number.",
        21705: "The Messaging Service's ID is wrong.",
        21910: "Sender and receiver are not on the same channel.",
        30002: "The Twilio account is suspended.",
        30023: "Our limit of texts a day to T-Mobile is used up until midnight Pacific time.",
        30024: "Our sender number is not set up with this carrier.",
        30032: "The toll-free number has not been verified.",
        30033: "The registration for texting (US A2P 10DLC campaign) is suspended.",
        30034: "The sender number is not registered for texting (US A2P 10DLC).",
        30035: "The sender number's registration for texting (US A2P 10DLC) is not finished.",
        30037: "Sending texts is switched off for the Twilio account.",
        30042: "The carrier does not accept our sender name.",
        30454: "Our limit of texts with Twilio is used up.",
        63038: "Our limit of texts a day with Twilio is used up.",
    },
    "content": {
        21602: "The text is empty.",
        21617: "The text is longer than 1,600 characters.",
        21619: "The text is empty.",
        11751: "The picture is too large.",
        21620: "The picture's address is not a valid URL.",
        21623: "More pictures went along than are allowed.",
        21658: "A part of the message is too long.",
        30007: "The carrier took the text for spam and did not deliver it.",
        30011: "The carrier takes no pictures for this number.",
        30019: "The picture or text is too large for the carrier.",
        30038: "The text looked like a one-time password and was not delivered.",
    },
    "retry": {
        14107: "Too many texts went to this number at once.",
        20429: "Twilio was busy.",
        21611: "The queue of our sender number was full.",
        21730: "Twilio was being maintained.",
        30001: "The queue of our sender number was full.",
        30017: "The carrier's network was too busy.",
        30022: "We sent faster than our registration allows.",
        63017: "We sent faster than Twilio allows.",
        63018: "We sent faster than WhatsApp allows.",
    },
    "failed": {
        11200: "Twilio could not load the picture.",
        12300: "Twilio could not load the picture.",
        21604: "The text was handed over without a number to send it to.",
        30008: "The carrier gave no reason.",
        30010: "The text would have cost more than allowed.",
        30020: "Twilio failed.",
        30021: "Twilio failed.",
        30036: "The text became too old before it could be sent.",
        30410: "The carrier did not answer.",
        30450: "Twilio took the text for fraud and did not send it.",
        30453: "Twilio took the text for fraud and did not send it.",
        30485: "The carrier did not deliver this text.",
        63031: "Sender and receiver are the same number.",
    },
}


def verdict(code: int | None) -> Verdict:
    """What the code means; a code we do not know (or none) is a plain `failed`, never a retry."""
    for decision, codes in _TABLE.items():
        if code is not None and code in codes:
            return Verdict(code, decision, codes[code])
    return Verdict(code or 0, "failed", "The carrier did not deliver this text.")


def goes_by_sms(code: int | None) -> bool:
    """Whether a text that WhatsApp did not take for this reason is sent by SMS in its place.

    Of an SMS the same codes (21xxx, our sender) stop a broadcast; SMS has another sender than WhatsApp.
    """
    decision = verdict(code).decision
    return decision in BY_SMS or (decision == "configuration" and code is not None and code // 1000 == 21)


def known_codes() -> tuple[int, ...]:
    """Every code with a line in the table."""
    return tuple(code for codes in _TABLE.values() for code in codes)


def sentences() -> frozenset[str]:
    """Everything that staff may read about a code, for whoever translates it."""
    return frozenset({words for codes in _TABLE.values() for words in codes.values()} | {*TO_DO.values()})


def codes_of(decision: Decision) -> tuple[int, ...]:
    """Every code of one decision, for queries over what has ended."""
    return tuple(_TABLE[decision])
