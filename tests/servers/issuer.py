"""An OpenID Connect issuer on this machine: discovery, PKCE, signed ID tokens; it can be told to lie."""

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "ally", "a secret of the district"


@dataclass
class Issuer:
    """One issuer. `claims` change what its tokens say (None leaves out); `key` what they are signed with."""

    url: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "person-1", "email": "dana@school.example", "email_verified": True}
    )
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    published: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def token(self, asked: dict[str, str]) -> str:
        """A signed ID token for what an authorization request asked."""
        now = int(time.time())
        usual = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked.get("nonce", ""),
            **self.person,
        }
        told = {name: value for name, value in {**usual, **self.claims}.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "first"}, told, self.key)


@contextmanager
def issuer() -> Iterator[Issuer]:
    """A running issuer."""
    state = Issuer()
    server = make_server("127.0.0.1", 0, _app(state), threaded=True)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _app(state: Issuer) -> Flask:
    app = Flask("issuer")

    @app.get("/.well-known/openid-configuration")
    def about() -> ResponseReturnValue:
        return jsonify(
            issuer=state.url,
            authorization_endpoint=f"{state.url}/authorize",
            token_endpoint=f"{state.url}/token",
            jwks_uri=f"{state.url}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        asked = request.args.to_dict()
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            abort(400)
        state.asked.append(asked)
        code = secrets.token_urlsafe(16)
        state.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return redirect(f"{asked['redirect_uri']}?{answer}")

    @app.post("/token")
    def token() -> ResponseReturnValue:
        asked = state.codes.pop(request.form["code"], None)
        client = request.authorization
        if asked is None or client is None or (client.username, client.password) != (CLIENT, SECRET):
            return jsonify(error="invalid_grant"), 400
        proof = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        return jsonify(access_token="x", token_type="Bearer", id_token=state.token(asked))

    @app.get("/keys")
    def keys() -> ResponseReturnValue:
        return jsonify(keys=[(state.published or state.key).as_dict(private=False)])

    return app
