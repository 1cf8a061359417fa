"""The carrier: account, sender and campaign as its API tells them, its clock, and the way in to us."""

from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex
from typing import Final
from urllib.parse import urlsplit

import requests

from bot.carrier.twilio.account import AccountApi, AccountUnreadable
from bot.carrier.twilio.signatures import SIGNATURE_HEADER, sign
from bot.examine.finding import Finding, broken, ok, warning
from bot.settings import Settings

_SKEWED: Final = 10.0
_FAR_OFF: Final = 60.0
_CONSOLE: Final = "in Twilio's console"
_SECONDS: Final = 10.0


def look_at_account(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the carrier knows us, and what time it is there."""
    api = _api(settings)
    try:
        account = api.account()
    except AccountUnreadable as error:
        if error.status == 401:
            fix = f"copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN anew: Account info {_CONSOLE}"
            yield broken("carrier", "refuses the account's SID or token", fix)
        else:
            yield broken("carrier", f"is not reached ({error})", "let this machine reach TWILIO_BASE_URL")
        return
    where = "the one on this machine: no text leaves it" if settings.is_local_carrier else "Twilio"
    if account.state != "active":
        yield broken("carrier", f"the account is {account.state}", f"see why {_CONSOLE}")
    elif account.is_trial:
        yield warning("carrier", "a trial account texts only verified numbers", f"upgrade it {_CONSOLE}")
    else:
        yield ok("carrier", f"{where}; the account is active")
    if account.carriers_clock is not None:
        yield _clock((now - account.carriers_clock).total_seconds())


def _clock(ahead: float) -> Finding:
    says = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the carrier's"
    fix = "let this machine keep time: timedatectl set-ntp true"
    if abs(ahead) > _FAR_OFF:
        return broken("clock", says, fix)
    return warning("clock", says, fix) if abs(ahead) > _SKEWED else ok("clock", says)


def look_at_sender(settings: Settings) -> Iterator[Finding]:
    """Whether we may send at all: the number, and the registration that US carriers ask for."""
    api = _api(settings)
    try:
        if settings.number:
            yield _number(api, settings)
        if settings.messaging_service_sid:
            yield _campaign(api.campaigns(settings.messaging_service_sid))
        elif not settings.is_local_carrier:
            fix = "register brand and campaign (A2P 10DLC), set TWILIO_MESSAGING_SERVICE_SID"
            yield warning("campaign", "without a Messaging Service none can be seen", fix)
    except AccountUnreadable as error:
        if error.status == 404:
            fix = "correct TWILIO_MESSAGING_SERVICE_SID (MG...)"
            yield broken("campaign", "the account has no such Messaging Service", fix)
        else:
            yield warning("sender", f"the carrier does not tell ({error})", f"look {_CONSOLE}")


def _number(api: AccountApi, settings: Settings) -> Finding:
    sender = api.sender(settings.number)
    wanted = f"{settings.public_url.rstrip('/')}/twilio/inbound"
    if sender is None:
        return broken("number", "the account does not have ALLY_NUMBER", "correct ALLY_NUMBER, or buy it")
    if not sender.takes_sms:
        return broken("number", "it cannot send texts", "take a number with SMS")
    if sender.inbound_url.split("#")[0] != wanted and not settings.messaging_service_sid:
        fix = f"{_CONSOLE}, set the number's incoming messages to {wanted}"
        return broken("number", "its incoming texts are posted elsewhere", fix)
    return ok("number", "it can send, and its incoming texts are posted to us")


def _campaign(states: list[str]) -> Finding:
    if "VERIFIED" in states:
        return ok("campaign", "A2P 10DLC: verified")
    says = f"A2P 10DLC: {', '.join(states).lower() or 'none'}"
    return broken("campaign", f"{says}; US carriers block the texts", f"register it {_CONSOLE}")


def look_at_way_in(settings: Settings) -> Iterator[Finding]:
    """Whether the carrier's texts reach us: over the public address, right signatures in, others out."""
    public = settings.public_url.rstrip("/")
    parts = urlsplit(public)
    if parts.scheme != "https" and not settings.is_local_carrier:
        fix = "put TLS in front and set ALLY_PUBLIC_URL to https://..."
        yield broken("public address", "texts would travel readable (http)", fix)
    with requests.Session() as session:
        # A proxy for the way out says nothing of a server on this machine.
        session.trust_env = parts.hostname not in ("127.0.0.1", "localhost", "::1")
        try:
            yield _knock(session, public, settings.auth_tokens[0] if settings.auth_tokens else "")
        except requests.RequestException as error:
            yield broken(
                "public address",
                f"is not reached ({type(error).__name__})",
                "start the web process, open the firewall for it, or correct ALLY_PUBLIC_URL",
            )


def _knock(session: requests.Session, public: str, token: str) -> Finding:
    """Two posts to a place that does nothing."""
    form, url = {"Probe": token_hex(8)}, f"{public}/twilio/probe"

    def answer(signature: str) -> int:
        headers = {SIGNATURE_HEADER: signature}
        return session.post(
            url, data=form, headers=headers, timeout=_SECONDS, allow_redirects=False
        ).status_code

    wrong, right = answer(sign("a wrong token", url, form)), answer(sign(token, url, form))
    about, says = "public address", f"wrong signature: {wrong}, right signature: {right}"
    if (wrong, right) == (403, 204):
        return ok(about, "is reached; lets the carrier in and nobody else")
    if wrong == right == 403:
        fix = (
            "same TWILIO_AUTH_TOKEN and ALLY_PUBLIC_URL for web and here; the proxy must keep path and query"
        )
        return broken(about, "refuses the carrier's own signature", fix)
    if 300 <= right < 400:
        return broken(about, says, "set ALLY_PUBLIC_URL to the address it redirects to")
    if wrong < 300:
        return broken(
            about, f"lets unsigned posts in ({says})", "something else answers there: correct the proxy"
        )
    return broken(about, says, "something else answers there: let the proxy hand /twilio/ to the web process")


def _api(settings: Settings) -> AccountApi:
    token = settings.twilio_auth_token.get_secret_value()
    return AccountApi(settings.twilio_account_sid, token, settings.twilio_base_url)
