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
from bot.words.remark import remark

_SKEWED: Final = 10.0
_FAR_OFF: Final = 60.0
_CARRIER: Final = remark("carrier")
_NUMBER: Final = remark("number")
_CAMPAIGN: Final = remark("campaign")
_PUBLIC: Final = remark("public address")
_SECONDS: Final = 10.0


def look_at_account(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the carrier knows us, and what time it is there."""
    api = _api(settings)
    try:
        account = api.account()
    except AccountUnreadable as error:
        if error.status == 401:
            fix = remark(
                "copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN anew: Account info in Twilio's console"
            )
            yield broken(_CARRIER, remark("refuses the account's SID or token"), fix)
        else:
            fix = remark("let this machine reach TWILIO_BASE_URL")
            yield broken(_CARRIER, remark("is not reached (%(why)s)", why=str(error)), fix)
        return
    where = remark("the one on this machine: no text leaves it") if settings.is_local_carrier else "Twilio"
    if account.state != "active":
        says = remark("the account is %(state)s", state=account.state)
        yield broken(_CARRIER, says, remark("see why in Twilio's console"))
    elif account.is_trial:
        says = remark("a trial account texts only verified numbers")
        yield warning(_CARRIER, says, remark("upgrade it in Twilio's console"))
    else:
        yield ok(_CARRIER, remark("%(where)s; the account is active", where=where))
    if account.carriers_clock is not None:
        yield _clock((now - account.carriers_clock).total_seconds())


def _clock(ahead: float) -> Finding:
    about, seconds = remark("clock"), f"{abs(ahead):.0f}"
    behind = remark("%(seconds)s s behind the carrier's", seconds=seconds)
    says = remark("%(seconds)s s ahead of the carrier's", seconds=seconds) if ahead > 0 else behind
    fix = remark("let this machine keep time: timedatectl set-ntp true")
    if abs(ahead) > _FAR_OFF:
        return broken(about, says, fix)
    return warning(about, says, fix) if abs(ahead) > _SKEWED else ok(about, says)


def look_at_sender(settings: Settings) -> Iterator[Finding]:
    """Whether we may send at all: the number, and the registration that US carriers ask for."""
    api = _api(settings)
    try:
        if settings.number:
            yield _number(api, settings)
        if settings.messaging_service_sid:
            yield _campaign(api.campaigns(settings.messaging_service_sid))
        elif not settings.is_local_carrier:
            fix = remark("register brand and campaign (A2P 10DLC), set TWILIO_MESSAGING_SERVICE_SID")
            yield warning(_CAMPAIGN, remark("without a Messaging Service none can be seen"), fix)
    except AccountUnreadable as error:
        if error.status == 404:
            fix = remark("correct TWILIO_MESSAGING_SERVICE_SID (MG...)")
            yield broken(_CAMPAIGN, remark("the account has no such Messaging Service"), fix)
        else:
            says = remark("the carrier does not tell (%(why)s)", why=str(error))
            yield warning(remark("sender"), says, remark("look in Twilio's console"))


def _number(api: AccountApi, settings: Settings) -> Finding:
    sender = api.sender(settings.number)
    wanted = f"{settings.public_url.rstrip('/')}/twilio/inbound"
    if sender is None:
        says = remark("the account does not have ALLY_NUMBER")
        return broken(_NUMBER, says, remark("correct ALLY_NUMBER, or buy it"))
    if not sender.takes_sms:
        return broken(_NUMBER, remark("it cannot send texts"), remark("take a number with SMS"))
    if sender.inbound_url.split("#")[0] != wanted and not settings.messaging_service_sid:
        fix = remark("in Twilio's console, set the number's incoming messages to %(address)s", address=wanted)
        return broken(_NUMBER, remark("its incoming texts are posted elsewhere"), fix)
    return ok(_NUMBER, remark("it can send, and its incoming texts are posted to us"))


def _campaign(states: list[str]) -> Finding:
    if "VERIFIED" in states:
        return ok(_CAMPAIGN, remark("A2P 10DLC: verified"))
    told = ", ".join(states).lower() or remark("none")
    says = remark("A2P 10DLC: %(states)s; US carriers block the texts", states=told)
    return broken(_CAMPAIGN, says, remark("register it in Twilio's console"))


def look_at_way_in(settings: Settings) -> Iterator[Finding]:
    """Whether the carrier's texts reach us: over the public address, right signatures in, others out."""
    public = settings.public_url.rstrip("/")
    parts = urlsplit(public)
    if parts.scheme != "https" and not settings.is_local_carrier:
        fix = remark("put TLS in front and set ALLY_PUBLIC_URL to https://...")
        yield broken(_PUBLIC, remark("texts would travel readable (http)"), fix)
    with requests.Session() as session:
        # A proxy for the way out says nothing of a server on this machine.
        session.trust_env = parts.hostname not in ("127.0.0.1", "localhost", "::1")
        try:
            yield _knock(session, public, settings.auth_tokens[0] if settings.auth_tokens else "")
        except requests.RequestException as error:
            yield broken(
                _PUBLIC,
                remark("is not reached (%(why)s)", why=type(error).__name__),
                remark("start the web process, open the firewall for it, or correct ALLY_PUBLIC_URL"),
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
    about = _PUBLIC
    says = remark("wrong signature: %(wrong)s, right signature: %(right)s", wrong=wrong, right=right)
    if (wrong, right) == (403, 204):
        return ok(about, remark("is reached; lets the carrier in and nobody else"))
    if wrong == right == 403:
        fix = remark(
            "same TWILIO_AUTH_TOKEN and ALLY_PUBLIC_URL for web and here; the proxy must keep path and query"
        )
        return broken(about, remark("refuses the carrier's own signature"), fix)
    if 300 <= right < 400:
        return broken(about, says, remark("set ALLY_PUBLIC_URL to the address it redirects to"))
    if wrong < 300:
        fix = remark("something else answers there: correct the proxy")
        return broken(about, remark("lets unsigned posts in (%(answers)s)", answers=says), fix)
    fix = remark("something else answers there: let the proxy hand /twilio/ to the web process")
    return broken(about, says, fix)


def _api(settings: Settings) -> AccountApi:
    token = settings.twilio_auth_token.get_secret_value()
    return AccountApi(settings.twilio_account_sid, token, settings.twilio_base_url)
