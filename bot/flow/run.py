"""One turn while it is being made: the conversation's parts, and what it says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from bot.flow import model
from bot.flow.book import Book, Worded
from bot.flow.load import Flow
from bot.flow.render import NotKnown, fill, find, placeholders
from bot.flow.state import Frame, Paused, State, Timer, Value
from bot.flow.turn import Count, Effect, Escalate, Here, Offered, Pending, Say, Turn
from bot.words.slots import context

MAX_HOPS = 60
"""Steps that one text may set off; far more than any real flow, far fewer than would hurt"""


class Stuck(Exception):
    """The conversation cannot go on; its message is a short reason for the count, never a text."""


class Run:
    """A turn in the making. Lives for one `advance` and is thrown away."""

    def __init__(self, book: Book, state: State, here: Here) -> None:
        self.book = book
        self.here = here
        self.stack: list[Frame] = list(state.stack)
        self.values: dict[str, Value] = dict(state.values)
        self.waiting = state.waiting
        self.tries = state.tries
        self.hops = state.hops
        self.owed = state.owed
        self.more = state.more
        self.resumes = state.resumes
        self.timers: tuple[Timer, ...] = state.timers
        self.paused: Paused | None = state.paused
        self.told = state.told
        self.later = state.later
        self.amiss = state.amiss
        self.effects: list[Effect] = []
        self.pending: Pending | None = None
        self.flow: Flow | None = None

    def turn(self) -> Turn:
        """The finished turn."""
        state = State(
            stack=tuple(self.stack),
            values=self.values,
            waiting=self.waiting,
            tries=self.tries,
            hops=self.hops,
            owed=self.owed,
            more=self.more,
            resumes=self.resumes,
            timers=self.timers,
            paused=self.paused,
            told=self.told,
            later=self.later,
            amiss=self.amiss,
        )
        return Turn(state, tuple(self.effects), self.pending)

    # --- where it stands ---

    def stand(self, *, moves: bool = True) -> tuple[Flow, model.Step, str] | None:
        """Flow, step and step name where the conversation stands, None when it stands nowhere any more."""
        if not self.stack:
            return None
        found = self.book.stands(self.stack[-1], moves=moves)
        if found is None:
            return None
        self.flow, name = found
        self.stack[-1] = Frame(self.flow.name, self.flow.revision, name)
        return self.flow, self.flow.steps[name], name

    def begin(self, name: str, values: Mapping[str, Value], *, resumes: bool) -> str:
        """Start a flow from nothing; returns its first step. Raises Stuck when there is no such flow."""
        flow = self.book.flows.get(name)
        if flow is None:
            raise Stuck("no_such_flow")
        self.flow = flow
        self.stack = [Frame(flow.name, flow.revision, flow.file.first)]
        self.values = dict(values)
        self.resumes, self.more = resumes, ""
        self.rest()
        return flow.file.first

    def rest(self) -> None:
        """Wait for nothing."""
        self.waiting, self.tries, self.timers = "", 0, ()

    def clear(self) -> None:
        """The conversation is over."""
        self.stack, self.values = [], {}
        self.resumes, self.more, self.later = False, "", ()
        self.rest()

    def pause(self, why: Literal["interrupted", "expired"]) -> Paused:
        """The conversation as it stands, to be set aside."""
        return Paused(tuple(self.stack), dict(self.values), why, self.more, self.later)

    @property
    def offers_to_go_on(self) -> bool:
        """Whether it stands in the flow that offers to go on with what has expired."""
        return bool(self.stack) and self.stack[0].flow == self.book.always.after_expiry

    # --- what is known ---

    def known(self, name: str) -> Value | None:
        """A saved value, or a fact about the person or the school."""
        value = find(name, self.values)
        return value if value is not None else find(name, self.here.known)

    def resolve(self, template: str) -> Value:
        """A value for a look-up, an action or a saved name: typed when it is one placeholder alone."""
        names = placeholders(template)
        if len(names) == 1 and template == f"{{{next(iter(names))}}}":
            value = self.known(next(iter(names)))
            return "" if value is None else value
        return self._filled(template, "en", {}) if names else template

    # --- what it says ---

    def say(
        self,
        text: model.Say,
        slot: str,
        choices: tuple[Offered, ...] = (),
        extra: Mapping[str, Value] | None = None,
    ) -> None:
        """Say a text of the step where the conversation stands; `extra` values are known to it alone."""
        frame = self.stack[-1]
        self.speak(text, context(frame.flow, frame.step, slot), choices, extra or {})

    def phrase(self, name: str, choices: tuple[Offered, ...] = (), **extra: Value) -> None:
        """Say a phrase of the program itself. Raises Stuck where it does not exist."""
        text = self.book.phrases.get(name)
        if text is None:
            raise Stuck(f"no_such_phrase/{name}")
        self.speak(text, f"phrase/{name}", choices, extra)

    def own_up(self) -> None:
        """Say once a day that a text stood in English, or that nobody has checked a translation.

        Both name the way to a person; whoever has just been given to one is told neither, for nothing
        may stand beside 911.
        """
        amiss = () if self.waiting == "person" else self.amiss
        is_told = ("stale" in amiss or "missing" in amiss) and self.tell_once("english_instead")
        if "unreviewed" in amiss and not is_told:
            self.tell_once("automatic_translation")
        self.amiss = ()

    def tell_once(self, name: str) -> bool:
        """Say a phrase unless it was said today in this conversation; whether it was said now."""
        mark = f"{name}@{self.here.now.date().isoformat()}"
        if mark in self.told:
            return False
        self.told = (*(old for old in self.told if not old.startswith(f"{name}@")), mark)
        self.phrase(name)
        return True

    def speak(
        self, text: model.Say, where: str, choices: tuple[Offered, ...], extra: Mapping[str, Value]
    ) -> None:
        """Find the wording in the person's language, fill it, and say it; {count} is a plural's number."""
        texts, here = self.book.texts, self.here
        if text.is_plural:
            n = self._counted(text.count or "")
            extra = {"count": n, **extra}
            found = texts.plural(here.language, where, text.one or text.other, text.other, n)
        else:
            found = texts.text(here.language, where, text.other)
        template, language = self._judged(found, text.other)
        self.effects.append(Say(self._filled(template, language, extra), where, language, choices))
        self.owed = False

    def worded(self, where: str, english: str) -> tuple[str, str]:
        """The unfilled wording of a text that is about to be said, and the language it is in."""
        return self._judged(self.book.texts.text(self.here.language, where, english), english)

    def _judged(self, found: Worded, english: str) -> tuple[str, str]:
        """Count what is not in order with a text; one that has gone stale is never said."""
        if found.state == "reviewed":
            return found.body, found.locale
        self.note(found.state)
        if found.state == "stale":
            return (found.body, found.locale) if found.locale == "en" else (english, "en")
        return found.body, found.locale

    def note(self, state: str) -> None:
        """Count that a text was said which is unreviewed, stale or missing."""
        self.effects.append(Count(f"{state}_text"))
        if state not in self.amiss:
            self.amiss = (*self.amiss, state)

    def label(self, where: str, english: str, *, said: bool) -> str:
        """A choice's label in the person's language; it counts as used only where it is said."""
        if said:
            template, language = self.worded(where, english)
        else:
            found = self.book.texts.text(self.here.language, where, english)
            stale = found.state == "stale" and found.locale != "en"
            template, language = (english, "en") if stale else (found.body, found.locale)
        return self._filled(template, language, {})

    def phrase_text(self, name: str, locale: str) -> str:
        """A phrase as part of another text. Raises NotKnown for a phrase that does not exist."""
        phrase = self.book.phrases.get(name)
        if phrase is None:
            raise NotKnown(name)
        return self.book.texts.text(locale, f"phrase/{name}", phrase.other).body

    def escalate(self, to: str, topic: str, *, again: bool = False) -> None:
        """Ask for a person."""
        self.owed = False
        self.effects.append(Escalate(to, topic, again))

    def count(self, name: str) -> None:
        """Count an event."""
        self.effects.append(Count(name))

    def _filled(self, template: str, language: str, extra: Mapping[str, Value]) -> str:
        if "{" not in template:
            return template
        values = {**self.here.known, **self.values, **extra}
        try:
            return fill(template, values, language, self.phrase_text)
        except NotKnown as name:
            raise Stuck(f"not_known/{name}") from None

    def _counted(self, name: str) -> int:
        value = self.known(name)
        if isinstance(value, list):
            return len(value)
        return value if isinstance(value, int) else 0

    # --- what happens later ---

    def set_timer(self, kind: str, wait: model.Wait) -> None:
        """Let something happen when so much time has passed."""
        self.timers = (
            *(timer for timer in self.timers if timer.kind != kind),
            Timer(kind, self._when(wait)),
        )

    def _when(self, wait: model.Wait) -> datetime:
        if wait.unit == "office hours" and self.here.after_office_hours is not None:
            return self.here.after_office_hours(self.here.now, wait.amount)
        unit = "hours" if wait.unit == "office hours" else wait.unit
        return self.here.now + timedelta(**{unit: wait.amount})
