"""What parents say, as messages/heard/<locale>.yaml lists it: commands, small talk, answers, topics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.words.plain import plain
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, read_tree

NamedLists = dict[str, list[str]]


class HeardFile(BaseModel):
    """One language's file. Every value is text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heard: str = Field(description="The locale, as the file is named")
    words: list[str] = Field(default_factory=list, description="Frequent small words that tell the language")
    commands: NamedLists = Field(default_factory=dict)
    small_talk: NamedLists = Field(default_factory=dict)
    answers: NamedLists = Field(default_factory=dict)
    same: NamedLists = Field(
        default_factory=dict, description="Words that say the same where a topic is looked for"
    )
    topics: NamedLists = Field(default_factory=dict)
    sounds_like: NamedLists = Field(
        default_factory=dict, description="What sounds like a topic and does not ask for it"
    )


@dataclass(frozen=True)
class Language:
    """One language's words, ready to compare."""

    locale: str
    words: frozenset[str]
    commands: Mapping[str, str]
    """plain words -> command"""
    small_talk: Mapping[str, str]
    answers: Mapping[str, frozenset[str]]
    topics: Mapping[str, tuple[str, ...]]
    """topic -> example sentences in plain letters"""
    same: Mapping[str, str] = field(default_factory=dict)
    """plain words -> the words they are read as where a topic is looked for"""
    sounds_like: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """topic -> sentences in plain letters that sound like it and do not ask for it"""

    @cached_property
    def whole(self) -> frozenset[str]:
        """All that people say as a whole, whatever it asks, in plain letters."""
        examples = (said for sentences in self.topics.values() for said in sentences)
        return frozenset((*self.commands, *self.small_talk, *examples))


@dataclass(frozen=True)
class Heard:
    """All languages, by locale."""

    languages: Mapping[str, Language] = field(default_factory=dict)

    def answer_words(self, locale: str, name: str) -> frozenset[str]:
        """Words such as yes, no, today in one language, in plain letters."""
        language = self.languages.get(locale)
        return language.answers.get(name, frozenset()) if language else frozenset()


def read_language(file: HeardFile) -> Language:
    """One file's lists, turned so that a text can be looked up in them."""
    return Language(
        locale=file.heard,
        words=frozenset(plain(word) for word in file.words),
        commands=_by_words(file.commands),
        small_talk=_by_words(file.small_talk),
        answers={name: frozenset(map(plain, said)) for name, said in file.answers.items()},
        topics=_sentences(file.topics),
        same={words: plain(name) for words, name in _by_words(file.same).items()},
        sounds_like=_sentences(file.sounds_like),
    )


def _sentences(lists: NamedLists) -> dict[str, tuple[str, ...]]:
    return {topic: tuple(map(plain, said)) for topic, said in lists.items()}


def _by_words(lists: NamedLists) -> dict[str, str]:
    return {plain(words): name for name, said in lists.items() for words in said}


def read_heard(folder: Path) -> Heard:
    """Read every language's file of a folder. Raises FilesBroken with the faults of all of them together."""
    faults: list[Fault] = []
    languages: dict[str, Language] = {}
    for path in sorted(folder.glob("*.yaml")):
        name = f"{folder.parent.name}/{folder.name}/{path.name}"
        try:
            tree = read_tree(path.read_text(encoding="utf-8"), name)
            file = shaped(tree, HeardFile)
        except UnicodeDecodeError:
            faults.append(Fault(name, 1, 1, "the file is not UTF-8 text.", "Save it as UTF-8."))
            continue
        except FilesBroken as broken:
            faults += broken.faults
            continue
        if file.heard != path.stem:
            faults.append(
                tree.fault(("heard",), f"the file is for `{file.heard}`.", f"Write `heard: {path.stem}`.")
            )
        languages[file.heard] = read_language(file)
    if faults:
        raise FilesBroken(sorted(faults))
    return Heard(languages)
