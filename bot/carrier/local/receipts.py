"""What becomes of an accepted text: sent, delivered or not, and the callbacks that tell it.

Fields of a callback: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.
There is none for the first status (queued).
"""

from datetime import timedelta
from functools import partial
from typing import Final

from bot.carrier.local.ledger import Text
from bot.carrier.local.school_media import fetch
from bot.carrier.local.state import LocalCarrier
from bot.carrier.twilio.rest import address

Step = tuple[str, int | None]
"""A status and its error code"""

_WHATSAPP_WINDOW: Final = timedelta(hours=24)
_SHUFFLE_MS: Final = (0, 500)


def begin(carrier: LocalCarrier, text: Text) -> None:
    """Let the text take its way; with the `early` habit all of it happens before this returns."""
    if text.media_urls:
        carrier.later.after(0.0, partial(_fetch_first, carrier, text))
    else:
        _on_its_way(carrier, text, _steps(carrier, text))


def _fetch_first(carrier: LocalCarrier, text: Text) -> None:
    """A text whose media cannot be had fails (https://www.twilio.com/docs/api/errors/63019 and 11200)."""
    code = 63019 if text.channel == "whatsapp" else 11200
    steps: list[Step] = _steps(carrier, text) if fetch(text) else [("failed", code)]
    _on_its_way(carrier, text, steps)


def _on_its_way(carrier: LocalCarrier, text: Text, steps: list[Step]) -> None:
    if "early" in carrier.dice.switches.callbacks:
        for step in steps:
            _reach(carrier, text, step)
        return
    _plan(carrier, text, steps, carrier.config.sent_after)


def _plan(carrier: LocalCarrier, text: Text, steps: list[Step], seconds: float) -> None:
    carrier.later.after(seconds, partial(_go, carrier, text, steps))


def _go(carrier: LocalCarrier, text: Text, steps: list[Step]) -> None:
    """Reach the first step, then wait for the next: one text's callbacks leave in order."""
    _reach(carrier, text, steps[0])
    if steps[1:]:
        _plan(carrier, text, steps[1:], carrier.config.delivered_after)


def _steps(carrier: LocalCarrier, text: Text) -> list[Step]:
    if text.channel == "whatsapp":
        heard = carrier.ledger.last_heard(text.theirs, "whatsapp")
        # Free text is only allowed within 24 hours of the person's last message (63016).
        is_closed = heard is None or text.created_at - heard > _WHATSAPP_WINDOW
        if is_closed and not text.is_template:
            return [("failed", 63016)]
    if carrier.dice.throw(carrier.dice.switches.undelivered):
        return [("sent", None), ("undelivered", 30003)]
    return [("sent", None), ("delivered", None)]


def _reach(carrier: LocalCarrier, text: Text, step: Step) -> None:
    status, error_code = step
    carrier.ledger.mark(text, status, error_code)
    habits = carrier.dice.switches.callbacks
    if not text.status_callback or "off" in habits:
        return
    form = _form(carrier, text, status, error_code)
    copies = 3 if "tripled" in habits else 2 if "doubled" in habits else 1
    for _ in range(copies):
        job = partial(_tell, carrier, text, status, form)
        wait = carrier.dice.seconds(carrier.dice.switches.late_ms) if "late" in habits else 0.0
        if "shuffled" in habits:
            wait += carrier.dice.seconds(_SHUFFLE_MS)
        if wait:
            carrier.later.after(wait, job)
        else:
            job()


def _tell(carrier: LocalCarrier, text: Text, status: str, form: dict[str, str]) -> None:
    attempts = carrier.poster.deliver(text.status_callback or "", form, None)
    last = attempts[-1]
    text.receipts.append(f"{status} {last.status or last.problem}")


def _form(carrier: LocalCarrier, text: Text, status: str, error_code: int | None) -> dict[str, str]:
    form = {
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "AccountSid": carrier.config.account_sid,
        "From": address(text.ours, text.channel),
        "To": address(text.theirs, text.channel),
        "ApiVersion": "2010-04-01",
    }
    if error_code:
        form["ErrorCode"] = str(error_code)
    if text.messaging_service_sid:
        form["MessagingServiceSid"] = text.messaging_service_sid
    if text.channel == "whatsapp":
        form |= {"ChannelPrefix": "whatsapp", "ChannelInstallSid": "XE" + "0" * 32}
    elif status in ("delivered", "undelivered"):
        form["RawDlrDoneDate"] = carrier.clock().strftime("%y%m%d%H%M")
    return form
