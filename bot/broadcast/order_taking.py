"""An order by text on its way to a code: whom it means, what it says, what is lacking or in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.broadcast import audience as audiences
from bot.broadcast import order_codes, templates, wording
from bot.broadcast.audience import Audience
from bot.broadcast.order_offer import Writer, draft_for, give_up, offer
from bot.broadcast.order_reading import Meant, Order, Read, Reader, Unknown, Which
from bot.broadcast.order_words import BY_TEXT, Wish, read_wish, template_of, with_answer
from bot.broadcast.phone_words import EXAMPLE
from bot.broadcast.place import Place, place_of
from bot.broadcast.refused import Refused, TooLong, UnknownField
from bot.broadcast.when import moment_of, next_opening
from bot.store import text_orders
from bot.store.audience_ways import Within
from bot.store.text_orders import TextOrder

MOST_OPTIONS: Final = 9
_ALL: Final = Audience(everyone=True)


@dataclass(frozen=True, slots=True)
class Taking:
    """One text of one writer; every answer is the words for the phone."""

    writer: Writer
    row: TextOrder | None

    def order(self, body: str, *, is_strict: bool) -> str | None:
        """What an order comes to; None where this is none.

        `is_strict`: the writer has other things to text too, so only what cannot be anything else counts.
        """
        if is_strict and body.rstrip().endswith("?"):
            return None
        reader = Reader(audiences.choices(self.writer.session, self._within()))
        read = reader.read(body)
        if not self._counts(read, body, is_strict=is_strict):
            return None
        if read is None:
            everybody = replace(reader.all, label=self._say("everybody"))
            return self._which(self._say("whose"), [*reader.classes[: MOST_OPTIONS - 1], everybody], body)
        if isinstance(read, Order):
            return self._wish(self._begin(), read.meant, read.words)
        if isinstance(read, Which):
            return self._which(self._say("which"), list(read.options), read.words)
        return self._unknown(reader, read) if isinstance(read, Unknown) else self._say("mixed")

    def _counts(self, read: Read | None, body: str, *, is_strict: bool) -> bool:
        """Whether a text is an order at all."""
        words = body if read is None else read.words
        if template_of(words, self._templates(), self._today()) is not None:
            return read is not None or not is_strict
        if isinstance(read, Order):
            is_bare = read.meant.audience.everyone or is_strict
            return (read.is_clear or not is_bare) and (bool(read.words) or not is_strict)
        if isinstance(read, Which):
            return read.is_clear or not is_strict
        return read is not None and not is_strict

    def asked_back(self, row: TextOrder, said: str, body: str) -> str | None:
        """The answer to our question: which of several, or what a template lacks. None: it is no answer."""
        held = self.writer.kept(row)
        if "options" in held:
            if not said.isdigit():
                return None
            options = [_meant(one) for one in held["options"]]
            if not 1 <= int(said) <= len(options):
                return self._say("which_again")
            return self._wish(row, options[int(said) - 1], held["words"])
        meant, wish = _meant(held["meant"]), _wish_of(held["wish"])
        template = templates.template(self.writer.parts.library.book, wish.template or "")
        filled = with_answer(wish, template, body, self._today(meant.audience))
        return None if filled == wish else self._proceed(row, meant, filled)

    def _unknown(self, reader: Reader, read: Unknown) -> str:
        first = self._say("unknown", **{"class": read.said})
        if read.near and read.words:
            return self._which(f"{first} {self._say('meant')}", list(read.near), read.words)
        names = ", ".join(one.label for one in reader.classes[:MOST_OPTIONS])
        return f"{first} {self._say('yours', classes=names) if names else self._say('no_classes')}"

    def _which(self, question: str, options: list[Meant], words: str) -> str:
        """Ask back, with numbers."""
        some = options[:MOST_OPTIONS]
        self._ask(self._begin(), {"options": [_told(one) for one in some], "words": words})
        return f"{question}\n{self.writer.words.numbered([one.label for one in some])}"

    def _wish(self, row: TextOrder, meant: Meant, words: str) -> str:
        wish = read_wish(words, self._templates(), self._today(meant.audience))
        if wish is None:
            return self._say("say_what", example=f"{meant.label} {EXAMPLE.partition(' ')[2]}")
        return self._proceed(row, meant, wish)

    def _proceed(self, row: TextOrder, meant: Meant, wish: Wish) -> str:
        """A draft and its code, or what stands in the way."""
        wrong = self._wrong_days(meant, wish)
        if wrong is None and wish.lacks is not None:
            return self._lacking(row, meant, wish)
        if wrong is not None:
            return wrong
        try:
            if wish.template is None:
                wording.check(wish.words, "")
            draft_id = draft_for(self.writer, meant, wish)
        except (Refused, templates.Unfilled) as error:
            return self._refused(error)
        return offer(self.writer, row, draft_id, meant.label)

    def _lacking(self, row: TextOrder, meant: Meant, wish: Wish) -> str:
        if wish.lacks not in BY_TEXT:
            return self._say("in_pages")
        told = {"template": wish.template, "words": wish.words, "values": dict(wish.values)}
        self._ask(row, {"meant": _told(meant), "wish": {**told, "lacks": wish.lacks}})
        return self._say(f"ask_{wish.lacks}")

    def _refused(self, error: Exception) -> str:
        if isinstance(error, TooLong):
            return self._say("too_long", most=str(error.most))
        return self._say("braces" if isinstance(error, UnknownField) else "not_possible")

    def _wrong_days(self, meant: Meant, wish: Wish) -> str | None:
        """A day that is past or is no such weekday, and one that would be another when the text goes out."""
        words, today = self.writer.words, self._today(meant.audience)
        for one in wish.days:
            if one.is_wrong:
                weekday, _, said = words.day(one.day).partition(", ")
                return words.say("wrong_day", said=said, weekday=weekday)
            if one.day < today:
                return words.say("past_day", day=words.day(one.day))
        return self._too_late(meant, wish, today)

    def _too_late(self, meant: Meant, wish: Wish, today: date) -> str | None:
        words, now, place = self.writer.words, self.writer.now, self._place(meant.audience)
        opens = next_opening(now, place)
        if not wish.days or opens is None:
            return None
        when, then = words.when(moment_of(opens, place.zone), now, place.zone), opens.date()
        if wish.template is None:
            is_near = then != today and any(one.is_near for one in wish.days)
            return words.say("near_day", when=when) if is_near else None
        first = wish.days[0].day
        return words.say("too_late", when=when, day=words.day(first)) if first < then else None

    def _say(self, name: str, **values: str) -> str:
        return self.writer.words.say(name, **values)

    def _templates(self) -> list[templates.Template]:
        return templates.templates(self.writer.parts.library.book)

    def _begin(self) -> TextOrder:
        """The row of a new order; what waited before is over."""
        row = self.row or text_orders.first(self.writer.who.account_id, self.writer.now)
        give_up(self.writer, row)
        return row

    def _ask(self, row: TextOrder, told: Mapping[str, Any]) -> None:
        row.state, row.expires_at = "asking", self.writer.now + order_codes.LASTS
        self.writer.keep(row, told)
        text_orders.save(self.writer.session, row)

    def _within(self) -> Within:
        return audiences.reach_of(self.writer.session, self.writer.who)

    def _place(self, audience: Audience) -> Place:
        return place_of(self.writer.session, audience, self._within())

    def _today(self, audience: Audience = _ALL) -> date:
        return _day(self.writer.now, self._place(audience).zone)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _told(meant: Meant) -> dict[str, Any]:
    return {"label": meant.label, "audience": meant.audience.written()}


def _meant(told: Mapping[str, Any]) -> Meant:
    return Meant(told["label"], Audience(**told["audience"]))


def _wish_of(told: Mapping[str, Any]) -> Wish:
    return Wish(told["template"], told["words"], told["values"], told["lacks"])
