"""Where a text asks several things: it is parted at sentence ends and where people join questions."""

import re
from dataclasses import dataclass

_ENDS = re.compile(r"(?<=[?!？！؟。\n])\s*|(?<=[^.\s]\.)\s+(?=\S)")
_JOINTS = re.compile(
    r"[,;，；،]?\s+(?:and also|and another (?:question|thing)|another question:?|one more thing:?|"
    r"y tambi[eé]n|y adem[aá]s|y otra (?:cosa|pregunta)|otra pregunta:?|"
    r"epi tou|epi yon lot (?:bagay|kesyon)|yon l[oò]t kesyon:?)\s+"
    r"|[,;]\s*(?:also|tambi[eé]n|adem[aá]s)\s+"
    r"|[،,]?\s*(?:وأيضا|وايضا|وكذلك|سؤال آخر:?)\s+"
    r"|[，,。;；]?\s*(?:还有|另外|還有|再问一下)[，,]?\s*",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]|^\s*¿")
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a text, and whether it certainly asks something."""

    text: str
    asks: bool


def parts(text: str) -> list[Part]:
    """The sentences of a text in their order; one, where it is not to be parted."""
    found: list[Part] = []
    for sentence in _ENDS.split(text):
        joined = [one.strip() for one in _JOINTS.split(sentence)]
        joined = [one for one in joined if sum(char.isalnum() for char in one) >= _LEAST_LETTERS]
        found += [Part(one, bool(_QUESTION.search(one)) or len(joined) > 1) for one in joined]
    return found


def has_several_questions(found: list[Part]) -> bool:
    """Whether more than one of the sentences certainly asks something."""
    return sum(part.asks for part in found) > 1
