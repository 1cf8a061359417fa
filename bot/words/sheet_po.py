"""Part of a catalog as a PO file for a translator's program, and what comes back in one.

A translator says "this text is right" by clearing `fuzzy`, as Poedit and Weblate do. An extracted comment
tells how each text was sent, so that a text sent as reviewed gains no second reviewer by coming back.
"""

import re
from collections.abc import Collection, Iterator

from babel.messages.catalog import Catalog, Message

from bot.words.marks import State, msgid_of, state_of, strings_of
from bot.words.po_read import entries
from bot.words.po_write import empty_like
from bot.words.reviews import fingerprint
from bot.words.sheet import clean, comments_of, english_of, forms_of
from bot.words.sheet_read import Given, Mark, Sheet

_SENT = re.compile(r"ally: sent as (missing|unreviewed|stale|reviewed)((?: [0-9a-f]{8})+)")


def part_of(catalog: Catalog, locale: str, states: Collection[State]) -> Catalog:
    """A catalog of the texts in these states, each with a note of how it was sent."""
    part = empty_like(catalog, locale)
    for message in entries(catalog):
        if state_of(message) not in states:
            continue
        prints = " ".join(fingerprint(clean(text)) for text in strings_of(message))
        sent = f"ally: sent as {state_of(message)} {prints}"
        copied = part.add(
            message.id,
            message.string,
            locations=message.locations,
            flags=message.flags,
            auto_comments=[*message.auto_comments, sent],
            user_comments=message.user_comments,
            context=message.context,
        )
        copied.flags.discard("python-format")  # Babel takes "100% sure" for one
    return part


def sheet_of(given: Catalog, present: Catalog, locale: str, file: str) -> Sheet:
    """The rows of a PO file that came back; `line` is that of the entry in the file."""
    here = {str(message.context): message for message in entries(present)}
    rows = [
        row for message in entries(given) for row in _rows(message, here.get(str(message.context)), locale)
    ]
    return Sheet(file, given.locale_identifier or "", tuple(rows))


def _rows(message: Message, here: Message | None, locale: str) -> Iterator[Given]:
    state, prints = _sent(message)
    mark = _mark(message, here, state)
    strings = strings_of(message)
    for index, form in enumerate(forms_of(message, locale)):
        yield Given(
            line=message.lineno or 1,
            context=str(message.context),
            form=form,
            english=english_of(msgid_of(message)),
            text=strings[index] if index < len(strings) else "",
            mark=mark,
            comment="\n".join(comments_of(message)),
            sent=prints[index] if index < len(prints) else "",
        )


def _sent(message: Message) -> tuple[str, list[str]]:
    for comment in message.auto_comments:
        match = _SENT.fullmatch(comment)
        if match:
            return match[1], match[2].split()
    return "", []


def _mark(message: Message, here: Message | None, sent: str) -> Mark:
    """What the `fuzzy` flag says, seen beside the state in which the text was sent."""
    if not any(strings_of(message)):
        return ""
    if message.fuzzy:
        return "no" if sent == "reviewed" else ""
    was = sent or (state_of(here) if here is not None else "")
    same = here is not None and _words(message) == _words(here)
    return "" if was == "reviewed" and same else "ok"


def _words(message: Message) -> list[str]:
    return [clean(text) for text in strings_of(message)]
