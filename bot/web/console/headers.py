"""What browsers are told about every answer: load and frame nothing of others, keep nothing."""

from typing import Final

from flask import current_app, request
from werkzeug.wrappers import Response

from bot.web.bot_of import bot_of

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self';"
    # Pico draws the marks of check boxes and lists as data: pictures
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TWO_YEARS: Final = 63_072_000


def add_headers(response: Response) -> Response:
    """For every answer of the web process; pages for staff stay in no cache."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if is_public_https():
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_TWO_YEARS}")
    if request.path.startswith("/staff"):
        response.headers["Cache-Control"] = "no-store"
        response.headers.add("Vary", "HX-Request")
    return response


def is_public_https() -> bool:
    """Whether people reach us by https; on a machine of one's own they may not."""
    return bot_of(current_app).settings.public_url.startswith("https://")
