"""All that is heard in one text: the language it is in, a command, small talk, a topic."""

from dataclasses import dataclass
from functools import partial

from bot.hear import language as languages
from bot.hear import several
from bot.hear.heard import Heard
from bot.hear.reactions import is_reaction
from bot.hear.topics import PERSON, Guess, TopicFinder
from bot.words.phrases import known_phrases
from bot.words.plain import plain

_TELLING_WORDS = 3
_POLITE = "polite"
_SAYS_MOST = ("thanks", "hello", "ok")
"""Of several small phrases the one that is answered"""
MOST_TOPICS = 3
OTHER_PART = "other_part"
"""The topic of what else was asked and not understood: it is offered to a person, not dropped"""


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
    also: tuple[str, ...] = ()
    """Further topics of the same text, in their order"""


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
        locales = [one for one in (locale, found) if one and one in self.heard.languages]
        command = self._exact(said, order, "commands")
        small_talk = "reaction" if is_reaction(text) else self._small_talk(said, order)
        guess = self._topic(said, locales)
        also: tuple[str, ...] = ()
        if command is None and small_talk is None:
            guess, also = self._topics(text, guess, locales, order)
        return Understood(
            language=found,
            command=command,
            small_talk=small_talk,
            topic=guess.topic,
            near=guess.near,
            is_telling=len(said.split()) >= _TELLING_WORDS or guess.topic is not None,
            also=also,
        )

    def _topics(
        self, text: str, whole: Guess, locales: list[str], order: list[str]
    ) -> tuple[Guess, tuple[str, ...]]:
        """The topic of a text, and what else it asks.

        A text that is sure as a whole is not parted, unless it certainly asks more than one thing.
        """
        found = several.parts(text)
        if len(found) < 2 or (whole.topic is not None and not several.has_several_questions(found)):
            return whole, ()
        topics: list[str] = []
        left_over = False
        for part in found:
            said = plain(part.text)
            topic = self._topic(said, locales).topic
            if topic is not None:
                topics.append(topic)
            elif part.asks and self._small_talk(said, order) is None:
                left_over = True
        topics = list(dict.fromkeys(topics))
        if not topics:
            return whole, ()
        if PERSON in topics:
            # Last: who is there reads all of it, and until then the bot is quiet
            others = [topic for topic in topics if topic != PERSON]
            topics = [*others[: MOST_TOPICS - 1], PERSON]
        elif left_over or len(topics) > MOST_TOPICS:
            topics = [*topics[:MOST_TOPICS], OTHER_PART]
        return Guess(topics[0]), tuple(topics[1:])

    def _small_talk(self, said: str, order: list[str]) -> str | None:
        """Its kind, where the text is one small phrase or nothing but several: "thank you god bless"."""
        whole = self._exact(said, order, "small_talk")
        if whole is not None or not said:
            return whole
        kinds = {kind for _, kind in known_phrases(said, partial(self._kind_of_phrase, order))}
        return next((kind for kind in _SAYS_MOST if kind in kinds), None) if None not in kinds else None

    def _kind_of_phrase(self, order: list[str], phrase: str) -> str | None:
        kind = self._exact(phrase, order, "small_talk")
        if kind is None and any(phrase in self.heard.answer_words(one, "polite") for one in order):
            return _POLITE
        return kind

    def _exact(self, said: str, order: list[str], kind: str) -> str | None:
        for locale in order:
            name: str | None = getattr(self.heard.languages[locale], kind).get(said)
            if name is not None:
                return name
        return None

    def _topic(self, said: str, locales: list[str]) -> Guess:
        best = Guess(None)
        for locale in dict.fromkeys(locales):
            guess = self._finders[locale].find(said)
            if guess.topic is not None:
                return guess
            best = best if best.near else guess
        return best
