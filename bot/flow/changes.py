"""What a new version of a flow means for conversations that run on the old one, and for its translations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.flow.check.ways import END, ways
from bot.flow.check.wordings import of_flow
from bot.flow.load import Flow

Kind = Literal["flow", "gone", "moved", "new", "english", "target", "other"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in plain words: of which kind, in which flow, at which step ("" for the flow itself)."""

    kind: Kind
    flow: str
    step: str
    said: str


def changes_between(old: Mapping[str, Flow], new: Mapping[str, Flow]) -> list[Change]:
    """All differences of two sets of flows, by name."""
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            said = "the flow is gone: whoever is in it finishes on the old version"
            found.append(Change("flow", name, "", said))
        elif name not in old:
            found.append(Change("flow", name, "", "the flow is new"))
        else:
            found += changes(old[name], new[name])
    return found


def changes(old: Flow, new: Flow) -> list[Change]:
    """All differences of two versions of one flow; none where only comments or spaces differ."""
    moved = {was: now for was, now in new.file.moved.items() if was in old.steps and now in new.steps}
    return [
        *_steps(old, new, moved),
        *_english(old, new, moved),
        *_targets(old, new, moved),
        *_others(old, new, moved),
    ]


def _steps(old: Flow, new: Flow, moved: Mapping[str, str]) -> Iterator[Change]:
    for name in old.steps:
        if name in moved:
            said = f"the step is `{moved[name]}` now: whoever stands there goes on at it"
            yield Change("moved", new.name, name, said)
        elif name not in new.steps:
            said = "the step is gone: whoever stands there finishes on the old version"
            yield Change("gone", new.name, name, said)
    for name in new.steps:
        if name not in old.steps and name not in moved.values():
            yield Change("new", new.name, name, "the step is new")


def _pairs(old: Flow, new: Flow, moved: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Steps that are in both versions, under the same name or a new one."""
    for name in old.steps:
        now = moved.get(name, name)
        if now in new.steps:
            yield name, now


def _english(old: Flow, new: Flow, moved: Mapping[str, str]) -> Iterator[Change]:
    was, now = _texts(old), _texts(new)
    for before, after in [("", ""), *_pairs(old, new, moved)]:
        there = was.get(before, {})
        for slot, english in now.get(after, {}).items():
            if slot not in there:
                yield Change("english", new.name, after, f"`{slot}` is a new text to translate")
            elif there[slot] != english:
                said = f"the English of `{slot}` has changed: its translations become out of date"
                yield Change("english", new.name, after, said)


def _texts(flow: Flow) -> dict[str, dict[str, object]]:
    """The English by step and slot."""
    found: dict[str, dict[str, object]] = {}
    for wording in of_flow(flow):
        step = wording.step[1] if wording.step else ""
        found.setdefault(step, {})[wording.context.rpartition("/")[2]] = wording.english
    return found


def _targets(old: Flow, new: Flow, moved: Mapping[str, str]) -> Iterator[Change]:
    if moved.get(old.file.first, old.file.first) != new.file.first:
        said = f"the flow begins at `{new.file.first}`, and no longer at `{old.file.first}`"
        yield Change("target", new.name, "", said)
    for before, after in _pairs(old, new, moved):
        was = {way.branch: way.target for way in ways(before, old.steps[before])}
        now = {way.branch: way.target for way in ways(after, new.steps[after])}
        for branch in [*was, *(branch for branch in now if branch not in was)]:
            said = _led(branch, was, now, moved)
            if said:
                yield Change("target", new.name, after, said)


Targets = Mapping[str, str | None]


def _led(branch: str, was: Targets, now: Targets, moved: Mapping[str, str]) -> str:
    """Where a branch leads now, "" where nothing has changed."""
    if branch not in now:
        return f"`{branch}` is gone; it led to {_target(was[branch])}"
    if branch not in was:
        return f"`{branch}` is new and leads to {_target(now[branch])}"
    there = was[branch]
    if now[branch] == moved.get(there or "", there):
        return ""
    return f"`{branch}` leads to {_target(now[branch])}, and no longer to {_target(there)}"


def _target(name: str | None) -> str:
    return "the end" if name == END else "nothing" if name is None else f"`{name}`"


_TOLD_ELSEWHERE = {"say", "ask", "label", "one", "other", "more", "none", "go", "otherwise", "closed", "end"}


def _others(old: Flow, new: Flow, moved: Mapping[str, str]) -> Iterator[Change]:
    """Everything that is neither a text nor a target: types, tries, times, what is saved or looked up."""
    outer = {"starts_with", "expires"}
    parts = [("", old.file.model_dump(include=outer), new.file.model_dump(include=outer))]
    parts += [
        (after, old.steps[before].model_dump(), new.steps[after].model_dump())
        for before, after in _pairs(old, new, moved)
    ]
    for step, before, after in parts:
        was, now = dict(_leaves(before)), dict(_leaves(after))
        for word in [*was, *(word for word in now if word not in was)]:
            if was.get(word) != now.get(word):
                yield Change("other", new.name, step, _became(word, was.get(word), now.get(word)))


def _became(word: str, was: object, now: object) -> str:
    if word.startswith("starts_with.topics."):
        topic = word.rpartition(".")[2]
        place = f" at `{now}`" if now else ""
        return (
            f"the topic `{topic}` opens it no longer"
            if now is None
            else f"the topic `{topic}` opens it{place}"
        )
    if was is None or now is None:
        return f"`{word}` is gone; it was `{was}`" if now is None else f"`{word}: {now}` is new"
    return f"`{word}` is `{now}`, and was `{was}`"


def _leaves(part: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value by its dotted place, without texts and targets."""
    words = path.split(".")
    if words[-1] in _TOLD_ELSEWHERE or (words[0] == "if_known" and len(words) > 1):
        return
    if isinstance(part, Mapping):
        if part.keys() == {"amount", "unit"}:
            yield path, f"{part['amount']:g} {part['unit']}"
            return
        for word, inner in part.items():
            yield from _leaves(inner, f"{path}.{word}".lstrip("."))
    elif part is not None:
        yield path, part
