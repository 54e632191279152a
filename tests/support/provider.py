"""A real OpenID Connect provider on this machine, and one that lies."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import flask
import requests
import yaml
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User, app
from werkzeug.serving import make_server

CLIENT, SECRET = "peer-work", "a secret of the client"
Token = dict[str, Any]
ROLES: tuple[Mapping[str, str], ...] = (
    {"address": "root@willow.example", "role": "administrator"},
    {"address": "Sam@Willow.example", "role": "coordinator", "organisation": "Willow Street"},
    {"claim": "groups", "has": "readers", "role": "viewer", "organisation": "Willow Street"},
)
SAM = User(sub="sam", claims={"email": "sam@willow.example", "email_verified": True})
ROOT = User(sub="root", claims={"email": "root@willow.example", "email_verified": True})
#: Somebody else, who has Sam's address now.
NEXT_SAM = User(sub="next sam", claims=SAM.claims)
KIM = User(sub="kim", claims={"groups": ["staff", "readers"]})
#: Without a role, and with an address that nobody has looked at.
MALLORY = User(sub="mallory", claims={"email": "m@willow.example", "email_verified": True})
CLAIMING = User(sub="claiming", claims={"email": "sam@willow.example", "email_verified": False})


@dataclass
class Provider:
    """A provider that runs.

    Attributes:
        change: what it does to an ID token before it signs it, to lie; None if it does not.
        sign: how it signs then; with its own key if None.
        delay: how long it waits before it answers the app, seconds.
    """

    address: str
    change: Callable[[Token], None] | None = None
    sign: Callable[[Token, RSAKey], str] | None = None
    delay: float = 0
    key: RSAKey | None = None
    challenges: dict[str, str] = field(default_factory=dict)

    def approve(self, address: str, subject: str) -> str:
        """What somebody does at the provider's page; the address to which it leads them back."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def deny(self, address: str) -> str:
        """The same of somebody who turns back."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
        return answer.headers["Location"]


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Start a provider that knows a few people, and stop it in the end."""
    users = (SAM, NEXT_SAM, ROOT, KIM, MALLORY, CLAIMING)
    application = app(user_claims=users, require_nonce=True)
    provider = Provider("")
    application.before_request(lambda: _before(provider))
    application.after_request(lambda answer: _after(provider, answer))
    server = make_server("localhost", 0, application, threaded=True)
    provider.address = f"http://localhost:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _before(provider: Provider) -> flask.Response | None:
    """PKCE and the client's secret, which the provider itself does not look at."""
    time.sleep(provider.delay)
    request = flask.request
    if request.path == "/oauth2/authorize":
        assert request.args["code_challenge_method"] == "S256"
    if request.path != "/oauth2/token":
        return None
    assert set(request.form) <= {"grant_type", "code", "redirect_uri", "code_verifier"}
    # RFC 6749, 2.3.1: both are written as in a form.
    given = request.authorization
    right = given is not None and (given.username, unquote_plus(given.password or "")) == (
        CLIENT,
        SECRET,
    )
    verifier = hashlib.sha256(request.form["code_verifier"].encode()).digest()
    if not right or provider.challenges.get(request.form["code"]) != _base64(verifier):
        return flask.make_response({"error": "invalid_grant"}, 400)
    return None


def _after(provider: Provider, answer: flask.Response) -> flask.Response:
    request = flask.request
    if request.path == "/oauth2/authorize" and answer.status_code == 302:
        given = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        if "code" in given:
            provider.challenges[given["code"]] = request.args["code_challenge"]
    lies = provider.change or provider.sign
    if request.path == "/oauth2/token" and answer.status_code == 200 and lies:
        tokens = answer.get_json()
        if provider.key is None:
            own = flask.g.oidc_provider_mock_storage.jwk
            provider.key = RSAKey.import_key(own.as_dict(is_private=True))
        claims = dict(jwt.decode(tokens["id_token"], provider.key, algorithms=["RS256"]).claims)
        if provider.change:
            provider.change(claims)
        sign = provider.sign or (lambda c, key: jwt.encode({"alg": "RS256"}, c, key))
        answer.set_data(flask.json.dumps(tokens | {"id_token": sign(claims, provider.key)}))
    return answer


def unsigned(claims: Token, _: RSAKey) -> str:
    """A token that says itself that nobody has signed it."""
    return f"{_parts({'alg': 'none', 'typ': 'JWT'}, claims)}."


def signed_with_public_key(claims: Token, key: RSAKey) -> str:
    """A token that is signed with what everybody knows."""
    parts = _parts({"alg": "HS256", "kid": key.thumbprint()}, claims)
    signature = hmac.digest(key.as_pem(private=False), parts.encode(), "sha256")
    return f"{parts}.{_base64(signature)}"


def _parts(*parts: Token) -> str:
    return ".".join(_base64(flask.json.dumps(part).encode()) for part in parts)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signed_by_another(claims: Token, key: RSAKey) -> str:
    """A token of somebody who has another key, and calls it by the provider's name."""
    other = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "kid": key.thumbprint()}, claims, other)


def sign_in_file(folder: Path, issuer: str, **changes: Any) -> Path:
    """A file that names a provider and the roles of its people."""
    (folder / "client-secret").write_text(f"{SECRET}\n", encoding="utf-8")
    content = {
        "name": "Willow ID",
        "issuer": issuer,
        "client_id": CLIENT,
        "client_secret_file": "client-secret",
        "roles": list(map(dict, ROLES)),
    } | changes
    path = folder / "sign-in.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path
