"""Reads what `ally check` proves from the working folders; no database, no keys, no settings."""

from collections.abc import Iterable
from pathlib import Path

from bot.flow.check.subject import SOURCE, Subject
from bot.flow.shelf import read_shelf
from bot.hear.heard import read_heard
from bot.school import rights
from bot.school.look_up_words import look_up_words
from bot.talk.action_words import action_words
from bot.words import catalogs
from bot.words.glossary import agreed_words
from bot.words.yaml_tree import Collected, FilesBroken, Tree, read_tree

FACTS = Path(rights.__file__).parent / "facts"
RECIPIENTS = frozenset({"liaison", "district_office", "office", "teacher"})


def read_subject(flows: Path, messages: Path, languages: Iterable[str] = (), facts: Path = FACTS) -> Subject:
    """Read everything. `languages`: only these are proved, text by text; none: all are, in sum.

    Raises FilesBroken with the faults of every file that cannot be read.
    """
    collected = Collected()
    shelf = collected(read_shelf, flows)
    heard = collected(read_heard, messages / "heard")
    texts = collected(catalogs.load, messages)
    written = collected(catalogs.as_written, messages) if texts is not None else {}
    glossary = collected(agreed_words, messages)
    collected(rights.read_rights, facts)
    if collected.faults or shelf is None or heard is None or texts is None or glossary is None:
        raise FilesBroken(sorted(collected.faults))
    chosen = tuple(languages)
    return Subject(
        shelf=shelf,
        texts=texts,
        locales=tuple(one for one in chosen or texts.locales() if one != SOURCE),
        heard={
            locale: _tree(messages / "heard" / f"{locale}.yaml", "messages/heard")
            for locale in heard.languages
        },
        look_ups=look_up_words(),
        actions=action_words(),
        recipients=RECIPIENTS,
        facts=tuple(_tree(path, "facts") for path in sorted(facts.glob("*.yaml"))),
        catalogs=written or {},
        glossary=glossary,
        listed=frozenset(chosen),
    )


def _tree(path: Path, folder: str) -> Tree:
    return read_tree(path.read_text(encoding="utf-8"), f"{folder}/{path.name}")
