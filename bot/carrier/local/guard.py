"""Keeps other web sites away: only loopback names as Host, only our own pages as Origin."""

from typing import Final
from urllib.parse import urlsplit

from flask import Response, abort, request

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def only_this_machine() -> None:
    """Refuses with 403 a foreign Host (DNS rebinding) and writes from foreign pages (CSRF)."""
    if _host_of(f"//{request.host}") not in _LOOPBACK:
        abort(403)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        abort(403)
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def with_policy(response: Response) -> Response:
    """No inline script, nothing from elsewhere, nothing kept by the browser."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
