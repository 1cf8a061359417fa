"""The only reader of the environment: typed, and one error that lists everything wrong."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.store.vault import key_bytes
from bot.words.email_address import is_email
from bot.words.region import is_region


class SettingsWrong(Exception):
    """The environment does not make sense; the message lists every fault, a line each."""


class Settings(BaseSettings):
    """What an installation decides. Secrets come from the environment or from .env, never from code."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(default="sqlite:///var/ally.db", alias="DATABASE_URL")
    redis_url: str | None = Field(default=None, alias="REDIS_URL")
    keys: SecretStr = Field(alias="ALLY_KEYS")
    """Encryption keys, newest first, separated by commas"""
    fingerprint_key: SecretStr = Field(alias="ALLY_FINGERPRINT_KEY")
    """Finds phone numbers; never changes"""

    twilio_account_sid: str = Field(default="", alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: SecretStr = Field(default=SecretStr(""), alias="TWILIO_AUTH_TOKEN")
    twilio_base_url: str = Field(default="https://api.twilio.com", alias="TWILIO_BASE_URL")
    """Another address than Twilio's own means the local carrier"""
    twilio_auth_token_old: SecretStr = Field(default=SecretStr(""), alias="TWILIO_AUTH_TOKEN_OLD")
    """The token before, while it is being rotated: signatures made with it still count"""
    program: str = Field(default="Ally", alias="ALLY_PROGRAM")
    """The program's name as families read it in every notice"""
    number: str = Field(default="", alias="ALLY_NUMBER")
    """The school's number in E.164"""
    messaging_service_sid: str | None = Field(default=None, alias="TWILIO_MESSAGING_SERVICE_SID")
    public_url: str = Field(default="http://127.0.0.1:8080", alias="ALLY_PUBLIC_URL")
    """Where the carrier reaches us; signatures are checked against it"""

    smtp_url: SecretStr = Field(default=SecretStr(""), alias="ALLY_SMTP_URL")
    """The mail server for notices to staff: smtp://name:password@host:587 (STARTTLS) or smtps://...:465"""
    mail_from: str = Field(default="", alias="ALLY_MAIL_FROM")
    """The address that notices come from"""

    translator: Literal["none", "libretranslate", "google"] = Field(default="none", alias="ALLY_TRANSLATOR")
    """Which machine may translate what families and staff write to each other; none: people do"""
    translator_url: str = Field(default="", alias="ALLY_TRANSLATOR_URL")
    """Where LibreTranslate runs, https://...; for Google leave it out"""
    translator_key: SecretStr = Field(default=SecretStr(""), alias="ALLY_TRANSLATOR_KEY")

    sign_on_issuer: str = Field(default="", alias="ALLY_SIGN_ON_ISSUER")
    """Where staff sign in with their district account: the issuer of its OpenID Connect, https://..."""
    sign_on_client_id: str = Field(default="", alias="ALLY_SIGN_ON_CLIENT_ID")
    sign_on_client_secret: SecretStr = Field(default=SecretStr(""), alias="ALLY_SIGN_ON_CLIENT_SECRET")

    segments_per_second: float | None = Field(default=None, gt=0, alias="ALLY_SEGMENTS_PER_SECOND")
    """How many SMS segments may leave the sender in a second, for all processes together (a US long code
    takes 1, a registered brand 3.75 or more); not set: as fast as the carrier takes them"""
    daily_segments: int | None = Field(default=None, gt=0, alias="ALLY_DAILY_SEGMENTS")
    """How many SMS segments may go out in a day (midnight to midnight in California, as the carriers'
    caps); texts to many stop at four fifths of it, answers at all of it"""
    daily_dollars: float | None = Field(default=None, gt=0, alias="ALLY_DAILY_DOLLARS")
    """The same in US dollars, by estimate (bot/outbox/prices.py); where both are set the first one holds"""

    approval_above: int | None = Field(default=None, gt=0, alias="ALLY_APPROVAL_ABOVE")
    """A text to more people than this goes out only after a second person agreed; not set: never asked"""

    api_per_minute: int = Field(default=120, gt=0, alias="ALLY_API_PER_MINUTE")
    """How many requests to the HTTP API one token may make in a minute, and at once"""

    metrics_token: SecretStr = Field(default=SecretStr(""), alias="ALLY_METRICS_TOKEN")
    """Whoever reads /metrics shows this as a bearer token; without it only this machine may read them"""

    stop_by: Literal["carrier", "advanced", "us"] = Field(default="carrier", alias="ALLY_STOP_BY")
    unreviewed: Literal["notice", "withhold"] = Field(default="notice", alias="ALLY_UNREVIEWED")
    flows: Path = Field(default=Path("flows"), alias="ALLY_FLOWS")
    messages: Path = Field(default=Path("messages"), alias="ALLY_MESSAGES")
    district: Path | None = Field(default=None, alias="ALLY_DISTRICT")
    """Folder with district.yaml, roster CSV and calendars, loaded at the start"""

    countries: str = Field(default="US,CA,PR,GU,VI,AS,MP", alias="ALLY_COUNTRIES")
    """Regions (ISO 3166-1, by commas) whose numbers are answered also where no roster knows them"""

    @field_validator("countries")
    @classmethod
    def _countries_are_countries(cls, value: str) -> str:
        codes = [code.strip().upper() for code in value.split(",") if code.strip()]
        if wrong := [code for code in codes if not is_region(code)]:
            raise ValueError(f"no country or territory: {', '.join(wrong)}")
        return ",".join(codes)

    @field_validator("sign_on_issuer")
    @classmethod
    def _issuer_is_https(cls, value: str) -> str:
        return _https(value, "ALLY_SIGN_ON_ISSUER: write https://...")

    @field_validator("translator_url")
    @classmethod
    def _translator_is_https(cls, value: str) -> str:
        return _https(value, "ALLY_TRANSLATOR_URL: write https://...; texts of families pass here")

    @model_validator(mode="after")
    def _translator_is_whole(self) -> "Settings":
        if self.translator == "libretranslate" and not self.translator_url:
            raise ValueError("ALLY_TRANSLATOR_URL: LibreTranslate needs the address where it runs")
        if self.translator == "google" and not self.translator_key.get_secret_value():
            raise ValueError("ALLY_TRANSLATOR_KEY: Google needs an API key")
        return self

    @model_validator(mode="after")
    def _sign_on_is_whole(self) -> "Settings":
        parts = (self.sign_on_client_id, self.sign_on_client_secret.get_secret_value())
        if self.sign_on_issuer and not all(parts):
            raise ValueError(
                "ALLY_SIGN_ON_CLIENT_ID and ALLY_SIGN_ON_CLIENT_SECRET are needed beside the issuer"
            )
        return self

    @field_validator("keys", "fingerprint_key")
    @classmethod
    def _keys_are_keys(cls, value: SecretStr) -> SecretStr:
        for key in value.get_secret_value().split(","):
            key_bytes(key.strip())
        return value

    @model_validator(mode="after")
    def _local_carrier_stands_alone(self) -> "Settings":
        real = self.twilio_account_sid.startswith("AC") and not self.is_local_carrier
        if real and not self.number and not self.messaging_service_sid:
            raise ValueError("ALLY_NUMBER or TWILIO_MESSAGING_SERVICE_SID: a sender is needed")
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> "Settings":
        url = self.smtp_url.get_secret_value()
        if not url:
            return self
        try:
            parts = urlsplit(url)
            is_whole = parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_whole = False
        if not is_whole:
            raise ValueError(
                "ALLY_SMTP_URL: write smtp://name:password@host:587 or smtps://name:password@host"
            )
        if not is_email(self.mail_from):
            raise ValueError("ALLY_MAIL_FROM: the address that e-mails to staff come from is needed")
        return self

    @cached_property
    def is_local_carrier(self) -> bool:
        """Whether texts go to the carrier on this machine instead of to Twilio."""
        return not is_twilio(self.twilio_base_url)

    @property
    def brand(self) -> str:
        """Whose rate and budget count: the Messaging Service, else the number."""
        return self.messaging_service_sid or self.number

    @property
    def auth_tokens(self) -> list[str]:
        """Tokens that may have signed a webhook, newest first."""
        tokens = (self.twilio_auth_token, self.twilio_auth_token_old)
        return [found for token in tokens if (found := token.get_secret_value())]

    @property
    def country_set(self) -> frozenset[str]:
        """The regions that are answered."""
        return frozenset(self.countries.split(","))

    @property
    def key_list(self) -> list[str]:
        """The encryption keys, newest first."""
        return [key.strip() for key in self.keys.get_secret_value().split(",")]


def read_settings(overrides: Mapping[str, str] | None = None) -> Settings:
    """Settings from `overrides`, the environment and .env, in this order.

    Raises SettingsWrong with every fault listed.
    """
    try:
        return Settings(**dict(overrides or {}))  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in fault['loc']) or 'settings'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsWrong("\n".join(lines)) from None


def environment() -> Mapping[str, str]:
    """What this process was started with, for `ally run`, which fills in what is missing."""
    return dict(os.environ)


def setting(name: str, env_file: Path) -> str | None:
    """One setting as text, from the environment or else from the file; None where neither has it."""
    return os.environ.get(name) or dotenv_values(env_file).get(name)


def _https(value: str, else_said: str) -> str:
    """An address that nobody on the way can read, or one on this machine. Raises ValueError."""
    parts = urlsplit(value)
    if value and parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(else_said)
    return value.rstrip("/")


def is_twilio(base_url: str) -> bool:
    """Whether this address is Twilio's own, regional ones included: texts sent there are real."""
    try:
        host = urlsplit(base_url).hostname or ""
    except ValueError:
        return False
    return host == "twilio.com" or host.endswith(".twilio.com")
