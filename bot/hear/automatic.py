"""Texts that a machine wrote: answers of a phone or an account, and of a service like ours.

What a machine gets as an answer it answers again; two machines go on until the money is gone.
"""

import re
import unicodedata

_PATTERNS = (
    r"\bauto(?:matic(?:ally)?|mated)?[ -]?(?:reply|response|responder|message|text)\b",
    r"\bthis is an automated\b",
    r"\b(?:mailbox|inbox|number) is (?:not|un)[ -]?monitored\b",
    r"\bdo not reply to this\b",
    r"\bout of (?:the )?office\b.{0,120}\bwill (?:respond|reply|return your (?:call|message|text))\b",
    r"\bdriving with (?:do not disturb|.{0,12}focus)\b",
    r"\bnot receiving notifications\b",
    r"\bmsg ?(?:&|and) ?data rates\b",
    r"\brespuesta automatica\b",
    r"\bmensaje automatico\b",
    r"\bno responda a este mensaje\b",
    r"\brepons otomatik\b",
    r"رد تلقائي|رد آلي",
    r"自动回复|自動回覆|自动答复",
)
_MACHINE = re.compile("|".join(_PATTERNS))
_STOP = re.compile(r"(?<![A-Za-z])STOP(?![A-Za-z])")
_HELP = re.compile(r"(?<![A-Za-z])HELP(?![A-Za-z])")
_SHORTEST = 20
"""Fewer characters are a person's: "auto reply?" asks something"""


def is_automatic(text: str) -> bool:
    """Whether a machine wrote this. Pure; a person who asks about such a text is not taken for one."""
    if len(text) < _SHORTEST or text.rstrip().endswith(("?", "؟", "？")):
        return False
    return _gives_keywords(text) or _MACHINE.search(_plain(text)) is not None


def _gives_keywords(text: str) -> bool:
    """Whether it offers STOP and HELP, as every program's notice must; not a cry all in capitals."""
    # Bytes, since Chinese says in one character what takes English three.
    if len(text.encode(errors="replace")) < 3 * _SHORTEST or not (_STOP.search(text) and _HELP.search(text)):
        return False
    letters = [one for one in _HELP.sub("", _STOP.sub("", text)) if one.isalpha()]
    return sum(one.isupper() for one in letters) * 2 < len(letters)


def _plain(text: str) -> str:
    """Lower case, without the accents of Latin letters, one kind of quote and space."""
    small = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    letters = "".join(one for one in small if not unicodedata.combining(one))
    return " ".join(unicodedata.normalize("NFC", letters).split())
