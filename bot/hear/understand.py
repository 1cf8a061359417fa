"""All that is heard in one text: the language it is in, a command, small talk, a topic."""

import re
from dataclasses import dataclass

from bot.hear import language as languages
from bot.hear.heard import Heard
from bot.hear.topics import Guess, TopicFinder
from bot.words.plain import plain

_REACTION = re.compile(
    r"^(liked|loved|laughed at|emphasized|questioned|disliked|reacted \S+ to|"
    r"le gust[oó]|a .{1,40} le (gust[oó]|encant[oó])|me gust[oó]|reaccionó \S+ a)\s+[\"“«]",
    re.IGNORECASE,
)
_THUMBS = frozenset("👍🏻👍🏼👍🏽👍🏾👍🏿❤️🙏🏻🙏🏼🙏🏽🙏🏾🙏🏿😊👌🏻👌🏼👌🏽👌🏾👌🏿🙂😀💯✅")

_TELLING_WORDS = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """What one text is taken for. Each is None where it is not recognised."""

    language: str | None
    command: str | None
    small_talk: str | None
    topic: str | None
    near: tuple[str, ...] = ()
    is_telling: bool = False
    """Whether there is enough of the text to believe its language over what was known before"""


class Hearing:
    """Understands texts in every language that has a heard file. Built once; every call is pure."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self._finders = {locale: TopicFinder(language) for locale, language in heard.languages.items()}

    def understand(self, text: str, locale: str | None) -> Understood:
        """`locale`: the person's language where it is known; another is still understood."""
        said = plain(text)
        found = languages.which(text, self.heard)
        order = [one for one in (locale, found, "en") if one and one in self.heard.languages]
        order += [one for one in self.heard.languages if one not in order]
        guess = self._topic(said, [one for one in (locale, found) if one and one in self.heard.languages])
        return Understood(
            language=found,
            command=self._exact(said, order, "commands"),
            small_talk=self._reaction(text, said) or self._exact(said, order, "small_talk"),
            topic=guess.topic,
            near=guess.near,
            is_telling=len(said.split()) >= _TELLING_WORDS or guess.topic is not None,
        )

    def _exact(self, said: str, order: list[str], kind: str) -> str | None:
        for locale in order:
            name: str | None = getattr(self.heard.languages[locale], kind).get(said)
            if name is not None:
                return name
        return None

    def _reaction(self, text: str, said: str) -> str | None:
        is_emoji = not said and bool(text.strip()) and set(text.strip()) <= _THUMBS
        return "reaction" if is_emoji or _REACTION.match(text.strip()) else None

    def _topic(self, said: str, locales: list[str]) -> Guess:
        best = Guess(None)
        for locale in dict.fromkeys(locales):
            guess = self._finders[locale].find(said)
            if guess.topic is not None:
                return guess
            best = best if best.near else guess
        return best
