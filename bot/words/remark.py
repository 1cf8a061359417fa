"""A sentence to staff that is English as it stands, and that pages can say in other languages."""

from collections.abc import Callable, Iterable


class Remark(str):
    """An English sentence, and the msgid and values that it was made of."""

    __slots__ = ("msgid", "values")

    msgid: str
    values: dict[str, str | int]

    def said(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`, its parts too."""
        return gettext(self.msgid) % {name: said(value, gettext) for name, value in self.values.items()}


def remark(msgid: str, **values: str | int) -> Remark:
    """A sentence with `%(name)s` for each of the values. `ally catalogs pages` takes the msgid along."""
    made = Remark(msgid % values)
    made.msgid, made.values = msgid, values
    return made


def joined(parts: Iterable[str]) -> Remark:
    """Several with commas between, each in its own words."""
    named = {f"part{number}": part for number, part in enumerate(parts, 1)}
    return remark(", ".join(f"%({name})s" for name in named), **named)


def said(value: str | int, gettext: Callable[[str], str]) -> str:
    """A value of a sentence, or a sentence, in the language of `gettext`; what is no sentence as it is."""
    return value.said(gettext) if isinstance(value, Remark) else str(value)
