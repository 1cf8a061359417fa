"""No answer in English is longer than a family wants to read and a school wants to pay for."""

from tests.talks.costs import Answer, answers

SEGMENTS = 3
"""What one answer in English may cost: 459 letters"""
LONGER = 4
"""With the source and the day of a right, or with the notice that a first text must carry"""
SEVERAL_QUESTIONS = {"other_part/form_first": 6}
"""Two whole answers to two questions of one text: 3 for the dates and 4 for the right would be allowed"""


def budget(answer: Answer) -> int:
    """How many segments this answer may cost."""
    if answer.talk in SEVERAL_QUESTIONS:
        return SEVERAL_QUESTIONS[answer.talk]
    carries_more = "Source: " in answer.words or "Msg & data rates may apply" in answer.words
    return LONGER if carries_more else SEGMENTS


def test_no_english_answer_costs_more_than_its_budget() -> None:
    """Shorten the texts it is made of, or put a long list behind a choice; never the source or the person."""
    over = [
        f"{one.talk}, exchange {one.number}: {one.segments} segments, {budget(one)} are allowed"
        for one in answers()
        if one.language == "en" and one.segments > budget(one)
    ]
    assert not over, "\n".join(["", *over])


def test_what_may_be_longer_still_is() -> None:
    """An exception that nothing needs any more is taken away."""
    needed = {one.talk for one in answers() if one.segments > LONGER}
    assert SEVERAL_QUESTIONS.keys() <= needed
