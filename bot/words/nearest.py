"""The name that somebody probably meant: "Did you mean ...?" for every list of names."""

import difflib
from collections.abc import Iterable

_SHOWN = 8


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one name that is close to `word`, None where nothing is close."""
    known = list(names)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    swapped = (name for name in known if sorted(name) == sorted(word) and name != word)
    return close[0] if close else next(swapped, None)


def did_you_mean(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """The question, or `otherwise` where nothing is close."""
    close = nearest(word, names)
    return f"Did you mean `{close}`?" if close else otherwise


def named(names: Iterable[str]) -> str:
    """Names as a sentence lists them, at most eight: `a`, `b`, `c` ..."""
    known = sorted(names)
    shown = ", ".join(f"`{name}`" for name in known[:_SHOWN])
    return f"{shown} ..." if len(known) > _SHOWN else shown
