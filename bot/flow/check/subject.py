"""What is proved: flows and words as plain data, and the names of all that flows may call."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.messages.catalog import Catalog

from bot.flow.book import Texts
from bot.flow.check.known import PHRASES
from bot.flow.shelf import Shelf
from bot.words.glossary import Glossary
from bot.words.yaml_tree import Tree

SOURCE = "en"
"""The language in which flows are written"""


@dataclass(frozen=True, slots=True)
class LookUpWords:
    """A look-up: what may be asked, and the fields of its results."""

    takes: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    sometimes: frozenset[str] = frozenset()
    """Fields that not every result has"""
    brings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields that are there too wherever the named one is: `several` brings `at`"""


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action: the remembered values it needs, and those it gives when it is done."""

    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Subject:
    """Everything `ally check` looks at. Building it may read files; checking it reads nothing."""

    shelf: Shelf
    texts: Texts
    locales: tuple[str, ...] = ()
    """The languages that are proved, beside English"""
    heard: Mapping[str, Tree] = field(default_factory=dict)
    """messages/heard/<locale>.yaml by locale, each already of the right shape"""
    look_ups: Mapping[str, LookUpWords] = field(default_factory=dict)
    actions: Mapping[str, ActionWords] = field(default_factory=dict)
    recipients: frozenset[str] = frozenset()
    """Whom a conversation may be handed to; empty: any name"""
    phrases: Mapping[str, frozenset[str]] = field(default_factory=lambda: PHRASES)
    """Phrases that the program says by name, with the placeholders that only it fills"""
    facts: tuple[Tree, ...] = ()
    """The files of the rights library, each already of the right shape"""
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    """messages/<locale>/LC_MESSAGES/ally.po as it is written, by locale"""
    glossary: Glossary = ()
    """The agreed words of each language"""
    listed: frozenset[str] = frozenset()
    """Languages whose missing, stale and unreviewed texts are listed one by one, not only counted"""

    @property
    def fact_ids(self) -> frozenset[str]:
        """The ids of all facts."""
        return frozenset(id for tree in self.facts for id in _keys(tree, "facts"))

    def heard_names(self, part: str) -> dict[str, frozenset[str]]:
        """The names in one part of each heard file (commands, topics ...), by locale."""
        return {locale: frozenset(_keys(tree, part)) for locale, tree in self.heard.items()}


def _keys(tree: Tree, part: str) -> list[str]:
    inside = tree.plain.get(part) if isinstance(tree.plain, dict) else None
    return list(inside) if isinstance(inside, dict) else []
