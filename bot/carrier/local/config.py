"""What the local carrier is told at its start."""

from dataclasses import dataclass, field
from typing import Final, Literal

from bot.carrier.local.misbehave import Misbehaviour
from bot.settings import is_twilio

StopBy = Literal["carrier", "advanced", "us"]

LOCAL_ACCOUNT: Final = "AC" + "0" * 32
LOCAL_NUMBER: Final = "+15125550100"


class RealAccount(Exception):
    """The environment names a real Twilio account; the local carrier will not stand beside it."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the phones page; the person is invented."""

    number: str
    """E.164, one of the +1 555 0100 to 0199 kind"""
    language: str
    """Babel locale id"""
    name: str


@dataclass(frozen=True, slots=True)
class LocalConfig:
    """One carrier with one account, one number and the phones of some people."""

    inbound_url: str
    """Where texts of people are posted; Twilio's fragment (#rc=3&rp=all) is understood"""
    number: str = LOCAL_NUMBER
    account_sid: str = LOCAL_ACCOUNT
    auth_token: str = "local"  # noqa: S105 - guards nothing but this machine
    fallback_url: str | None = None
    messaging_service_sid: str | None = None
    phones: tuple[Phone, ...] = ()
    stop_by: StopBy = "carrier"
    sent_after: float = 0.25
    """Seconds from accepted to sent"""
    delivered_after: float = 0.6
    """Seconds from sent to delivered"""
    misbehaviour: Misbehaviour = field(default_factory=Misbehaviour)


def refuse_beside_twilio(account_sid: str, base_url: str) -> None:
    """Raises RealAccount when these settings would send real texts to real people."""
    if account_sid.startswith("AC") and is_twilio(base_url):
        raise RealAccount(
            "TWILIO_ACCOUNT_SID is set and TWILIO_BASE_URL is Twilio's own address.\n"
            "The carrier on this machine does not run beside a real account: unset "
            "TWILIO_ACCOUNT_SID,\nor point TWILIO_BASE_URL at the local carrier."
        )
