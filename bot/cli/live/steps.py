"""Each step to texting real families: looked at anew every time, at the carrier and in our own book.

A step that no API shows is said to be a person's; none is taken for done because nothing was found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.carrier.twilio.account import RETRY, AccountApi, AccountUnreadable
from bot.examine import carrier
from bot.examine.finding import Finding, broken, guarded, ok, warning
from bot.records import now
from bot.settings import Settings
from bot.store import contents, inbound, outbox
from bot.store.contents import APPROVED, SESSION
from bot.store.database import Database

_TOLL_FREE: Final = tuple(f"+1{code}" for code in (800, 833, 844, 855, 866, 877, 888))
_CONSOLE: Final = "in Twilio's console"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to get right, and how it is looked at."""

    title: str
    look: Callable[[], Iterator[Finding]]


def steps(settings: Settings, database: Database) -> list[Step]:
    """All steps in their order."""
    api = AccountApi(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_base_url,
    )
    return [
        Step("Account", lambda: carrier.look_at_account(settings, now())),
        Step("Number", lambda: number(api, settings)),
        Step("Messaging Service", lambda: service(api, settings)),
        Step("Registration", lambda: registration(api, settings)),
        Step("Webhook", lambda: webhook(api, settings)),
        Step("Way in", lambda: carrier.look_at_way_in(settings)),
        Step("STOP", lambda: stop(settings)),
        Step("First text", lambda: first_text(database, settings)),
        Step("WhatsApp", lambda: whatsapp(api, settings, database)),
    ]


def look(step: Step) -> list[Finding]:
    """What a step is like now; where the carrier does not tell, that is a finding too."""

    def asked() -> Iterator[Finding]:
        try:
            yield from step.look()
        except AccountUnreadable as error:
            fix = "mend what stands above, then look again"
            yield broken(step.title.lower(), f"the carrier does not tell ({error})", fix)

    return list(guarded(step.title.lower(), asked))


def number(api: AccountApi, settings: Settings) -> Iterator[Finding]:
    """A number that texts."""
    if not settings.number:
        fix = f"buy a number with SMS {_CONSOLE} (Phone Numbers), set ALLY_NUMBER to it"
        yield broken("number", "none is set", fix)
        return
    sender = api.sender(settings.number)
    if sender is None:
        fix = f"correct ALLY_NUMBER, or buy it {_CONSOLE}"
        yield broken("number", "the account does not have ALLY_NUMBER", fix)
    elif not sender.takes_sms:
        yield broken("number", "it cannot text", f"take another one, with SMS, {_CONSOLE}")
    else:
        yield ok("number", "the account has it, and it texts")


def service(api: AccountApi, settings: Settings) -> Iterator[Finding]:
    """The Messaging Service that holds the number; a campaign belongs to one."""
    about, sid = "messaging service", settings.messaging_service_sid
    if not sid:
        fix = f"make one {_CONSOLE} (Messaging, Services), add the number, set TWILIO_MESSAGING_SERVICE_SID"
        if settings.number.startswith(_TOLL_FREE):
            yield ok(about, "none is set; a toll-free number needs none")
        else:
            yield broken(about, "none is set; A2P 10DLC campaigns belong to one", fix)
        return
    try:
        found = api.service(sid)
    except AccountUnreadable as error:
        if error.status != 404:
            raise
        fix = "correct TWILIO_MESSAGING_SERVICE_SID (MG...)"
        yield broken(about, "the account has no such service", fix)
        return
    if not found.numbers:
        yield broken(about, "it has no number to send from", f"add the number to it {_CONSOLE}")
    elif settings.number and settings.number not in found.numbers:
        yield broken(about, "ALLY_NUMBER is not among its numbers", f"add the number to it {_CONSOLE}")
    else:
        yield ok(about, "it sends from our number")


def registration(api: AccountApi, settings: Settings) -> Iterator[Finding]:
    """What US carriers ask before they let texts through: A2P 10DLC, or a toll-free verification."""
    fix = f"register it {_CONSOLE} (Messaging, Regulatory Compliance); the texts: ally golive texts"
    if settings.number.startswith(_TOLL_FREE):
        sender = api.sender(settings.number)
        state = api.toll_free(sender.sid) if sender else ""
        yield _registered("toll-free verification", state, "TWILIO_APPROVED", fix)
    elif settings.messaging_service_sid:
        states = api.campaigns(settings.messaging_service_sid)
        best = "VERIFIED" if "VERIFIED" in states else ", ".join(states)
        yield _registered("A2P 10DLC campaign", best, "VERIFIED", fix)
    else:
        yield broken("registration", "cannot be seen without a Messaging Service", fix)


def _registered(what: str, state: str, wanted: str, fix: str) -> Finding:
    if state == wanted:
        return ok(what, "approved")
    if state in ("IN_PROGRESS", "PENDING", "PENDING_REVIEW", "IN_REVIEW"):
        return warning(what, f"under review ({state})", "wait: days, sometimes weeks; then look again")
    if state:
        return broken(what, f"not approved ({state})", f"see why, correct it, hand it in again {_CONSOLE}")
    return broken(what, "not begun; US carriers block the texts", fix)


def webhook(api: AccountApi, settings: Settings) -> Iterator[Finding]:
    """Where incoming texts are posted, and that a failed try is made again."""
    sid = settings.messaging_service_sid
    found = api.service(sid) if sid else None
    if found is not None and not found.uses_numbers_url:
        yield _posted("webhook", found.inbound_url, settings, "the service's incoming messages")
        return
    sender = api.sender(settings.number) if settings.number else None
    if sender is None:
        yield broken("webhook", "no number to look at", "mend what stands above, then look again")
    else:
        yield _posted("webhook", sender.inbound_url, settings, "the number's incoming messages")


def _posted(about: str, url: str, settings: Settings, which: str) -> Finding:
    wanted = f"{settings.public_url.rstrip('/')}/twilio/inbound"
    fix = f"{_CONSOLE}, set {which} to POST {wanted}{RETRY}"
    address, _, overrides = url.partition("#")
    if address != wanted:
        return broken(about, f"{which} go to {address or 'nowhere'}", fix)
    if {"rp=all"} - set(overrides.split("&")):
        return warning(about, "a text is lost when one try fails: no tries again are set", fix)
    return ok(about, "texts are posted to us, and again when a try fails")


def stop(settings: Settings) -> Iterator[Finding]:
    """Who answers STOP: no API tells."""
    told = {
        "carrier": "the number's own handling answers STOP, START and HELP (Twilio's default)",
        "advanced": "Advanced Opt-Out of the Messaging Service answers; set its texts to ours",
        "us": "Ally answers alone; Twilio's handling is switched off for the number by its support",
    }
    fix = f"compare {_CONSOLE} (the service, Opt-Out Management), and text STOP from your own phone"
    yield warning("stop", f"ALLY_STOP_BY={settings.stop_by}: {told[settings.stop_by]}", fix)


def first_text(database: Database, settings: Settings) -> Iterator[Finding]:
    """A text that came in, and one that a phone confirmed: both ways hold."""
    with database.read() as session:
        came, arrived = inbound.any_came(session), outbox.any_arrived(session)
    to = settings.number or "the number"
    if not came:
        yield broken("a text in", "none came yet", f"text HELLO to {to} from your own phone")
    else:
        yield ok("a text in", "came, and was stored")
    if not arrived:
        fix = f"text {to} and wait a minute; else: ally doctor, ally delivery problems, {_CONSOLE} the log"
        yield broken("a text out", "no phone has confirmed one yet", fix)
    else:
        yield ok("a text out", "was confirmed by a phone, and its receipt reached us")


def whatsapp(api: AccountApi, settings: Settings, database: Database) -> Iterator[Finding]:
    """Our number on WhatsApp, and what messages there are made of. Families can do without."""
    try:
        sender = api.whatsapp_sender(settings.number)
    except AccountUnreadable as error:
        fix = f"if you want it, look {_CONSOLE}: Messaging, Senders, WhatsApp senders"
        yield warning("whatsapp sender", f"the carrier does not tell ({error})", fix)
        return
    if sender is None:
        fix = f"if you want it: {_CONSOLE}, Messaging, Senders, WhatsApp senders; Meta verifies the district"
        yield warning("whatsapp sender", "our number is none; families text by SMS", fix)
        return
    if sender.state != "ONLINE":
        fix = f"finish it {_CONSOLE} (WhatsApp senders)"
        yield warning("whatsapp sender", f"it does not send yet ({sender.state})", fix)
    else:
        yield ok("whatsapp sender", "online")
    yield _posted("whatsapp webhook", sender.inbound_url, settings, "the WhatsApp sender's messages")
    with database.read() as session:
        kept = contents.all_of_them(session)
    open_ones = sorted({one.language for one in kept if one.state not in (SESSION, APPROVED)})
    if not kept:
        yield broken("templates", "nothing is at the carrier yet", "ally whatsapp push")
    elif open_ones:
        says = f"not approved in: {', '.join(open_ones)}; what we begin there goes by SMS meanwhile"
        yield warning("templates", says, "ally whatsapp status; then wait, or change the wording and push")
    else:
        yield ok("templates", "buttons, lists and templates stand ready")
