"""Rules of the words: what is translated and how far it can be trusted, and what each text costs to send."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bot.flow.book import Worded
from bot.flow.check.length import BODY, filled, too_dear
from bot.flow.check.study import Study
from bot.flow.check.subject import SOURCE
from bot.flow.check.wordings import Wording, forms, wordings
from bot.flow.render import PLACEHOLDER
from bot.words.glossary import glossary_faults
from bot.words.locales import spoken
from bot.words.remark import Remark, remark
from bot.words.yaml_tree import Fault

_BRACE = re.compile(r"[{}]")
_STEERS_DIRECTION = re.compile("[\u202a-\u202e]")
_STATES = {
    "missing": remark("Run `ally catalogs update` and translate what is empty."),
    "stale": remark("Look over them; till then English is sent."),
    "unreviewed": remark("Have somebody read them and clear `fuzzy`."),
}


def texts(study: Study) -> Iterator[Fault]:
    """All rules of a text, in English and in every language that is proved."""
    counts: Counter[tuple[str, str]] = Counter()
    for wording in wordings(study):
        yield from _english(wording)
        for locale in (SOURCE, *study.subject.locales):
            spoken = list(forms(study.subject.texts, wording, locale))
            state = spoken[0][1].state
            counts[locale, state] += 1
            if locale in study.subject.listed and state in _STATES:
                yield _listed(wording, locale, state)
            for form, text in spoken:
                if text.locale == locale:
                    yield from _sendable(study, wording, locale, form, text)
    yield from _counted(study, counts)


def agreed_words(study: Study) -> Iterator[Fault]:
    """Translations that call a thing of the school by another word than the glossary's."""
    subject = study.subject
    proved = {locale: subject.catalogs[locale] for locale in subject.locales if locale in subject.catalogs}
    yield from glossary_faults(proved, subject.glossary)


def _english(wording: Wording) -> Iterator[Fault]:
    """Rules of the English alone."""
    text = wording.english
    for body in filter(None, (text.one, text.other)):
        if _BRACE.search(PLACEHOLDER.sub("", body)):
            wrong = remark("this text has a { or } that is no placeholder, and the family would read it.")
            fix = remark("Write a placeholder as {name}: small letters, no spaces.")
            yield wording.tree.fault(wording.trail, wrong, fix, "placeholder")
    if not text.other.strip():
        yield wording.tree.fault(
            wording.trail, remark("this text is empty."), remark("Write it, or remove the line."), "text"
        )
    if (text.one is None) is text.is_plural:
        have, lack = ("count", "one") if text.is_plural else ("one", "count")
        wrong = remark("`%(have)s` stands here without `%(lack)s`.", have=have, lack=lack)
        fix = remark("Write one, other and count together, or one text alone.")
        yield wording.tree.fault((*wording.trail, have), wrong, fix, "plural")


def _sendable(study: Study, wording: Wording, locale: str, form: str, text: Worded) -> Iterator[Fault]:
    """Rules of one text in one language: harmful characters, length, cost."""
    where = _where(locale, form)
    if any(unicodedata.category(char) == "Cc" and char != "\n" for char in text.body) or (
        _STEERS_DIRECTION.search(text.body)
    ):
        wrong = remark("this text has an invisible control character%(where)s.", where=where)
        yield wording.tree.fault(wording.trail, wrong, remark("Type the line anew."), "control")
    if wording.use == "label":
        return
    body = filled(text.body) + _choices(study, wording, locale)
    if len(body) > BODY:
        wrong = remark(
            "this text has %(body)s letters%(where)s; a phone company takes %(body2)s.",
            body=f"{len(body):,}",
            where=where,
            body2=f"{BODY:,}",
        )
        yield wording.tree.fault(
            wording.trail, wrong, remark("Make it shorter, or two steps of it."), "length"
        )
    elif cost := too_dear(body):
        wrong = remark(
            "this text costs %(segments)s SMS segments%(where)s (%(encoding)s).",
            segments=cost.segments,
            where=where,
            encoding=cost.encoding,
        )
        yield wording.tree.fault(wording.trail, wrong, remark("Make it shorter."), "segments", "warning")


def _where(locale: str, form: str) -> str:
    if locale == SOURCE:
        return ""
    if form:
        return remark(" in %(language)s (for `%(form)s`)", language=spoken(locale), form=form)
    return remark(" in %(language)s", language=spoken(locale))


def _choices(study: Study, wording: Wording, locale: str) -> str:
    """The numbered lines of a question, as an SMS has them."""
    if wording.use != "question" or wording.step is None:
        return ""
    flow, name = wording.step
    choices = study.flows[flow].steps[name].choices or {}
    lines = (
        study.subject.texts.text(locale, f"{flow}/{name}/choices.{value}", choice.label).body
        for value, choice in choices.items()
    )
    return "".join(f"\n{number} {filled(line)}" for number, line in enumerate(lines, 1))


def _listed(wording: Wording, locale: str, state: str) -> Fault:
    language = spoken(locale)
    wrong = {
        "missing": remark("this text is not translated into %(language)s.", language=language),
        "stale": remark(
            "this text is out of date in %(language)s: the English has changed.", language=language
        ),
        "unreviewed": remark("nobody who speaks %(language)s has read this text in it.", language=language),
    }[state]
    return wording.tree.fault(
        wording.trail, wrong, remark("Look for %(context)s.", context=wording.context), state, "warning"
    )


def _counted(study: Study, counts: Counter[tuple[str, str]]) -> Iterator[Fault]:
    for locale in study.subject.locales:
        for state, fix in _STATES.items():
            number = counts[locale, state]
            if number:
                every = sum(counts[locale, one] for one in (*_STATES, "reviewed"))
                wrong = remark(
                    "%(are)s: %(number)s of %(every)s texts.",
                    are=_are(state, locale),
                    number=number,
                    every=every,
                )
                file = f"messages/{locale}/LC_MESSAGES/ally.po"
                yield Fault(file, 1, 1, wrong, fix, state, "warning")


def _are(state: str, locale: str) -> Remark:
    """What the texts of a state are."""
    language = spoken(locale)
    if state == "missing":
        return remark("not translated into %(language)s", language=language)
    if state == "stale":
        return remark("out of date in %(language)s, as the English has changed", language=language)
    return remark("not read by anybody who speaks %(language)s", language=language)
