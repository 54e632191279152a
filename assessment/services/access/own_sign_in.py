"""The organisation's own sign-in, as this installation is set up."""

from __future__ import annotations

from functools import cache
from typing import Final

from assessment.exchange.sign_in_file import SignIn, read_sign_in
from assessment.settings import settings

#: Why an organisation keeps its name.
IN_RULES: Final = (
    "The name “{}” stands in the rules for signing in. Whoever runs the machine changes it there "
    "first: else its people would come to a new organisation, without its rounds."
)


@cache
def configured() -> SignIn | None:
    """The organisation's own sign-in, read once; None where there is none.

    Raises:
        ProblemsError: its file cannot be used.
    """
    file = settings().sign_in_file
    return None if file is None else read_sign_in(file)


def name() -> str:
    """What people call it; empty where there is none."""
    own = configured()
    return own.file.name if own else ""


def only() -> bool:
    """Whether nobody but administrators signs in with a passphrase."""
    own = configured()
    return own is not None and own.file.only


def takes_passphrase(role: str) -> bool:
    """Whether somebody with a role may sign in with a passphrase."""
    return role == "administrator" or not only()


def names_organisation(organisation: str) -> bool:
    """Whether a rule lets people come to an organisation of this very name. Under another one they
    would come to a new organisation."""
    own = configured()
    return own is not None and any(rule.organisation == organisation for rule in own.file.roles)
