"""The file that names an organisation's own sign-in: an OpenID Connect provider, and who may do
what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from questionnaires.content_files.yaml_files import Document, Path_, build, read
from questionnaires.content_model import Model
from questionnaires.problems import Problem, ProblemsError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
#: As long as names of organisations are kept.
OrganisationName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
]
#: Whoever runs the machine writes it; the longest has a few hundred rules.
LIMITS: dict[str, Any] = {"largest": 200_000, "aliases": False}
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
#: Where a provider may be reached without encryption: what is sent never leaves the machine.
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class RoleRule(Model):
    """Whom a role is for: those with a verified e-mail address, or with a word in a claim.

    Attributes:
        claim: of the provider, a text or a list of texts.
        has: the text that it is, or that stands in the list.
        organisation: its name; None of administrators.
    """

    address: Text | None = None
    claim: Text | None = None
    has: Text | None = None
    role: Literal["administrator", "coordinator", "viewer"]
    organisation: OrganisationName | None = None


class SignInFile(Model):
    """What stands in the file.

    Attributes:
        name: what people call the provider; the link to it says so.
        issuer: the provider's address, as it writes it itself.
        only: nobody but administrators signs in with a passphrase.
        roles: the first that fits counts; nobody else comes in.
    """

    name: Name
    issuer: Text
    client_id: Text
    client_secret_file: Text
    scopes: Annotated[tuple[Text, ...], Field(max_length=20)] = ("email",)
    only: bool = False
    roles: Annotated[tuple[RoleRule, ...], Field(min_length=1)]


@dataclass(frozen=True)
class SignIn:
    """The organisation's own sign-in, with the secret that this installation has there."""

    file: SignInFile
    client_secret: str = field(repr=False)


def read_sign_in(path: Path) -> SignIn:
    """Read the file, and the client secret from the one that it names.

    Raises:
        ProblemsError: either cannot be read, or something in it is not allowed.
    """
    document = read(path, **LIMITS)
    if problems := document.repeated_keys():
        raise ProblemsError(problems)
    file = build(SignInFile, document.content, document)
    problems = list(_mistakes(file, document))
    secret = ""
    try:
        secret = _secret(path.parent / file.client_secret_file, file, document)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(sorted(problems, key=lambda problem: problem.place.line or 0))
    return SignIn(file, secret)


def is_safe(address: str) -> bool:
    """Whether what is sent to an address stays unread on its way."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "http":
        return parts.hostname in THIS_MACHINE
    return parts.scheme == "https" and bool(parts.hostname)


def _mistakes(file: SignInFile, document: Document) -> Iterator[Problem]:
    if not is_safe(file.issuer) or "?" in file.issuer or "#" in file.issuer:
        yield document.problem("no_https", ("issuer",), file.issuer, subject="issuer")
    for number, rule in enumerate(file.roles):
        yield from _mistakes_of_rule(rule, document, ("roles", number), number + 1)


def _mistakes_of_rule(
    rule: RoleRule, document: Document, place: Path_, number: int
) -> Iterator[Problem]:
    def problem(code: str, key: str, *given: Any, **details: Any) -> Problem:
        where = (*place, key) if key else place
        return document.problem(code, where, *given, subject=f"roles > number {number}", **details)

    by_claim = [name for name in ("claim", "has") if getattr(rule, name) is not None]
    if rule.address is not None and by_claim:
        yield problem("two_rules", by_claim[0], f"'address' and '{by_claim[0]}'")
    elif rule.address is None and not by_claim:
        yield problem("no_rule", "")
    elif len(by_claim) == 1:
        (missing,) = {"claim", "has"} - set(by_claim)
        yield problem("half_rule", by_claim[0], by_claim[0], missing)
    if rule.address is not None and not ADDRESS.fullmatch(rule.address):
        yield problem("no_address", "address", rule.address)
    if rule.role == "administrator" and rule.organisation is not None:
        yield problem("organisation_of_administrator", "organisation", "organisation")
    if rule.role != "administrator" and rule.organisation is None:
        yield problem("organisation_missing", "role", None, "organisation", role=rule.role)


def _secret(path: Path, file: SignInFile, document: Document) -> str:
    place, named = ("client_secret_file",), file.client_secret_file
    try:
        secret = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "not a text"
        raise ProblemsError(
            [document.problem("no_secret_file", place, named, subject=place[0], reason=told)]
        ) from None
    if not secret:
        raise ProblemsError([document.problem("empty_secret_file", place, named, subject=place[0])])
    return secret
