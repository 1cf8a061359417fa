"""Every text that families read, with its place in the files and its name in the catalogs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.flow import model
from bot.flow.book import Texts, Worded
from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.words import slots
from bot.words.plurals import plural_category, rule_of
from bot.words.yaml_tree import Trail, Tree

Use = Literal["text", "question", "label"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One text: where it stands, its context in the catalogs, its English."""

    tree: Tree
    trail: Trail
    context: str
    english: model.Say
    use: Use = "text"
    step: tuple[str, str] | None = None
    """The flow and step it stands in, None outside of flows"""


def wordings(study: Study) -> tuple[Wording, ...]:
    """All texts of flows, phrases and facts, in the order of their files."""
    return (
        *(wording for flow in study.flows.values() for wording in of_flow(flow)),
        *_of_always(study),
        *_of_phrases(study),
        *_of_facts(study),
    )


def of_flow(flow: Flow) -> Iterator[Wording]:
    """All texts of one flow."""
    if flow.file.expires is not None and flow.file.expires.say is not None:
        where = slots.context(flow.name, "", "expires.say")
        yield Wording(flow.tree, ("expires", "say"), where, flow.file.expires.say)
    for name, step in flow.steps.items():
        for slot in slots.SLOTS:
            text = _at(step, slot)
            if text is not None:
                where = slots.context(flow.name, name, ".".join(slot))
                trail = ("steps", name, *slot)
                yield Wording(flow.tree, trail, where, text, _use(slot), (flow.name, name))
        for value, choice in (step.choices or {}).items():
            where = slots.context(flow.name, name, slots.choice_slot(value))
            trail = ("steps", name, "choices", value, "label")
            yield Wording(flow.tree, trail, where, model.Say(other=choice.label), "label", (flow.name, name))


def _use(slot: tuple[str, ...]) -> Use:
    uses: dict[tuple[str, ...], Use] = {("ask",): "question", ("each", "more"): "label"}
    return uses.get(slot, "text")


def _at(part: object, slot: tuple[str, ...]) -> model.Say | None:
    for word in slot:
        part = getattr(part, word, None)
    return model.Say(other=part) if isinstance(part, str) else part if isinstance(part, model.Say) else None


def _of_always(study: Study) -> Iterator[Wording]:
    for slot in slots.ALWAYS_SLOTS:
        text = _at(study.always, slot)
        if text is not None:
            yield Wording(study.always_tree, slot, slots.context(slots.ALWAYS, "", ".".join(slot)), text)


def _of_phrases(study: Study) -> Iterator[Wording]:
    for name, text in study.subject.shelf.phrases.items():
        use: Use = "label" if name.startswith("topic_") else "text"
        yield Wording(study.phrases_tree, ("phrases", name), slots.phrase_context(name), text, use)


def _of_facts(study: Study) -> Iterator[Wording]:
    for tree in study.subject.facts:
        facts = tree.plain.get("facts") if isinstance(tree.plain, dict) else None
        for id, fact in facts.items() if isinstance(facts, dict) else ():
            for slot in slots.FACT_SLOTS:
                text = str(fact.get(slot, "")) if isinstance(fact, dict) else ""
                yield Wording(tree, ("facts", id, slot), slots.fact_context(id, slot), model.Say(other=text))


# --- in a language ------------------------------------------------------------------------------


def forms(texts: Texts, wording: Wording, locale: str) -> Iterator[tuple[str, Worded]]:
    """The text in a language: one, or one a plural form; each with the name of its form ("" for none)."""
    english = wording.english
    if not english.is_plural or english.one is None:
        yield "", texts.text(locale, wording.context, english.other)
        return
    for form, n in _smallest_counts(locale).items():
        yield form, texts.plural(locale, wording.context, english.one, english.other, n)


@lru_cache(maxsize=32)
def _smallest_counts(locale: str) -> dict[str, int]:
    """A count for each plural form of a language."""
    found: dict[str, int] = {}
    for n in range(200):
        found.setdefault(plural_category(n, locale), n)
    return {form: found[form] for form in rule_of(locale).forms if form in found}
