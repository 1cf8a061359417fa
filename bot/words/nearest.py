"""The name that somebody probably meant: "Did you mean ...?" for every list of names."""

import difflib
from collections.abc import Iterable

from bot.words.remark import Remark, remark

_SHOWN = 8


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one name that is close to `word`, None where nothing is close."""
    known = list(names)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    swapped = (name for name in known if sorted(name) == sorted(word) and name != word)
    return close[0] if close else next(swapped, None)


def did_you_mean(word: str, names: Iterable[str], otherwise: Remark) -> Remark:
    """The question, or `otherwise` where nothing is close."""
    close = nearest(word, names)
    return remark("Did you mean `%(name)s`?", name=close) if close else otherwise


def there_is(names: Iterable[str]) -> Remark:
    """What there is to choose from."""
    known = list(names)
    return remark("There is %(names)s.", names=named(known)) if known else remark("There is none yet.")


def named(names: Iterable[str]) -> str:
    """Names as a sentence lists them, at most eight: `a`, `b`, `c` ..."""
    known = sorted(names)
    shown = ", ".join(f"`{name}`" for name in known[:_SHOWN])
    return f"{shown} ..." if len(known) > _SHOWN else shown
