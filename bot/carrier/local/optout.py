"""STOP, START and HELP as a carrier treats them, in each of the three set-ups of an account.

carrier: the number's default handling; the carrier answers in English and blocks the pair.
advanced: Twilio's Advanced Opt-Out; the same, and the webhook carries OptOutType.
us: the handling is switched off; the school answers and nothing is blocked.
Source: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out. Only SMS, only a message
that is one single word.
"""

from typing import Final, Literal

from bot.carrier.local.config import StopBy
from bot.carrier.local.ledger import Ledger
from bot.ports import Channel

Word = Literal["STOP", "START", "HELP"]

_WORDS: Final[dict[str, Word]] = {
    **dict.fromkeys(("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"), "STOP"),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}

ANSWERS: Final[dict[Word, str]] = {
    "STOP": (
        "You have successfully been unsubscribed. You will not receive any more messages from "
        "this number. Reply START to resubscribe."
    ),
    "START": (
        "You have successfully been re-subscribed to messages from this number. Reply HELP for "
        "help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    ),
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def word_in(body: str) -> Word | None:
    """The carrier's word this message consists of, in any case of letters."""
    return _WORDS.get(body.strip().upper())


def handled(
    stop_by: StopBy, channel: Channel, body: str, ledger: Ledger, ours: str, theirs: str
) -> Word | None:
    """The word the carrier itself handles and answers here, after blocking or freeing the pair.

    YES and START answer only someone who had opted out; from anybody else they are plain texts.
    """
    word = word_in(body) if stop_by != "us" and channel == "sms" else None
    if word == "START" and not ledger.is_blocked(ours, theirs):
        return None
    if word in ("STOP", "START"):
        ledger.set_blocked(ours, theirs, blocked=word == "STOP")
    return word
