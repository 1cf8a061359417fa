"""From what a text wants to a draft and its preview, as the writer's phone is told it, with a code."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from bot.broadcast import drafts, order_codes, templates
from bot.broadcast.audience import Counted
from bot.broadcast.drafts import Change, Written, opened
from bot.broadcast.letters import Press
from bot.broadcast.order_reading import Meant
from bot.broadcast.order_words import Wish
from bot.broadcast.parts import Broadcasting
from bot.broadcast.phone_words import Speaker
from bot.broadcast.preview import Preview, preview, sample, token_of
from bot.broadcast.refused import EmptyAudience, MissingText
from bot.broadcast.when import moment_of, next_opening
from bot.broadcast.which_text import which
from bot.people.access import Who
from bot.people.desk import who_of
from bot.store import accounts, broadcasts, text_orders
from bot.store.accounts import Account
from bot.store.text_orders import ASKED, TextOrder
from bot.words.locales import LOCALES

URGENT: Final = frozenset({"snow_closure"})
_SHOWN: Final = 400
"""Letters of the text that are shown"""
_NAMED: Final = 3
"""People who may agree that are named"""


@dataclass(frozen=True, slots=True)
class Writer:
    """One person who orders by text, inside one transaction."""

    session: Session
    parts: Broadcasting
    who: Who
    account: Account
    words: Speaker
    now: datetime
    language_of: Callable[[str], str | None] = field(repr=False)
    """Which language a text is in, where that is sure"""

    def keep(self, row: TextOrder, told: Mapping[str, Any]) -> None:
        """Seal with an order what is needed to go on with it."""
        row.asked = self.parts.vault.seal(json.dumps(told), ASKED)

    def kept(self, row: TextOrder) -> dict[str, Any]:
        """What was sealed with it."""
        return dict(json.loads(self.parts.vault.open(row.asked, ASKED))) if row.asked else {}


def draft_for(writer: Writer, meant: Meant, wish: Wish) -> int:
    """A draft of what is wanted. Raises as `drafts.create`, and Unfilled."""
    language, texts = _texts(writer, wish)
    change = Change(
        audience=meant.audience,
        texts=dict(texts),
        language=language,
        title=f"{meant.label}: {wish.words}"[:80],
        topic="urgent" if wish.template in URGENT else "news",
    )
    made = drafts.create(writer.session, writer.parts, writer.who, change, template=wish.template)
    writer.session.flush()
    return made


def _texts(writer: Writer, wish: Wish) -> tuple[str, dict[str, Written]]:
    if wish.template is None:
        language = writer.language_of(wish.words) or writer.account.language
        return language, {language: Written(f"{wish.words}\n{{sender}}")}
    book = writer.parts.library.book
    found = {name: templates.filled(book, wish.template, wish.values, name) for name in LOCALES}
    return "en", {
        name: Written(one.body, "template", one.state == "reviewed" or name == "en")
        for name, one in found.items()
        if one.is_fit
    }


def offer(
    writer: Writer, row: TextOrder, draft_id: int, label: str, *, instead: str = "wait", first: str = ""
) -> str:
    """What the writer is told of a draft, with a fresh code; `instead`: for languages without a text."""
    shown = preview(writer.session, writer.parts, writer.who, draft_id, writer.now)
    lacking = next((one.languages for one in shown.problems if isinstance(one, MissingText)), ())
    lacking = lacking or tuple(one.language for one in shown.lines if one.choice is not None)
    if lacking:
        choice: Any = instead
        change = Change(missing=dict.fromkeys(lacking, choice))
        drafts.change(writer.session, writer.parts, writer.who, draft_id, change)
        writer.session.flush()
        shown = preview(writer.session, writer.parts, writer.who, draft_id, writer.now)
    if any(isinstance(one, EmptyAudience) for one in shown.problems):
        text_orders.discard(writer.session, draft_id)
        return " ".join(
            filter(None, [f"{label}: {writer.words.say('nobody')}", left_out(writer, shown.counted)])
        )
    code = order_codes.new_code()
    row.state, row.broadcast_id, row.token, row.tries = "offered", draft_id, shown.token, 0
    row.code_hash = order_codes.code_hash(writer.parts.vault, writer.who.account_id, draft_id, code)
    row.starts_at, row.expires_at = starts(shown, writer.now), writer.now + order_codes.LASTS
    writer.keep(row, {"label": label})
    text_orders.save(writer.session, row)
    return "\n".join(
        filter(None, [first, *_told(writer, shown, label, instead), writer.words.say("code", code=code)])
    )


def starts(shown: Preview, now: datetime) -> datetime | None:
    """When it would go out, at the clock of its place: the next morning in quiet hours; None: at once."""
    local = next_opening(now, shown.place)
    return moment_of(local, shown.place.zone) if local is not None else None


def _told(writer: Writer, shown: Preview, label: str, instead: str) -> list[str]:
    words, counted = writer.words, shown.counted
    dollars = f"{shown.micros / 1_000_000:.2f}"
    at = starts(shown, writer.now)
    return [
        f"{label}: {words.who(counted.families, counted.contacts)}. {words.counted(counted.by_language)}.",
        *_text_states(writer, shown, instead),
        left_out(writer, counted),
        words.say("cost", dollars=dollars) if shown.micros >= 10_000 else words.say("cheap"),
        words.say("goes_at", when=words.when(at, writer.now, shown.place.zone)) if at else "",
        agreeing(writer, shown.place.ids, "needs") if shown.needs_approval else "",
        words.say("reads", words=reading(writer, shown)),
    ]


def _text_states(writer: Writer, shown: Preview, instead: str) -> list[str]:
    words = writer.words
    row = broadcasts.by_id(writer.session, shown.broadcast_id)
    source, template = (row.language, row.template) if row else ("en", None)
    lacking = {one.language: one.recipients for one in shown.lines if one.choice is not None}
    unread = [one.language for one in shown.lines if one.state == "unreviewed" and one.choice is None]
    said = []
    if template is None:
        said.append(words.say("own_words", language=words.language(source)))
    else:
        name = "template_lacking" if lacking else "template"
        said.append(words.say(name, template=template_name(words, template)))
    if unread:
        said.append(words.say("not_checked", languages=words.languages(unread)))
    if lacking:
        name = "wait" if instead == "wait" else "instead"
        said.append(words.say(name, languages=words.counted(lacking)))
    return said


def template_name(words: Speaker, template: str) -> str:
    """What a template is called; a school's own by its name in the file."""
    name = f"template_{template}"
    return words.say(name) if words.has(name) else template.replace("_", " ")


def left_out(writer: Writer, counted: Counted) -> str:
    """Who gets nothing, by reason."""
    words = writer.words
    those = [f"{n} {words.say(reason)}" for reason, n in counted.left_out.items() if n and words.has(reason)]
    return words.say("left_out", those=", ".join(those)) if those else ""


def reading(writer: Writer, shown: Preview) -> str:
    """The text as a family reads it: in the writer's language where there is one, else the draft's own."""
    row = broadcasts.by_id(writer.session, shown.broadcast_id)
    if row is None:
        return ""
    draft = opened(writer.session, writer.parts, row)
    language = writer.account.language if writer.account.language in draft.texts else draft.language
    found = which(draft, language, withhold_unreviewed=False)
    if found is None or not found.body:
        return ""
    fields = sample(writer.session, writer.parts, draft, shown.place, writer.who)
    body = Press(writer.parts).letter(found, fields, language, is_new=False).body
    return body if len(body) <= _SHOWN else f"{body[:_SHOWN].rstrip()}..."


def agreeing(writer: Writer, school_ids: list[int], name: str) -> str:
    """Who may agree to an order to so many: administrators of all its schools, but for its writer."""
    every = accounts.administering(writer.session, school_ids)
    fit = [account for account in every if account.id != writer.who.account_id]
    names = [who_of(writer.parts.vault, one, []).name for one in fit[:_NAMED]]
    return writer.words.say(name, names=" / ".join(names)) if names else writer.words.say(f"{name}_nobody")


def is_touched(writer: Writer, row: TextOrder) -> bool:
    """Whether somebody went on with the draft in the pages: it is theirs then, and stays."""
    held = broadcasts.by_id(writer.session, row.broadcast_id or 0)
    if held is None or row.token is None:
        return True
    here = token_of(opened(writer.session, writer.parts, held), Counted({}, {}, 0, 0))
    return here.split("-")[2:] != row.token.split("-")[2:]


def give_up(writer: Writer, row: TextOrder) -> None:
    """End what waits, and remove its draft."""
    draft_id = row.broadcast_id if row.state == "offered" and not is_touched(writer, row) else None
    row.state, row.asked, row.broadcast_id, row.token, row.code_hash = "over", None, None, None, None
    text_orders.save(writer.session, row)
    if draft_id is not None:
        text_orders.discard(writer.session, draft_id)
