"""Finds every text that families read in flows, phrases and facts, for gettext.

`extract_flows` is the method that pyproject.toml names for pybabel; `template` makes the same catalog for
`ally catalogs update`. Files are told apart by shape: `steps:`, `always:`, `phrases:` or `facts:`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from babel.messages.catalog import Catalog

from bot.words import slots
from bot.words.yaml_tree import FilesBroken, Plain, Trail, Tree, read_tree

_CARRIER_WORD = re.compile(r"\b(STOP|HELP|START)\b")
_CHOICE_NOTE = "A choice: 20 letters fit a WhatsApp button, 24 a list."
_COUNT_NOTE = "The wording depends on a number."


@dataclass(frozen=True, slots=True)
class Found:
    """One text in its file. `one` is None where no count chooses the wording."""

    context: str
    one: str | None
    other: str
    line: int
    notes: tuple[str, ...] = ()

    @property
    def msgid(self) -> str | tuple[str, str]:
        """As gettext names it."""
        return self.other if self.one is None else (self.one, self.other)


def extract_flows(
    fileobj: IO[bytes], _keywords: Collection[str], _comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Babel's extraction method: line, function name, its arguments (the context first), comments.

    Context reaches the catalog because Babel reads our texts as calls of pgettext and npgettext.
    Raises FilesBroken for a file that is not readable.
    """
    source = fileobj.read().decode(options.get("encoding", "utf-8-sig"))
    for found in texts_of(read_tree(source, getattr(fileobj, "name", "flow"))):
        if found.one is None:
            yield found.line, "pgettext", (found.context, found.other), list(found.notes)
        else:
            yield found.line, "npgettext", (found.context, found.one, found.other), list(found.notes)


def template(sources: Iterable[tuple[str, str]]) -> Catalog:
    """The catalog of all English texts, from (file name, content) in their order.

    Raises FilesBroken with the faults of every file that is not readable, and for a context used twice.
    """
    catalog, faults, seen = Catalog(), [], dict[str, str]()
    for file, source in sources:
        try:
            tree = read_tree(source, file)
        except FilesBroken as broken:
            faults.extend(broken.faults)
            continue
        for found in texts_of(tree):
            if found.context in seen:
                wrong = f"`{found.context}` stands in {seen[found.context]} already."
                faults.append(tree.fault((), wrong, "Give one of the two flows another name."))
                continue
            seen[found.context] = file
            place = [(file, found.line)]
            catalog.add(found.msgid, context=found.context, locations=place, auto_comments=found.notes)
    if faults:
        raise FilesBroken(faults)
    return catalog


def texts_of(tree: Tree) -> Iterator[Found]:
    """The texts of one file, in the order in which they stand."""
    root = tree.plain
    if not isinstance(root, dict):
        return
    if isinstance(root.get("steps"), dict):
        yield from _flow(tree, root)
    elif "always" in root:
        for slot in slots.ALWAYS_SLOTS:
            yield from _text(tree, slot, slots.context(slots.ALWAYS, "", ".".join(slot)))
    for name in _keys(root.get("phrases")):
        yield from _text(tree, ("phrases", name), slots.phrase_context(name))
    for fact in _keys(root.get("facts")):
        for part in slots.FACT_SLOTS:
            yield from _text(tree, ("facts", fact, part), slots.fact_context(fact, part))


def _flow(tree: Tree, root: dict[str, Plain]) -> Iterator[Found]:
    flow = str(root.get("flow", ""))
    for slot in slots.FLOW_SLOTS:
        yield from _text(tree, slot, slots.context(flow, "", ".".join(slot)))
    for step in _keys(root["steps"]):
        for slot in slots.SLOTS:
            yield from _text(tree, ("steps", step, *slot), slots.context(flow, step, ".".join(slot)))
        yield from _choices(tree, flow, step)


def _choices(tree: Tree, flow: str, step: str) -> Iterator[Found]:
    base: Trail = ("steps", step, "choices")
    for value in _keys(_at(tree.plain, base)):
        context = slots.context(flow, step, slots.choice_slot(value))
        path: Trail = (*base, value)
        if isinstance(_at(tree.plain, path), dict):
            path = (*path, "label")
        yield from _text(tree, path, context, _CHOICE_NOTE)


def _text(tree: Tree, path: Trail, context: str, *notes: str) -> Iterator[Found]:
    """The text at a path: a plain one, or {one, other, count}. Nothing where there is none."""
    value = _at(tree.plain, path)
    one = value.get("one") if isinstance(value, dict) else None
    other = value.get("other") if isinstance(value, dict) else value
    if not isinstance(other, str) or not other:
        return
    line = tree.places.get(path, (1, 1))[0]
    if isinstance(one, str) and one:
        yield Found(context, one, other, line, (*notes, _COUNT_NOTE))
    else:
        yield Found(context, None, other, line, (*notes, *_carrier_note(other)))


def _carrier_note(text: str) -> tuple[str, ...]:
    words = sorted(set(_CARRIER_WORD.findall(text)))
    return (
        (f"Phone companies know only the English word: keep {', '.join(words)} as written.",) if words else ()
    )


def _at(value: Plain | None, path: Trail) -> Plain | None:
    for part in path:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            return None
    return value


def _keys(value: Plain | None) -> list[str]:
    return list(value) if isinstance(value, dict) else []
