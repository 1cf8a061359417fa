"""Turns what a turn wants said into the one text that goes out."""

from collections.abc import Iterable

from bot.flow.turn import Effect, Offered, Say


def as_sms(effects: Iterable[Effect]) -> str:
    """One body for all that is said: choices as numbered lines, list lines close together."""
    said = [effect for effect in effects if isinstance(effect, Say)]
    body = ""
    for index, say in enumerate(said):
        close = index > 0 and (_is_line(say) or (say.where == said[index - 1].where))
        body += ("" if not body else "\n" if close else "\n\n") + _with_choices(say.text, say.choices)
    return body


def _is_line(say: Say) -> bool:
    return say.where.endswith("/each.say")


def _with_choices(text: str, choices: tuple[Offered, ...]) -> str:
    return "\n".join([text, *(f"{number} {one.label}" for number, one in enumerate(choices, 1))])
