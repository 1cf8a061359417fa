"""The phones page: some invented people side by side, each with SMS and WhatsApp."""

import re
from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    get_template_attribute,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from bot.carrier.local.config import Phone
from bot.carrier.local.create import parse_address
from bot.carrier.local.inbound import Typed, receive
from bot.carrier.local.pictures import made_up
from bot.carrier.local.state import carrier
from bot.carrier.local.view import STARTERS, PhoneView, bill, own_name, phone_view, spaced, tappable
from bot.ports import Channel

phones = Blueprint("phones", __name__)

_LONGEST: Final = 1600
_MOST_PHONES: Final = 12
_MAP: Final = "https://maps.example/?q=30.2672,-97.7431"


@phones.get("/")
def page() -> str:
    """All phones; works without a script by forms, a link and an optional refresh."""
    here = carrier()
    version = here.ledger.version
    return render_template(
        "phones.html",
        phones=_views(),
        bill=bill(here.ledger),
        number=spaced(here.config.number),
        version=version,
        languages=[(tag, own_name(tag)) for tag in STARTERS],
        on_whatsapp=request.args.getlist("whatsapp", int),
        refresh=min(60, max(0, request.args.get("refresh", 0, int))),
    )


@phones.get("/phones/changes")
def changes() -> Response | tuple[str, int]:
    """The threads again when something changed since `?since=`, else 204."""
    ledger = carrier().ledger
    version = ledger.version
    if request.args.get("since", type=int) == version:
        return "", 204
    bubbles = get_template_attribute("thread.html", "bubbles")
    chips = get_template_attribute("thread.html", "chips")
    threads = {
        f"{view.index}-{thread.channel}": {
            "bubbles": bubbles(thread),
            "chips": chips(view, thread),
        }
        for view in _views()
        for thread in view.threads
    }
    total = get_template_attribute("thread.html", "total")(bill(ledger))
    return jsonify({"version": version, "bill": total, "threads": threads})


@phones.post("/phones/<int:index>/texts")
def write(index: int) -> AnyResponse:
    """The person sends what stands in the form: a text, a tap, a picture or a place."""
    phone = _phone(index)
    channel: Channel = "whatsapp" if request.form.get("channel") == "whatsapp" else "sms"
    typed = _typed(phone, channel)
    if typed is not None:
        receive(carrier(), typed, request.host_url.rstrip("/"))
    if request.headers.get("X-Requested-With") == "phones":
        return Response(status=204)
    shown = index if channel == "whatsapp" else None
    return redirect(url_for("phones.page", whatsapp=shown, _anchor=f"phone-{index}"), 303)


@phones.post("/phones")
def add() -> AnyResponse:
    """One more phone: any number may write, also one that the school does not know."""
    here = carrier()
    number = re.sub(r"[\s().-]", "", request.form.get("number", ""))
    language = request.form.get("language", "")
    side = parse_address(number)
    if side is None or side.channel != "sms" or language not in STARTERS:
        abort(400, "A number like +1 512 555 0123 and one of the languages are needed.")
    numbers = [phone.number for phone in here.phones]
    if number not in numbers:
        if len(numbers) >= _MOST_PHONES:
            abort(400, "That is more phones than a page can show.")
        here.phones.append(Phone(number, language, request.form.get("name", "")[:40] or "Somebody"))
        numbers.append(number)
    return redirect(url_for("phones.page", _anchor=f"phone-{numbers.index(number)}"), 303)


@phones.get("/media/<sid>/<int:place>")
def media(sid: str, place: int) -> Response:
    """What came with a text, as the phone itself still has it."""
    text = carrier().ledger.find(sid)
    if text is None or place >= len(text.media):
        abort(404)
    kind = text.media[place]
    content, kind = (text.fetched[place], kind) if text.fetched else made_up(kind)
    return Response(content, mimetype=kind)


def _views() -> list[PhoneView]:
    here = carrier()
    return [phone_view(i, phone, here.ledger) for i, phone in enumerate(here.phones)]


def _phone(index: int) -> Phone:
    known = carrier().phones
    if index >= len(known):
        abort(404)
    return known[index]


def _typed(phone: Phone, channel: Channel) -> Typed | None:
    """What the form says the person did; None for an empty text."""
    body = request.form.get("body", "").strip()[:_LONGEST]
    what = request.form.get("do", "text")
    choice = request.form.get("choice")
    if choice:
        return _tapped(phone, channel, choice)
    if what == "picture":
        return Typed(phone.number, body, channel, media=("image/png",), name=phone.name)
    if what == "location" and channel == "whatsapp":
        return Typed(phone.number, "", channel, has_location=True, name=phone.name)
    if what == "location":
        # SMS knows no place; a phone sends a link to a map instead.
        return Typed(phone.number, _MAP, channel, name=phone.name)
    starter = request.form.get("starter", "").strip()[:_LONGEST]
    return Typed(phone.number, starter or body, channel, name=phone.name) if starter or body else None


def _tapped(phone: Phone, channel: Channel, choice: str) -> Typed | None:
    """A button or a row: what stands behind it comes back with its label, as WhatsApp sends both."""
    texts = carrier().ledger.of_person(phone.number)
    ours = [text for text in texts if text.kind == "sent" and text.channel == channel]
    for chip in tappable(ours[-1]) if ours else ():
        if chip.value == choice:
            is_row, name = bool(ours[-1].opens), phone.name
            return Typed(phone.number, chip.label, channel, chip.value, from_list=is_row, name=name)
    return None
