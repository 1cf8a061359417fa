"""Texts that a machine wrote: answers of a phone or an account, and of a service like ours.

What a machine gets as an answer it answers again; two machines go on until the money is gone.
"""

import re
import unicodedata

_PATTERNS = (
    r"\bauto(?:matic(?:ally)?|mated)?[ -]?(?:reply|response|responder|message|text)\b",
    r"\b(?:this (?:is an automated|mailbox|number|inbox) .{0,40}(?:monitored|message|replies))\b",
    r"\bdo not reply to this\b",
    r"\bout of (?:the )?office\b.{0,120}\b(?:return|back|until|reach)\b",
    r"\b(?:i'?m|i am) (?:currently )?(?:driving|not receiving notifications)\b.{0,120}",
    r"\bmsg ?(?:&|and) ?data rates\b",
    r"\brespuesta automatica\b",
    r"\bmensaje automatico\b",
    r"\bno responda a este mensaje\b",
    r"\brepons otomatik\b",
    r"رد تلقائي|رد آلي",
    r"自动回复|自動回覆|自动答复",
)
_MACHINE = re.compile("|".join(_PATTERNS))
_BOTH = re.compile(r"\bSTOP\b")
_HELP = re.compile(r"\bHELP\b")
_SHORTEST = 20
"""Fewer characters are a person's: "auto reply?" asks something"""


def is_automatic(text: str) -> bool:
    """Whether a machine wrote this. Pure; a person who asks about such a text is not taken for one."""
    if len(text) < _SHORTEST or text.rstrip().endswith(("?", "؟", "？")):
        return False
    if len(text) > 3 * _SHORTEST and _BOTH.search(text) and _HELP.search(text):
        return True
    return _MACHINE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Lower case, without the accents of Latin letters, one kind of quote and space."""
    small = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    letters = "".join(one for one in small if not unicodedata.combining(one))
    return " ".join(unicodedata.normalize("NFC", letters).split())
