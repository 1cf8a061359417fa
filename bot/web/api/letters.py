"""From what a program asked for to a letter of a broadcast, and from a preview to what it is told."""

from bot.broadcast.at_once import Letter, When
from bot.broadcast.drafts import Change, Written
from bot.broadcast.preview import Line, Preview
from bot.broadcast.sending import Sent
from bot.broadcast.template_texts import texts_of, topic_of
from bot.broadcast.templates import Unfilled, templates
from bot.web.api.audiences import Found, read_audience
from bot.web.api.models import (
    AttendanceAsked,
    BroadcastAsked,
    LetterAsked,
    LineTold,
    Obstacle,
    PreviewTold,
    Reached,
    SentTold,
)
from bot.web.api.operations import Call
from bot.web.api.problems import Problem
from bot.web.api.refusals import name_of, place_of


def read_letter(call: Call, asked: LetterAsked) -> tuple[Letter, Found]:
    """Raises Problem 422."""
    found = read_audience(call, asked.audience)
    texts, topic = _texts(call, asked), asked.topic
    if topic is None:
        topic = topic_of(asked.template) if asked.template else "news"
    change = Change(
        audience=found.audience,
        texts=dict(texts),
        language=asked.language,
        title=asked.title or asked.template,
        topic=topic,
        day=asked.day,
    )
    return Letter(change, asked.template, asked.if_no_text), found


def read_when(asked: BroadcastAsked | AttendanceAsked) -> When:
    """When it goes out."""
    return When(None if asked.when == "now" else asked.when, asked.if_quiet)


def _texts(call: Call, asked: LetterAsked) -> dict[str, Written]:
    if (asked.template is None) == (not asked.texts):
        told = [{"field": "/template", "detail": "Either a template or texts."}]
        raise Problem(422, "template-or-texts", errors=told)
    if asked.template is None:
        return {locale: Written(body) for locale, body in asked.texts.items()}
    book = call.parts.library.book
    try:
        return texts_of(book, asked.template, asked.values)
    except KeyError:
        names = [one.name for one in templates(book)]
        told = [{"field": "/template", "detail": "There is no such template."}]
        raise Problem(422, "no-template", errors=told, templates=names) from None
    except Unfilled as error:
        told = [{"field": f"/values/{error.name}", "detail": f"A {error.kind} is needed."}]
        raise Problem(422, "value", errors=told) from None


def reached(shown: Preview) -> Reached:
    """Whom it reaches, as counts."""
    counted = shown.counted
    return Reached(
        recipients=counted.contacts,
        families=counted.families,
        by_language=dict(counted.by_language),
        left_out=dict(counted.left_out),
    )


def told_preview(shown: Preview, found: Found) -> PreviewTold:
    """What would go out."""
    return PreviewTold(
        preview=shown.token,
        reached=reached(shown),
        texts=[_line(line) for line in shown.lines],
        segments=shown.segments,
        price_usd=round(shown.micros / 1_000_000, 4),
        needs_approval=shown.needs_approval,
        problems=[
            Obstacle(type=name_of(one), field=place_of(one), detail=str(one)) for one in shown.problems
        ],
        unknown_students=found.unknown_students,
    )


def told_sent(shown: Preview, sent: Sent, unknown_students: list[str]) -> SentTold:
    """What goes out."""
    return SentTold.model_validate(
        {
            "id": sent.broadcast_id,
            "state": sent.state,
            "starts_at": sent.starts_at,
            "reached": reached(shown),
            "unknown_students": unknown_students,
        }
    )


def _line(line: Line) -> LineTold:
    return LineTold(
        language=line.language,
        state=line.state,
        recipients=line.recipients,
        body=line.body,
        segments=line.segments,
        encoding=line.encoding,
        waits=line.waits,
    )
