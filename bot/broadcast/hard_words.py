"""Check four: words known to translate badly, each with plainer ones to offer (messages/plain_words.yaml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.broadcast.finding import Finding
from bot.words.reading import sentences
from bot.words.yaml_tree import FilesBroken, Plain, read_tree

WHY: Final[Mapping[str, str]] = {
    "idiom": "%(word)s is a figure of speech: word by word it says something else in other languages.",
    "custom": "%(word)s is a custom that many families do not know; a translation does not explain it.",
    "school": "%(word)s is a word of schools here that few parents know, in any language.",
    "letters": "%(word)s is short for something: a translator keeps the letters, parents cannot guess them.",
    "joke": "%(word)s says one thing and means another: translated, it means what it says.",
    "vague": "%(word)s can mean two things, and a translator has to guess.",
}
OFFER: Final = "Plainer: %(plain)s."
_FIX: Final = f"Write `say: [wordings]`, `why:` (one of {', '.join(WHY)}) and `plain:`."
_KEYS: Final = {"say", "why", "plain", "unless"}


@dataclass(frozen=True, slots=True)
class HardWord:
    """One word that translates badly."""

    name: str
    say: tuple[str, ...]
    why: str
    plain: str
    unless: tuple[str, ...] = ()


HardWords = tuple[HardWord, ...]


def read_hard_words(source: str, file: str) -> HardWords:
    """Read messages/plain_words.yaml. Raises FilesBroken with every fault."""
    tree = read_tree(source, file)
    words = tree.plain.get("words") if isinstance(tree.plain, dict) else None
    if not isinstance(words, dict) or not words:
        raise FilesBroken([tree.fault((), "there is no `words:`.", "Write the words under it.")])
    found, faults = [], []
    for name, entry in words.items():
        if (wrong := _wrong(entry)) is not None:
            faults.append(tree.fault(("words", name), f"`{name}` {wrong}.", _FIX))
        elif isinstance(entry, dict):
            plain, why = str(entry["plain"]), str(entry["why"])
            found.append(HardWord(name, _list(entry["say"]), why, plain, _list(entry.get("unless", []))))
    if faults:
        raise FilesBroken(sorted(faults))
    return tuple(found)


def word_findings(text: str, language: str, words: HardWords) -> list[Finding]:
    """Every hard word of an English text, in its order; the longer wording wins where two begin alike."""
    if language != "en":
        return []
    said = text.replace("\u2019", "'")
    taken: dict[int, int] = {}
    found = []
    for pattern, word in _patterns(words):
        for match in pattern.finditer(said):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken.items()):
                continue
            if _explained(said, start, word):
                continue
            taken[start] = end
            values = {"word": text[start:end], "plain": word.plain}
            found.append(Finding("words", language, start, end, WHY[word.why], OFFER, values))
    return sorted(found, key=lambda one: one.start)


def _explained(text: str, at: int, word: HardWord) -> bool:
    """Whether the sentence, or the next one, says it in plain words as well."""
    near = [one for one in sentences(text) if one.end > at][:2]
    around = text[near[0].start : near[-1].end].lower() if near else ""
    return any(plain in around for plain in word.unless)


@lru_cache(maxsize=4)
def _patterns(words: HardWords) -> tuple[tuple[re.Pattern[str], HardWord], ...]:
    wordings = sorted(((say, word) for word in words for say in word.say), key=lambda pair: -len(pair[0]))
    return tuple((_pattern(say), word) for say, word in wordings)


def _pattern(say: str) -> re.Pattern[str]:
    flag = re.NOFLAG if say.isupper() else re.IGNORECASE
    spelt = re.escape(say).replace(r"\#", r"\d{1,2}(?::\d\d)?").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){spelt}(?![\w-])", flag)


def _wrong(entry: Plain) -> str | None:
    if not isinstance(entry, dict) or not {"say", "why", "plain"} <= set(entry):
        return "lacks `say`, `why` or `plain`"
    if unknown := set(entry) - _KEYS:
        return f"has an unknown key: {', '.join(sorted(unknown))}"
    return None if str(entry["why"]) in WHY else f"has the reason `{entry['why']}`, which is none"


def _list(value: Plain) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
