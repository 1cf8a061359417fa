"""Polls: one or two questions to many, answered by number or words, shown as counts of five or more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from sqlmodel import Session

from bot.broadcast import drafts
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Written, own_draft
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import NotYours, Refused
from bot.broadcast.sending import seen
from bot.broadcast.small_counts import both_shown
from bot.broadcast.templates import filled_phrase
from bot.people.access import Who
from bot.store import broadcast_moves as moves
from bot.store import broadcasts, poll_words, polls
from bot.store.poll_words import Question, Questions
from bot.store.polls import Poll
from bot.words.plain import plain

FEWEST_CHOICES, MOST_CHOICES = 2, 6
MOST_QUESTIONS: Final = 2
_LONGEST_CHOICE: Final = 40


class PollRefused(Refused):
    """The questions cannot be asked so: `why` is a word of ours, `language` where it is."""

    field: ClassVar[str] = "questions"

    def __init__(self, why: str, language: str) -> None:
        super().__init__(f"{why} ({language})")
        self.why, self.language = why, language


class AlreadyReminded(Refused):
    """Those who have not answered were reminded once; nobody is asked a third time."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answers of one question, None where they would tell of fewer than five families.

    Each line is the counts of the choices and at the end their sum; the line "" is all families.
    """

    question: Mapping[str, Question]
    by_language: Mapping[str, Sequence[int | None]]
    by_school: Mapping[str, Sequence[int | None]]
    """By the id of the school"""


def check_questions(questions: Questions) -> None:
    """Raises PollRefused."""
    shape = [len(one.choices) for one in questions.by_language.get(questions.source, ())]
    if not 1 <= len(shape) <= MOST_QUESTIONS:
        raise PollRefused("one_or_two_questions", questions.source)
    for language, asked in questions.by_language.items():
        if [len(one.choices) for one in asked] != shape:
            raise PollRefused("other_choices_than_the_first_language", language)
        for number, one in enumerate(asked):
            if why := _wrong(one, is_second=number > 0):
                raise PollRefused(why, language)


def _wrong(question: Question, *, is_second: bool) -> str | None:
    choices = question.choices
    said = [plain(one) for one in choices]
    bare = (*choices, question.text if is_second else "")
    wrong = {
        "no_question": not question.text.strip(),
        "two_to_six_choices": not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES,
        "a_choice_is_empty_or_long": not all(said)
        or any(len(one) > _LONGEST_CHOICE or "\n" in one for one in choices),
        "two_choices_are_alike": len(set(said)) < len(said),
        "a_choice_is_a_number": any(re.fullmatch(r"\d+", one) for one in said),
        "no_merge_fields_here": any({"{", "}"} & set(one) for one in bare),
    }
    return next((why for why, is_so in wrong.items() if is_so), None)


def ask(session: Session, parts: Broadcasting, who: Who, draft_id: int, questions: Questions) -> None:
    """Let a draft ask these questions: its texts become the first one with its numbered choices.

    Raises PollRefused, and what changing a draft raises.
    """
    check_questions(questions)
    row = own_draft(session, who, draft_id)
    _write(session, parts, who, draft_id, questions, intro=None)
    _keep(session, parts, row.id or 0, questions, reminds_of=None)


def remind(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> int:
    """A draft to those who answered nothing, once; it goes the way of every draft. Returns its id.

    Raises NotYours, AlreadyReminded.
    """
    row = seen(session, who, broadcast_id)
    poll = polls.by_id(session, broadcast_id)
    if poll is None:
        raise NotYours("this broadcast asks nothing")
    before = polls.reminder_of(session, broadcast_id)
    old = broadcasts.by_id(session, before.broadcast_id) if before is not None else None
    if old is not None and old.state == moves.THROWN:
        polls.forget(session, old.id or 0)
    if poll.reminds_of is not None or polls.reminder_of(session, broadcast_id) is not None:
        raise AlreadyReminded("they were reminded before")
    questions = _questions(parts, poll)
    silent = Audience(contacts=frozenset(polls.without_answer(session, broadcast_id)))
    change = Change(
        audience=silent, language=row.language, missing=drafts.opened(session, parts, row).missing
    )
    draft_id = drafts.create(session, parts, who, change, template="poll_reminder")
    _write(session, parts, who, draft_id, questions, intro="poll_reminder")
    _keep(session, parts, draft_id, questions, reminds_of=broadcast_id)
    return draft_id


def questions_of(session: Session, parts: Broadcasting, broadcast_id: int) -> Questions | None:
    """What a broadcast that somebody may see asks; None where it asks nothing."""
    poll = polls.by_id(session, broadcast_id)
    return _questions(parts, poll) if poll is not None else None


def results(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> list[Results]:
    """What families answered, question by question. Raises NotYours."""
    seen(session, who, broadcast_id)
    poll = polls.by_id(session, broadcast_id)
    if poll is None:
        raise NotYours("this broadcast asks nothing")
    questions = _questions(parts, poll)
    first = poll.reminds_of or broadcast_id
    return [_counted(session, first, questions, number, size) for number, size in enumerate(poll.sizes)]


def _counted(session: Session, broadcast_id: int, questions: Questions, number: int, size: int) -> Results:
    by_language: dict[str, list[int]] = {}
    by_school: dict[str, list[int]] = {}
    for _, choice, language, school_id in polls.family_answers(session, broadcast_id, number):
        by_language.setdefault(language, [0] * size)[choice] += 1
        by_school.setdefault(str(school_id), [0] * size)[choice] += 1
    languages, schools = both_shown(by_language, by_school)
    asked = {language: all_[number] for language, all_ in questions.by_language.items()}
    return Results(asked, languages, schools)


def _questions(parts: Broadcasting, poll: Poll) -> Questions:
    return poll_words.from_json(parts.vault.open(poll.questions, poll_words.QUESTIONS))


def _write(
    session: Session, parts: Broadcasting, who: Who, draft_id: int, questions: Questions, *, intro: str | None
) -> None:
    texts: dict[str, Written | None] = {}
    for language, asked in questions.by_language.items():
        book = parts.library.book
        before = filled_phrase(book, intro, {}, language).body if intro else ""
        how = filled_phrase(book, "poll_how", {}, language).body
        texts[language] = Written("\n\n".join(filter(None, (before, asked[0].as_text, how))))
    drafts.change(session, parts, who, draft_id, Change(texts=texts, language=questions.source))


def _keep(
    session: Session, parts: Broadcasting, broadcast_id: int, questions: Questions, *, reminds_of: int | None
) -> None:
    sealed = parts.vault.seal(poll_words.to_json(questions), poll_words.QUESTIONS)
    _, asked = questions.fit(questions.source)
    poll = Poll(
        broadcast_id=broadcast_id,
        questions=sealed,
        sizes=[len(one.choices) for one in asked],
        closes_at=parts.clock() + polls.OPEN,
        reminds_of=reminds_of,
    )
    polls.create(session, poll)
