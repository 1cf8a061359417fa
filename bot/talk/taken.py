"""One text that is being answered inside its transaction: what came, and what it turned out to be."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.flow.turn import Here
from bot.hear.language import is_mostly
from bot.hear.private import volunteers_status
from bot.hear.understand import Understood
from bot.ports import Channel, Lane
from bot.store.standing import Standing
from bot.talk.effects import Exchange
from bot.talk.surroundings import here as here_of

Outcome = Literal["answered", "quiet", "repeat"]

UNSEEN = frozenset(
    {"private", "while_stopped", "abroad", "automatic", "loop", "too_many", "last_word", "from_staff"}
)
"""Heard so, a text's pictures are deleted at the carrier and not fetched"""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it came in, whatever carried it."""

    sid: str
    sender: str = field(repr=False)
    """E.164; no error message may ever show it, nor what was said"""
    body: str = field(repr=False)
    channel: Channel = "sms"
    payload: str | None = field(default=None, repr=False)
    media: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(address, media type)"""
    media_listed: int = 0
    """Files that the carrier's list counts without saying where they are"""
    came_at: datetime | None = None
    """When the carrier got it, where it was fetched from its list; None: just now"""
    opt_out_type: str | None = None
    has_location: bool = False

    @property
    def is_late(self) -> bool:
        """Fetched late: texts of hours come at once then, which says nothing of who sent them."""
        return self.came_at is not None

    @property
    def is_choice(self) -> bool:
        """Whether a button or row of ours was tapped (flow/step/choice, see bot.talk.tapping)."""
        return self.payload is not None and self.payload.count("/") == 2

    @property
    def files(self) -> int:
        """How many pictures, voice notes or papers came with it."""
        return len(self.media) or self.media_listed

    @property
    def is_wordless(self) -> bool:
        """A picture, a voice note or a place, without a word."""
        return not self.body.strip() and (bool(self.files) or self.has_location)


class Taken:
    """One text being answered inside its transaction."""

    def __init__(self, exchange: Exchange, text: Text, body: str, standing: Standing) -> None:
        """`body` is the text as it is read: tidied. `standing` is as it was when the text came."""
        self.exchange, self.text, self.body, self.standing = exchange, text, body, standing
        self.talk, self.session = exchange.talk, exchange.session
        self.contact, self.now = exchange.contact, exchange.now
        self.heard_as = "text"
        self.thread_id: int | None = None
        self.rings: tuple[Lane, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether what came with the text may be fetched for a person to see."""
        return self.heard_as not in UNSEEN and not volunteers_status(self.body)

    def here(self) -> Here:
        """What is known of whoever wrote, as it is by now."""
        return here_of(self.talk, self.session, self.contact, self.now)

    def quiet(self, why: str) -> Outcome:
        """Kept and counted as `why`; nothing is said."""
        self.heard_as = why
        self.exchange.count(f"heard/{why}")
        return "quiet"

    def learn_language(self, understood: Understood) -> None:
        """The language she writes in wins over the roster's guess, never over her own choice."""
        found, contact = understood.language, self.contact
        if found is None or contact.language_source == "chosen":
            return
        if found == contact.language:
            # She writes it herself: it stays hers even when the roster turns out to mean somebody else.
            contact.language_source = "heard"
            return
        heard = self.talk.library.hearing.heard
        if contact.language not in (None, *heard.languages) and not is_mostly(self.body, found, heard):
            # A language that we do not hear: one of its words may be a word of another by chance.
            return
        if contact.language is None or understood.is_telling:
            contact.language, contact.language_source = found, "heard"
