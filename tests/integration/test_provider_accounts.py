"""Accounts of those who come by the organisation's own sign-in, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from assessment.exchange.sign_in_file import RoleRule, SignIn, SignInFile
from assessment.services.access import (
    accounts,
    organisations,
    own_sign_in,
    people,
    provider_accounts,
)
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.openid_connect import Identity
from assessment.services.rounds import audit, plan
from assessment.services.rounds.plan import NameRefusedError
from assessment.store import Store
from tests.support.assessments import opened

GROUPS = {"claim": "groups", "role": "viewer", "organisation": "Willow Street"}


def own(*rules: dict[str, str]) -> SignIn:
    file = SignInFile(
        name="Willow ID",
        issuer="https://id.example.org",
        client_id="app",
        client_secret_file="secret",
        roles=tuple(RoleRule.model_validate(rule) for rule in rules),
    )
    return SignIn(file, "secret")


def somebody(subject: str = "1", address: str = "sam@willow.example", **claims: Any) -> Identity:
    return Identity("https://id.example.org", subject, address, claims)


COORDINATOR = {
    "address": "sam@willow.example",
    "role": "coordinator",
    "organisation": "Willow Street",
}


def here(store: Store, token: str) -> Access:
    found = accounts.access_of(store, token)
    assert found is not None
    return found


def test_the_first_rule_that_fits_counts(store: Store) -> None:
    rules = own({"address": "SAM@willow.example", "role": "administrator"}, COORDINATOR)
    found = here(store, provider_accounts.sign_in(store, rules, somebody()))
    assert (found.role, found.organisation) == ("administrator", None)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("readers", True),
        (["staff", "readers"], True),
        (["read", "readers-of-all"], False),
        ("all readers", False),
        ({"readers": True}, False),
        (True, False),
        (None, False),
    ],
)
def test_a_claim_is_a_text_or_has_it_in_its_list(said: object, fits: bool) -> None:
    found = provider_accounts.rule_of(own(GROUPS | {"has": "readers"}), somebody(groups=said))
    assert (found is not None) is fits


def test_nobody_without_an_address_fits_a_rule_with_one() -> None:
    assert provider_accounts.rule_of(own(COORDINATOR), somebody(address="")) is None


def test_two_who_come_first_at_once_open_one_organisation(store: Store) -> None:
    rules = own(GROUPS | {"has": "readers"})
    same, other = somebody("1", "a@b.example"), somebody("2", "c@d.example")

    def come(who: Identity) -> str:
        return provider_accounts.sign_in(store, rules, replace(who, claims={"groups": "readers"}))

    with ThreadPoolExecutor(4) as several:
        tokens = list(several.map(come, [same, same, other, other]))
    assert len({here(store, token).account for token in tokens}) == 2
    with store.read() as work:
        assert len(work.organisations.all()) == 1


def test_a_role_that_ends_takes_the_account_and_every_browser_with_it(store: Store) -> None:
    token = provider_accounts.sign_in(store, own(COORDINATOR), somebody())
    organisation = here(store, token).organisation or ""
    with pytest.raises(RefusedError, match="nothing is set up for you"):
        provider_accounts.sign_in(store, own(GROUPS | {"has": "readers"}), somebody())
    assert accounts.access_of(store, token) is None
    with store.read() as work:
        assert work.accounts.all() == []
        owner = work.organisations.get(organisation)
    assert owner is not None
    told = [(entry.who, entry.what) for entry in audit.entries_of_organisation(store, owner)]
    assert sorted(told) == [
        (
            "sam@willow.example",
            "Came in by the organisation’s own sign-in, as a coordinator.",
        ),
        (
            "sam@willow.example",
            "Has no role at the organisation’s own sign-in any more: the account is gone.",
        ),
    ]


def test_a_name_that_is_taken_meanwhile_stays_with_who_has_it(store: Store) -> None:
    rules = own(GROUPS | {"has": "readers"})
    one = somebody("1", "a@b.example", groups="readers")
    two = somebody("2", "c@d.example", groups="readers")
    provider_accounts.sign_in(store, rules, one)
    provider_accounts.sign_in(store, rules, two)
    # The first one has the address of the second one now.
    found = here(store, provider_accounts.sign_in(store, rules, replace(one, address=two.address)))
    assert found.name == "a@b.example"


def test_whoever_runs_the_machine_removes_an_account_that_keeps_a_name(store: Store) -> None:
    provider_accounts.sign_in(store, own(COORDINATOR), somebody("1"))
    with pytest.raises(RefusedError, match="Somebody else has signed in here"):
        provider_accounts.sign_in(store, own(COORDINATOR), somebody("2"))
    assert people.remove_by_machine(store, "Sam@willow.example")
    found = here(store, provider_accounts.sign_in(store, own(COORDINATOR), somebody("2")))
    assert found.role == "coordinator"
    assert not people.remove_by_machine(store, "nobody")


def test_the_subject_of_another_provider_is_somebody_else() -> None:
    one = somebody("1")
    other = replace(one, issuer="https://id.elsewhere.example")
    assert provider_accounts.subject_of(one) != provider_accounts.subject_of(other)


def test_no_organisation_loses_the_name_that_its_people_come_in_by(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = own(COORDINATOR)
    monkeypatch.setattr(own_sign_in, "configured", lambda: rules)
    sam = here(store, provider_accounts.sign_in(store, rules, somebody()))
    home = sam.organisation or ""
    administrator = Access("root", None, "administrator", "Root")
    for name in ("Reed Lane", "willow street"):
        with pytest.raises(RefusedError, match="“Willow Street” stands in the rules"):
            organisations.rename(store, administrator, home, name)
        told = plan.name_problem(sam.own(store), {"organisation": name})
        assert "“Willow Street” stands in the rules" in told["organisation"]
        with pytest.raises(NameRefusedError, match="stands in the rules"):
            opened(sam.own(store), organisation=name)
    opened(sam.own(store), organisation="Willow Street")
    # Under another name they would not find it any more.
    with store.write() as work:
        work.organisations.rename(home, "Reed Lane")
        work.commit()
    elsewhere = here(store, provider_accounts.sign_in(store, rules, somebody()))
    assert elsewhere.organisation != home
    # Where the rules have the new name first, they do.
    with store.write() as work:
        work.organisations.remove(elsewhere.organisation or "")
        work.organisations.rename(home, "Willow Street")
        work.commit()
    rules = own(COORDINATOR | {"organisation": "Reed Lane"})
    organisations.rename(store, administrator, home, "Reed Lane")
    again = here(store, provider_accounts.sign_in(store, rules, somebody()))
    assert again.organisation == home
