"""What pages show of the files of flows and words: read once, and again when the files have changed."""

import threading
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, cast

from babel.messages.catalog import Catalog
from flask import Flask

from bot.flow.check.rules import check
from bot.talk.subject import read_subject
from bot.web.bot_of import bot_of
from bot.words import catalogs
from bot.words.catalogs import Catalogs
from bot.words.glossary import Glossary, agreed_words
from bot.words.marks import State, state_of
from bot.words.po_read import entries
from bot.words.yaml_tree import Fault, FilesBroken

EXTENSION: Final = "ally_written"
_making = threading.Lock()


class Written:
    """The files as they stood at one moment; each part is read when it is first asked for."""

    def __init__(self, flows: Path, messages: Path) -> None:
        self._flows, self._messages = flows, messages
        self._proving = threading.Lock()
        self._faults: list[Fault] | None = None

    @cached_property
    def texts(self) -> Catalogs:
        """The texts as they are sent. Raises FilesBroken."""
        return catalogs.load(self._messages)

    @cached_property
    def catalogs(self) -> dict[str, Catalog]:
        """The catalogs as they are written, by locale. Raises FilesBroken."""
        return catalogs.as_written(self._messages)

    @cached_property
    def glossary(self) -> Glossary:
        """The agreed words. Raises FilesBroken."""
        return agreed_words(self._messages)

    @cached_property
    def states(self) -> Mapping[str, Mapping[str, Counter[State]]]:
        """How many texts of each flow are in which state, by locale and flow."""
        found: dict[str, dict[str, Counter[State]]] = {}
        for locale, catalog in self.catalogs.items():
            of_flow = found.setdefault(locale, {})
            for message in entries(catalog):
                flow = str(message.context).partition("/")[0]
                of_flow.setdefault(flow, Counter())[state_of(message)] += 1
        return found

    @property
    def known_faults(self) -> list[Fault] | None:
        """What the proof of these files found; None while nobody has asked for it."""
        return self._faults

    def faults(self) -> list[Fault]:
        """The proof of these files, as `ally check` makes it; it takes seconds, and is made once."""
        with self._proving:
            if self._faults is None:
                try:
                    self._faults = check(read_subject(self._flows, self._messages))
                except FilesBroken as broken:
                    self._faults = broken.faults
        return self._faults


def written(app: Flask) -> Written:
    """The files as the bot of this web process last took them."""
    bot = bot_of(app)
    stamp = bot.library.stamp
    with _making:
        kept = app.extensions.get(EXTENSION)
        if kept is None or kept[0] != stamp:
            kept = app.extensions[EXTENSION] = (
                stamp,
                Written(bot.settings.flows, bot.settings.messages),
            )
    return cast(Written, kept[1])
