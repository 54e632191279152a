"""Signing in by an OpenID Connect provider: the authorization code flow with PKCE.

What has to be remembered between the two requests goes through the browser, encrypted with a key of
this installation. Nothing is believed that the provider has not signed for this app and this try.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, NamedTuple, cast

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from cryptography.fernet import Fernet, InvalidToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assessment.exchange.sign_in_file import SignIn, is_safe
from assessment.services import clock
from assessment.services.access.installation_secret import derived

log = logging.getLogger(__name__)

#: How long somebody may take at the provider, seconds.
LASTS = 10 * 60
#: How long the provider may take to answer the line, and to answer, seconds.
TIMEOUT = (3.05, 6)
#: How long what the provider says of itself is believed, seconds.
KNOWN_FOR = 10 * 60
#: Of how far the provider's clock may be from ours, seconds.
LEEWAY = 60
#: With which a provider signs, and only itself can: a key that others have signs nothing.
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "Ed25519"),
)
#: What a provider says of itself that is needed here.
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
METADATA: Final = "/.well-known/openid-configuration"


class ProviderError(Exception):
    """The provider does not answer, or not as OpenID Connect has it."""


class NotSignedInError(Exception):
    """What came back signs nobody in: it is not of this try, too late, or not the provider's.

    Attributes:
        by_choice: somebody turned back at the provider.
    """

    def __init__(self, reason: str, *, by_choice: bool = False) -> None:
        super().__init__(reason)
        self.by_choice = by_choice


@dataclass(frozen=True)
class Identity:
    """Somebody whom the provider knows.

    Attributes:
        subject: who they are there; it never changes, and belongs to nobody else.
        address: their e-mail address, where the provider has verified it; empty else.
        claims: all that the provider says of them.
    """

    issuer: str
    subject: str
    address: str
    claims: Mapping[str, Any]


class _Begun(NamedTuple):
    """What is remembered while somebody is at the provider.

    Attributes:
        wanted: where they go on to.
    """

    state: str
    nonce: str
    verifier: str
    wanted: str


def begin(own: SignIn, back: str, wanted: str) -> tuple[str, str]:
    """Begin to sign somebody in.

    Args:
        back: the address to which the provider leads them back.

    Returns:
        The address at the provider, and what the browser keeps until they are back.

    Raises:
        ProviderError: it does not answer.
    """
    metadata = _metadata(own)
    begun = _Begun(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), wanted
    )
    with _session(own, back) as session:
        address, _ = session.create_authorization_url(
            metadata["authorization_endpoint"],
            state=begun.state,
            code_verifier=begun.verifier,
            nonce=begun.nonce,
        )
    return address, _box().encrypt(json.dumps(begun).encode()).decode()


def finish(own: SignIn, back: str, kept: str, given: Mapping[str, str]) -> tuple[Identity, str]:
    """Find out who came back from the provider.

    Args:
        kept: by the browser, from ``begin``.
        given: by the provider, in the address.

    Returns:
        Who it is, and where they wanted to go.

    Raises:
        NotSignedInError: nobody signs in by that.
        ProviderError: the provider does not answer.
    """
    begun = _opened(kept)
    if not hmac.compare_digest(begun.state.encode(), given.get("state", "").encode()):
        raise NotSignedInError("another state")
    if given.get("iss", own.file.issuer) != own.file.issuer:
        raise NotSignedInError("from another provider")
    if "error" in given:
        raise NotSignedInError("refused", by_choice=given["error"] == "access_denied")
    if not given.get("code"):
        raise NotSignedInError("no code")
    metadata = _metadata(own)
    tokens = _exchange(own, back, metadata, given["code"], begun.verifier)
    claims = _verified(own, metadata, tokens, begun.nonce)
    return _identity(own, metadata, tokens, claims), begun.wanted


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(derived("sign-in by a provider")))


def _opened(kept: str) -> _Begun:
    try:
        found = json.loads(_box().decrypt(kept.encode(), ttl=LASTS))
    except InvalidToken:
        raise NotSignedInError("nothing was begun, or too long ago") from None
    return _Begun(*found)


@contextmanager
def _session(own: SignIn, back: str) -> Iterator[OAuth2Session]:
    """What asks the provider in this app's name."""
    scopes = " ".join(dict.fromkeys(("openid", *own.file.scopes)))
    session = OAuth2Session(
        own.file.client_id,
        own.client_secret,
        scope=scopes,
        redirect_uri=back,
        code_challenge_method="S256",
    )
    try:
        yield session
    finally:
        cast("requests.Session", session).close()


# What the provider says of itself.


class _Known(NamedTuple):
    metadata: dict[str, Any]
    since: float


_known: dict[str, _Known] = {}
_asking = Lock()


def _metadata(own: SignIn) -> dict[str, Any]:
    """The provider's addresses, as it names them itself."""
    issuer = own.file.issuer
    with _asking:
        known = _known.get(issuer)
        if known is not None and time.monotonic() - known.since < KNOWN_FOR:
            return known.metadata
    metadata = _json(issuer.rstrip("/") + METADATA)
    if metadata.get("issuer") != issuer:
        log.warning(
            "the sign-in provider calls itself %r, and the file says %r",
            metadata.get("issuer"),
            issuer,
        )
        raise ProviderError("another issuer")
    needed = [metadata.get(name) for name in ENDPOINTS]
    # Where there is one, claims may be asked for with what opens it.
    needed += [metadata[name] for name in ("userinfo_endpoint",) if name in metadata]
    if not all(isinstance(address, str) and is_safe(address) for address in needed):
        log.warning("the sign-in provider names no addresses that begin with https://")
        raise ProviderError("no safe addresses")
    with _asking:
        _known[issuer] = _Known(metadata, time.monotonic())
    return metadata


def _json(address: str, token: str = "") -> dict[str, Any]:
    def with_token(asked: requests.PreparedRequest) -> requests.PreparedRequest:
        # Given so, nothing else is sent: a password of this machine's user for that host, neither.
        if token:
            asked.headers["Authorization"] = f"Bearer {token}"
        return asked

    try:
        answer = requests.get(
            address,
            headers={"Accept": "application/json"},
            auth=with_token,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        found = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise _does_not_answer(error) from None
    if not isinstance(found, dict):
        log.warning("the sign-in provider answers with status %s", answer.status_code)
        raise ProviderError("no answer of ours")
    return cast("dict[str, Any]", found)


def _does_not_answer(error: Exception) -> ProviderError:
    """Its own words may hold what was asked for."""
    log.warning("the sign-in provider does not answer: %s", type(error).__name__)
    return ProviderError("no answer")


# Who somebody is.


def _exchange(
    own: SignIn, back: str, metadata: Mapping[str, Any], code: str, verifier: str
) -> Mapping[str, Any]:
    """What the provider gives for a code, which it does once."""
    methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    with _session(own, back) as session:
        if "client_secret_basic" not in methods and "client_secret_post" in methods:
            session.token_endpoint_auth_method = "client_secret_post"
        try:
            return session.fetch_token(
                metadata["token_endpoint"],
                code=code,
                code_verifier=verifier,
                grant_type="authorization_code",
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except OAuthError as error:
            log.warning("the sign-in provider refuses a code: %s", error.error)
            raise NotSignedInError("the code is not taken") from None
        except (requests.RequestException, ValueError) as error:
            raise _does_not_answer(error) from None


def _verified(
    own: SignIn, metadata: Mapping[str, Any], tokens: Mapping[str, Any], nonce: str
) -> dict[str, Any]:
    """What the ID token says, once it is certain that the provider has made it for this try."""
    client = own.file.client_id
    keys = _json(metadata["jwks_uri"])
    try:
        token = jwt.decode(
            tokens["id_token"], KeySet.import_key_set(cast("Any", keys)), algorithms=ALGORITHMS
        )
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": own.file.issuer},
                "aud": {"essential": True, "value": client},
            },
            params={
                "nonce": nonce,
                "client_id": client,
                "access_token": tokens.get("access_token"),
            },
        )
        claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY)
    except (JoseError, LookupError, TypeError, ValueError) as error:
        log.warning("the sign-in provider's token is not believed: %s", type(error).__name__)
        raise NotSignedInError("the token is not believed") from None
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotSignedInError("nobody is named")
    return dict(claims)


def _identity(
    own: SignIn, metadata: Mapping[str, Any], tokens: Mapping[str, Any], claims: dict[str, Any]
) -> Identity:
    """Some providers put into the token who somebody is, and the rest elsewhere."""
    needed = {"email", *(rule.claim for rule in own.file.roles if rule.claim)}
    more: dict[str, Any] = {}
    if needed - set(claims) and "userinfo_endpoint" in metadata and "access_token" in tokens:
        more = _json(metadata["userinfo_endpoint"], str(tokens["access_token"]))
        if more.get("sub") != claims["sub"]:
            raise NotSignedInError("somebody else is told of")
    says = claims if "email" in claims else more
    address = says.get("email") if says.get("email_verified") in (True, "true") else None
    return Identity(
        own.file.issuer,
        claims["sub"],
        address.strip() if isinstance(address, str) else "",
        more | claims,
    )
