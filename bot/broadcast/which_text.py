"""Which words a reader of one language gets: the own text, or what was chosen where none is fit. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.broadcast.drafts import Choice, Draft

State = Literal["own", "reviewed", "unreviewed", "stale", "missing"]
"""own: of a person at the school; reviewed: a translation somebody stands for; stale: of an older text"""
UNFIT: Final = ("stale", "missing")


@dataclass(frozen=True, slots=True)
class Which:
    """The words for the readers of one language."""

    state: State
    language: str
    """The words' own language"""
    body: str = field(default="", repr=False)
    """Empty where there are none yet"""
    waits: bool = False
    """Until a translation is there"""
    is_machine: bool = False
    """Nobody has read it: the reader is told so"""
    choice: Choice | None = None

    @property
    def is_instead(self) -> bool:
        """Whether it is another language than the reader's."""
        return self.choice == "english"


def state_of(draft: Draft, language: str) -> State:
    """How it stands with the text for readers of a language."""
    text = draft.texts.get(language)
    if text is None:
        return "missing"
    if language in draft.stale:
        return "stale"
    if not text.reviewed:
        return "unreviewed"
    return "own" if text.origin == "staff" else "reviewed"


def which(draft: Draft, reader: str, *, withhold_unreviewed: bool) -> Which | None:
    """The words for readers of a locale; None where there are none fit and nothing is chosen.

    Whoever has not told a language reads the draft's own.
    """
    language = reader if reader != "?" else draft.language
    state = state_of(draft, language)
    text = draft.texts.get(language)
    chosen: Choice | None = draft.missing.get(language)
    held = state == "unreviewed" and withhold_unreviewed
    if text is not None and state not in UNFIT and not held:
        return Which(state, language, text.body, is_machine=state == "unreviewed")
    if chosen == "machine" and text is not None and text.origin == "machine" and state != "stale":
        return Which(state, language, text.body, is_machine=True, choice=chosen)
    if chosen == "wait":
        return Which(state, language, waits=True, choice=chosen)
    own = draft.texts.get(draft.language)
    if chosen == "english" and own is not None:
        return Which(state, draft.language, own.body, choice=chosen)
    return None


def fit_languages(draft: Draft, waiting: Mapping[str, int], *, withhold_unreviewed: bool) -> list[str]:
    """Of the languages that some wait for, those that have a text now."""
    found = ((one, which(draft, one, withhold_unreviewed=withhold_unreviewed)) for one in waiting)
    return [one for one, words in found if words is not None and not words.waits]
