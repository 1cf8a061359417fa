"""Rules of choices: how many a phone shows, how long a label may be, and that no two are alike."""

from collections.abc import Iterator

from bot.flow import model
from bot.flow.check.length import filled
from bot.flow.check.opening import is_kept, said
from bot.flow.check.study import Study
from bot.flow.check.subject import SOURCE
from bot.flow.check.wordings import Wording, of_flow
from bot.flow.check.wordings import wordings as all_wordings
from bot.flow.load import Flow
from bot.words.locales import spoken
from bot.words.plain import plain
from bot.words.remark import remark
from bot.words.yaml_tree import Fault

CHOICES = 10
"""Rows of a WhatsApp list, and as many numbers as people read (Meta, interactive list messages)"""
BUTTONS = 3
BUTTON_LETTERS = 20
ROW_LETTERS = 24


def number_of_choices(study: Study) -> Iterator[Fault]:
    """More choices than a phone shows; a list that goes on, or topics offered, need room beside them."""
    for flow in study.flows.values():
        has_more = any(step.each is not None and step.each.more for step in flow.steps.values())
        for name, step in flow.steps.items():
            number = len(step.choices or {})
            trail = ("steps", name, "choices")
            if number > CHOICES:
                wrong = remark(
                    "%(number)s choices are more than the %(choices)s that a phone shows.",
                    number=number,
                    choices=CHOICES,
                )
                yield flow.tree.fault(trail, wrong, remark("Make two questions of it."), "choices")
            elif has_more and number == CHOICES:
                wrong = remark("with %(number)s choices there is no room for `more`.", number=number)
                yield flow.tree.fault(
                    trail, wrong, remark("Leave at most %(it)s.", it=CHOICES - 1), "choices", "warning"
                )


def labels(study: Study) -> Iterator[Fault]:
    """Every label in every language."""
    locales = (SOURCE, *study.subject.locales)
    for wording in all_wordings(study):
        if wording.use == "label":
            for locale in locales:
                yield from _one_label(study, wording, locale)
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            if step.choices:
                for locale in locales:
                    yield from _alike(study, flow, name, locale)


def _one_label(study: Study, wording: Wording, locale: str) -> Iterator[Fault]:
    text = study.subject.texts.text(locale, wording.context, wording.english.other)
    if text.locale != locale:
        return
    label = filled(text.body)
    inside = _in(locale)
    if len(label) > ROW_LETTERS:
        wrong = remark(
            "the label `%(body)s` has %(label)s letters%(inside)s; a WhatsApp list shows %(row_letters)s.",
            body=text.body,
            label=len(label),
            inside=inside,
            row_letters=ROW_LETTERS,
        )
        yield wording.tree.fault(wording.trail, wrong, remark("Make it shorter."), "label")
    elif len(label) > BUTTON_LETTERS and _has_buttons(study, wording):
        wrong = remark(
            "the label `%(body)s` has %(label)s letters%(inside)s; a button shows %(button_letters)s.",
            body=text.body,
            label=len(label),
            inside=inside,
            button_letters=BUTTON_LETTERS,
        )
        yield wording.tree.fault(wording.trail, wrong, remark("Make it shorter."), "label", "warning")
    if not plain(label) or plain(label).replace(" ", "").isdigit():
        wrong = remark(
            "the label `%(body)s` is only a number%(inside)s, and choices have numbers already.",
            body=text.body,
            inside=inside,
        )
        yield wording.tree.fault(wording.trail, wrong, remark("Say it in words."), "label")
    elif is_kept(text.body):
        wrong = remark(
            "whoever types the label `%(body)s`%(inside)s is taken to ask for stop, start or help.",
            body=text.body,
            inside=inside,
        )
        yield wording.tree.fault(wording.trail, wrong, remark("Use other words."), "carrier_word")


def _in(locale: str) -> str:
    return "" if locale == SOURCE else remark(" in %(language)s", language=spoken(locale))


def _has_buttons(study: Study, wording: Wording) -> bool:
    if wording.step is None:
        return False
    flow, name = wording.step
    return 1 <= len(study.flows[flow].steps[name].choices or {}) <= BUTTONS


def _alike(study: Study, flow: Flow, name: str, locale: str) -> Iterator[Fault]:
    """Labels of one question that read alike, so that nobody could choose between them by words."""
    first: dict[str, str] = {}
    for value, choice in (flow.steps[name].choices or {}).items():
        text = study.subject.texts.text(locale, f"{flow.name}/{name}/choices.{value}", choice.label)
        if text.locale != locale:
            continue
        bare = plain(text.body)
        if bare in first:
            wrong = remark(
                "the labels of `%(it)s` and `%(value)s` read alike%(locale)s: `%(body)s`.",
                it=first[bare],
                value=value,
                locale=_in(locale),
                body=text.body,
            )
            trail = ("steps", name, "choices", value, "label")
            yield flow.tree.fault(trail, wrong, remark("Say what is different."), "label")
        first.setdefault(bare, value)


def shadowed_labels(study: Study) -> Iterator[Fault]:
    """Labels that are also a command: whoever types one gets the command, unless the step says otherwise."""
    commands = {
        locale: {plain(words): name for part, name, _, words in said(tree) if part == "commands"}
        for locale, tree in study.subject.heard.items()
    }
    for flow in study.flows.values():
        for wording in of_flow(flow):
            if wording.use != "label" or wording.step is None:
                continue
            step = flow.steps[wording.step[1]]
            free = set(study.always.interrupts) - set(step.also_understands or {})
            for locale, words in commands.items():
                body = study.subject.texts.text(locale, wording.context, wording.english.other).body
                command = words.get(plain(body), "")
                if command in free:
                    free.discard(command)
                    yield _shadowed(wording, step, body, command)


def _shadowed(wording: Wording, step: model.Step, label: str, command: str) -> Fault:
    value = str(wording.trail[-2])
    wrong = remark(
        "whoever types `%(label)s` gets `%(command)s` of always.yaml, and not this choice.",
        label=label,
        command=command,
    )
    fix = remark("Add `also_understands: {%(command)s: %(value)s}`.", command=command, value=value)
    if step.choices is None:
        fix = remark("Use other words.")
    return wording.tree.fault(wording.trail, wrong, fix, "command", "warning")
