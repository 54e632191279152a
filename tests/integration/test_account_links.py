"""The page of a link that makes an account, where somebody is signed in already."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from assessment.services.access import accounts, organisations, people
from assessment.services.access.accounts import Access
from assessment.store import Store
from assessment.web.cookies import ACCOUNT
from assessment.web.routes import routes
from tests.support.asgi import Answer, ask

GOOD = "apple river lamp stone"
FIELDS = {"name": "Kim", "passphrase": GOOD, "again": GOOD}
WARNED = "You are signed in as Root. Going on signs you out."


@pytest.fixture
def root(installed: Store) -> str:
    """What an administrator is signed in with."""
    link = accounts.first_link(installed) or ""
    return accounts.use_link(installed, link, name="Root", passphrase=GOOD, again=GOOD)


def here(store: Store, cookie: str) -> Access:
    found = accounts.access_of(store, cookie)
    assert found is not None
    return found


def asked(token: str, cookie: str, form: dict[str, str] | None = None) -> Answer:
    given = {"cookie": f"{ACCOUNT}={cookie}"} if cookie else {}
    method, body = ("GET", b"") if form is None else ("POST", urlencode(form).encode())
    return ask(Starlette(routes=routes), f"/account/{token}", method, body=[body], **given)


def new_house(store: Store, cookie: str) -> str:
    return organisations.open_organisation(store, here(store, cookie), "Reed Lane")


def test_a_link_says_who_is_signed_out_and_changes_nothing_before(
    installed: Store, root: str
) -> None:
    token = new_house(installed, root)
    assert WARNED in " ".join(asked(token, root).text.split())
    assert "You are signed in" not in asked(token, "").text
    assert here(installed, root).name == "Root"
    assert accounts.look_at_link(installed, token) is not None


def test_going_on_signs_out_whoever_was_named_and_nobody_else(installed: Store, root: str) -> None:
    token = new_house(installed, root)
    # They signed in after the form was there, which has told nobody of it.
    for leaving in ("", "Sam"):
        answer = asked(token, root, FIELDS | {"leaving": leaving})
        assert answer.status == 200 and WARNED in " ".join(answer.text.split())
    assert here(installed, root).name == "Root"
    assert asked(token, root, FIELDS | {"leaving": "Root"}).status == 303
    assert accounts.access_of(installed, root) is None
    assert accounts.sign_in(installed, "Kim", GOOD)


def test_whoever_changes_their_own_passphrase_is_not_warned(installed: Store, root: str) -> None:
    token = people.new_passphrase(installed, here(installed, root), here(installed, root).account)
    assert "Going on signs you out" not in asked(token, root).text
    assert asked(token, root, FIELDS).status == 303
