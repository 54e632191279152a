"""``sign-in-link``: a link that makes an account, for whoever runs the machine."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli.shared import opened_store, refuse, refusing

if TYPE_CHECKING:
    from assessment.services.access.accounts import AccountLink
    from assessment.services.access.people import Removed
    from assessment.store import Store

#: Where the app is open unless somebody says otherwise.
USUAL = "http://127.0.0.1:8501"


@refusing
def sign_in_link(
    administrator: Annotated[
        bool, typer.Option("--administrator", help="Of one who looks after the installation.")
    ] = False,
    organisation: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of a coordinator of this organisation."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="With which this account gets another passphrase."),
    ] = None,
    remove: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Print no link: let this account in no more."),
    ] = None,
) -> None:
    """Print a link with which somebody makes an account, or gets another passphrase.

    For the first start, and for when nobody can come in any more. It works once, for a week. That
    it was made, and what was done with it, stands in the log of the organisation.
    """
    from assessment.services.access import accounts, own_sign_in
    from assessment.services.access.accounts import RefusedError
    from assessment.services.rounds.overview import base_address

    own_sign_in.configured()
    store = opened_store()
    with store.read() as work:
        known = [listed.record for listed in work.organisations.all()]
        account = work.accounts.by_name(name) if name else None
    if remove is not None:
        _remove(store, remove)
        return
    if name is not None:
        if account is None:
            refuse([f"--name: nobody signs in with the name {name!r}"])
        try:
            token = accounts.new_passphrase_link(store, account.id)
        except RefusedError as refused:
            refuse([f"--name: {refused}"])
    elif administrator:
        token = accounts.new_link(store, "administrator", None)
    elif own_sign_in.only():
        refuse(
            [
                f"{own_sign_in.name()} says who comes in, and nobody else: the file that "
                "ASSESSMENT_SIGN_IN_FILE names has 'only: true'. --administrator lets somebody in "
                "with a passphrase all the same."
            ]
        )
    elif organisation is None and (first := accounts.first_link(store)):
        token = first
    else:
        chosen = [record for record in known if organisation in (None, record.name, record.id)]
        if len(chosen) != 1:
            names = ", ".join(repr(record.name) for record in known) or "none yet"
            refuse([f"--organisation: name one of the organisations in the database: {names}"])
        try:
            token = accounts.new_link(store, "coordinator", chosen[0].id)
        except RefusedError as refused:
            refuse([f"--organisation: {refused}"])
    print(f"{base_address(USUAL)}/account/{token}")
    for line in _told(accounts.look_at_link(store, token)):
        print(line, file=sys.stderr)


def _remove(store: Store, name: str) -> None:
    """Let an account in no more, and say where it was the last one of its kind."""
    from assessment.services.access import people

    removed = people.remove_by_machine(store, name)
    if removed is None:
        refuse([f"--remove: nobody signs in with the name {name!r}"])
    print(f"{name} is let in no more.")
    for line in _left(removed):
        print(line, file=sys.stderr)


def _left(removed: Removed) -> list[str]:
    """What it means where the last one of a kind was taken away, and how to come back."""
    from assessment.services.access import own_sign_in

    if removed.last_administrator:
        return [
            "That was the last administrator: nobody can open, rename, close or delete an "
            "organisation now. Those that are there go on. To let another one in: "
            "python -m assessment sign-in-link --administrator"
        ]
    if removed.organisation:
        back = (
            f"python -m assessment sign-in-link --organisation {shlex.quote(removed.organisation)}"
        )
        if own_sign_in.only():
            back = "name them in the file of ASSESSMENT_SIGN_IN_FILE, then start the app again"
        return [
            f"That was the last coordinator of {removed.organisation}: nobody can run its rounds "
            f"now. To let another one in: {back}"
        ]
    return []


def _told(link: AccountLink | None) -> list[str]:
    """For whom a link is and until when it works, and where it leads."""
    from assessment.services.rounds.overview import base_address

    assert link is not None, "it was made just now"
    if link.name:
        what = f"for a new passphrase of {link.name}"
    elif link.role == "first":
        what = "for the first account here"
    elif link.role == "administrator":
        what = "for somebody who looks after this installation"
    else:
        what = f"for a {link.role} of {link.organisation}"
    lines = [f"This link is {what}. It works once, until {link.until}."]
    if base_address("") == "":
        lines.append(
            f"If the app is open under another address than {USUAL}, put that one in its place; "
            "ASSESSMENT_PUBLIC_ADDRESS sets it for good."
        )
    return lines
