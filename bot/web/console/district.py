"""The district's own sign-on by OpenID Connect: authorization code with PKCE, state and nonce (Authlib).

What counts is the signed ID token: its issuer, audience, nonce and time (OpenID Connect Core 1.0, 3.1.3.7).
"""

from datetime import datetime, timedelta
from typing import Any, Final

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from bot.people.district_sign_on import Identity
from bot.settings import Settings
from bot.web.bot_of import bot_of

_EXTENSION: Final = "ally-district"
_STATE: Final = "_state_district_"
_TIMEOUT: Final = 10
"""Seconds for each answer of the issuer"""
_JUST_NOW: Final = timedelta(minutes=5)


class NotConfirmed(Exception):
    """The district did not say who this is, or not so that it counts."""


class Away(Exception):
    """The district's issuer does not answer."""


def install(app: Flask, settings: Settings) -> None:
    """Know the district's issuer, where the settings name one."""
    app.jinja_env.globals["has_district"] = bool(settings.sign_on_issuer)
    if not settings.sign_on_issuer:
        return
    app.extensions[_EXTENSION] = OAuth(app).register(
        "district",
        client_id=settings.sign_on_client_id,
        client_secret=settings.sign_on_client_secret.get_secret_value(),
        server_metadata_url=f"{settings.sign_on_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT,
        },
    )


def is_there() -> bool:
    """Whether this installation has a district sign-on."""
    return _EXTENSION in current_app.extensions


def go(*, anew: bool) -> Response:
    """To the issuer; `anew`: its user must prove again who they are. Raises Away."""
    for name in [name for name in session if name.startswith(_STATE)]:
        del session[name]  # ways that were begun and left: the cookie must not grow
    more = {"prompt": "login", "max_age": 0} if anew else {}
    back = bot_of(current_app).settings.public_url.rstrip("/") + url_for("console.district.back")
    try:
        answer: Response = current_app.extensions[_EXTENSION].authorize_redirect(back, **more)
    except (RequestException, ValueError) as error:
        raise Away from error
    return answer


def come_back(now: datetime, *, anew: bool) -> Identity:
    """Who came back from the issuer. Raises NotConfirmed, Away."""
    issuer = bot_of(current_app).settings.sign_on_issuer
    try:
        claims: dict[str, Any] = (
            current_app.extensions[_EXTENSION].authorize_access_token().get("userinfo") or {}
        )
    except RequestException as error:
        raise Away from error
    except (OAuthError, JoseError, ValueError, KeyError) as error:
        raise NotConfirmed from error
    if str(claims.get("iss", "")).rstrip("/") != issuer or not claims.get("sub"):
        raise NotConfirmed
    proved_at = claims.get("auth_time")
    if anew and (not isinstance(proved_at, int) or now.timestamp() - proved_at > _JUST_NOW.total_seconds()):
        raise NotConfirmed
    email = str(claims["email"]) if claims.get("email") and claims.get("email_verified") is True else None
    return Identity(f"{issuer} {claims['sub']}", email)
