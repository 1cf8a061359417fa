"""What a text asks about: by how like it is to what parents are known to say of each topic.

Two topics close to each other, or a weak best one, are not answered but offered: a wrong answer about
a right harms a family.
"""

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
CAREFUL = frozenset(
    """rights enroll_without_papers interpreter status_question social_security birth_certificate
    proof_of_address vaccine_rule head_start iep_interpreter family_meetings english_help english_letter
    english_opt_out evaluation iep_changes plan_504 records directory_information who_sees_records suspension
    suspension_iep bullying complain meals homeless own_status legal_help enforcement my_data erase_data
    wrong_number no_tips child_danger self_harm medicine""".split()  # noqa: SIM905 - a list of 35 lines
)
"""Topics on which a wrong answer harms or alarms a family: they must be surer than the others"""
NEAR = 0.5
_PIECES_WEIGHT = 1.3


@dataclass(frozen=True, slots=True)
class Guess:
    """The topic where it is sure, and the nearest ones where it is not."""

    topic: str | None
    near: tuple[str, ...] = ()


class TopicFinder:
    """Finds the topic of a text in one language. Compared examples are made ready at the first text."""

    def __init__(self, language: Language) -> None:
        self._topics = language.topics
        self._folding = Folding(language)
        self._find = lru_cache(maxsize=1024)(self._search)

    def find(self, said: str) -> Guess:
        """The topic of a text given in plain letters (bot.words.plain)."""
        return self._find(said)

    @cached_property
    def _measures(self) -> tuple[ByWords, ByPieces]:
        folded = self._folding.folded
        topics = {topic: [folded(said) for said in all_] for topic, all_ in self._topics.items()}
        return ByWords(topics), ByPieces(topics)

    def _search(self, said: str) -> Guess:
        if not said or not self._topics:
            return Guess(None)
        by_words, by_pieces = self._measures
        folded = self._folding.folded(said)
        scores = by_words.scores(folded)
        for topic, score in by_pieces.scores(folded).items():
            scores[topic] = scores.get(topic, 0.0) + _PIECES_WEIGHT * score
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
        (topic, best), (_, second) = (*ranked, ("", 0.0), ("", 0.0))[:2]
        if 2 * best - second >= (SURE_OF_A_RIGHT if topic in CAREFUL else SURE):
            return Guess(topic)
        return Guess(None, tuple(topic for topic, score in ranked if score >= NEAR))
