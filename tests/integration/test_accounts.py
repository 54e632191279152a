"""Those who run rounds: how they come in, how long they stay in, and who lets whom in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command

from assessment.services import clock
from assessment.services.access import accounts, organisations, people
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.codes import hashed
from assessment.services.access.limits import Limit, Rate
from assessment.services.access.passphrases import slow_hash
from assessment.services.rounds import audit, changes, plan, plans_in_the_making
from assessment.services.rounds.audit import note_of_organisation
from assessment.services.rounds.plan import NameRefusedError
from assessment.services.rounds.states import RoundState, state_of
from assessment.store import Store, open_store
from assessment.store.records import AccountRecord, OrganisationRecord
from assessment.store.scope import Scope
from tests.integration.test_store import config
from tests.support.assessments import opened
from tests.support.clock import set_clock

GOOD = "apple river lamp stone"
OTHER = "seven green boats dry"
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _many_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "TRIES", Limit(Rate(10, 1 / 60), Rate(200, 2)))


def use(store: Store, token: str, name: str = "Sam", **changes: Any) -> str:
    given = {"passphrase": GOOD, "again": GOOD} | changes
    return accounts.use_link(store, token, name=name, **given)


def first(store: Store, name: str = "Sam", organisation: str | None = "Willow Street") -> Access:
    """The first one here, who has signed in."""
    token = accounts.first_link(store)
    assert token is not None
    return here(store, use(store, token, name, organisation=organisation))


def here(store: Store, token: str) -> Access:
    found = accounts.access_of(store, token)
    assert found is not None
    return found


def test_the_link_of_the_first_start_makes_one_coordinator_and_no_second(store: Store) -> None:
    one, two = accounts.first_link(store), accounts.first_link(store)
    assert one and two
    found = here(store, use(store, one, organisation="  Willow Street "))
    assert (found.role, found.name) == ("coordinator", "Sam")
    assert [listed.name for listed in organisations.organisations(store)] == ["Willow Street"]
    for spent in (one, two):
        assert accounts.look_at_link(store, spent) is None
        with pytest.raises(RefusedError, match="done its work"):
            use(store, spent, "Mallory", organisation="Mallory's")
    assert accounts.first_link(store) is None


def test_for_several_organisations_the_first_one_is_an_administrator(store: Store) -> None:
    found = first(store, organisation=None)
    assert (found.role, found.organisation) == ("administrator", None)


def test_whoever_had_rounds_before_there_were_accounts_goes_on_with_them(store: Store) -> None:
    record = opened(store)
    token = accounts.first_link(store) or ""
    look = accounts.look_at_link(store, token)
    assert look is not None and look.organisation == "Willow Street"
    found = here(store, use(store, token, organisation="Willow Street"))
    assert found.organisation == record.organisation.id


def test_where_several_had_rounds_an_administrator_comes_first(store: Store) -> None:
    opened(store)
    opened(store, organisation="Reed Lane")
    token = accounts.first_link(store) or ""
    look = accounts.look_at_link(store, token)
    assert look is not None and look.several
    with pytest.raises(RefusedError, match="several organisations here already"):
        use(store, token, organisation="Willow Street")
    assert here(store, use(store, token, organisation=None)).role == "administrator"


def test_a_link_that_two_use_at_once_makes_one_account(store: Store) -> None:
    owner = first(store)
    token = people.invite(owner.own(store), owner, "coordinator")

    def take(name: str) -> str:
        try:
            return use(store, token, name)
        except RefusedError:
            return ""

    with ThreadPoolExecutor(2) as two:
        made = list(two.map(take, ["Alex", "Kim"]))
    assert sum(map(bool, made)) == 1
    assert len(people.people(owner.own(store))) == 2


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": "  "}, "name"),
        ({"name": "sam"}, "name"),
        ({"passphrase": "short", "again": "short"}, "passphrase"),
        ({"passphrase": "a" * 40, "again": "a" * 40}, "passphrase"),
        ({"passphrase": "alex is my name!", "again": "alex is my name!"}, "passphrase"),
        ({"again": OTHER}, "passphrase"),
    ],
)
def test_what_is_wrong_is_told_and_the_link_still_works(
    store: Store, changes: dict[str, str], place: str
) -> None:
    owner = first(store)
    token = people.invite(owner.own(store), owner, "viewer")
    with pytest.raises(RefusedError) as refused:
        use(store, token, **({"name": "Alex"} | changes))
    assert refused.value.place == place
    assert here(store, use(store, token, "Alex")).role == "viewer"


def test_a_link_ends_after_a_week(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, MORNING)
    token = accounts.first_link(store) or ""
    set_clock(monkeypatch, MORNING + timedelta(days=7) - timedelta(seconds=1))
    assert accounts.look_at_link(store, token) is not None
    set_clock(monkeypatch, MORNING + timedelta(days=7))
    assert accounts.look_at_link(store, token) is None


def test_capital_letters_and_blanks_of_a_name_do_not_matter(store: Store) -> None:
    first(store, "Sam Reed")
    assert here(store, accounts.sign_in(store, " sam  REED ", GOOD)).name == "Sam Reed"


@pytest.mark.parametrize(("name", "passphrase"), [("Sam", OTHER), ("Kim", GOOD), ("Sam", "")])
def test_wrong_names_and_passphrases_are_told_alike(
    store: Store, name: str, passphrase: str
) -> None:
    first(store)
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(store, name, passphrase)
    assert (str(refused.value), refused.value.status) == (accounts.WRONG, 401)


def test_one_name_is_tried_a_few_times_only_also_with_the_right_passphrase(store: Store) -> None:
    first(store)
    statuses = []
    for passphrase in [OTHER] * 10 + [GOOD]:
        with pytest.raises(RefusedError) as refused:
            accounts.sign_in(store, "Sam", passphrase)
        statuses.append(refused.value.status)
    assert statuses == [401] * 10 + [429]


def test_somebody_is_signed_out_after_two_idle_hours_and_after_twelve_in_any_case(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, MORNING)
    first(store)
    token = accounts.sign_in(store, "Sam", GOOD)

    def there(after: timedelta) -> bool:
        set_clock(monkeypatch, MORNING + after)
        return accounts.access_of(store, token, seen=True) is not None

    hour = timedelta(hours=1)
    assert all(there(number * 1.9 * hour) for number in range(1, 7))  # to 11.4 hours
    assert not there(12 * hour)
    set_clock(monkeypatch, MORNING)
    idle = accounts.sign_in(store, "Sam", GOOD)
    set_clock(monkeypatch, MORNING + 2 * hour)
    assert accounts.access_of(store, idle) is None
    with store.write() as work:
        accounts.forget_old(work)
        work.commit()
    set_clock(monkeypatch, MORNING)
    assert accounts.access_of(store, idle) is None


def test_signing_out_and_signing_in_again_end_the_cookie_from_before(store: Store) -> None:
    first(store)
    one = accounts.sign_in(store, "Sam", GOOD)
    two = accounts.sign_in(store, "Sam", GOOD, before=one)
    assert accounts.access_of(store, one) is None
    accounts.sign_out(store, two)
    assert accounts.access_of(store, two) is None
    assert accounts.access_of(store, "") is None


def test_another_passphrase_signs_out_everywhere(store: Store) -> None:
    owner = first(store)
    before = accounts.sign_in(store, "Sam", GOOD)
    link = people.new_passphrase(owner.own(store), owner, owner.account)
    use(store, link, "", passphrase=OTHER, again=OTHER)
    assert accounts.access_of(store, before) is None
    with pytest.raises(RefusedError):
        accounts.sign_in(store, "Sam", GOOD)
    assert here(store, accounts.sign_in(store, "Sam", OTHER)).account == owner.account


def test_the_last_coordinator_cannot_be_removed_and_one_who_is_is_signed_out(store: Store) -> None:
    owner = first(store)
    own = owner.own(store)
    with pytest.raises(RefusedError, match="last coordinator"):
        people.remove(own, owner, owner.account)
    second = use(store, people.invite(own, owner, "coordinator"), "Alex")
    people.remove(own, owner, here(store, second).account)
    assert accounts.access_of(store, second) is None
    with pytest.raises(RefusedError):
        accounts.sign_in(store, "Alex", GOOD)


def test_an_administrator_lets_the_first_coordinator_in_and_nobody_after(store: Store) -> None:
    """Whoever could let themselves in would see results."""
    administrator = first(store, "Root", organisation=None)
    one = organisations.open_organisation(store, administrator, "Willow Street")
    (listed,) = organisations.organisations(store)
    two = organisations.first_coordinator(store, administrator, listed.id)
    assert accounts.look_at_link(store, one) is None  # the newer one ended it
    assert accounts.look_at_link(store, two) is not None
    by_machine = accounts.new_link(store, "coordinator", listed.id)
    assert here(store, use(store, by_machine, "Sam")).role == "coordinator"
    assert accounts.look_at_link(store, two) is None
    with pytest.raises(RefusedError, match="done its work"):
        use(store, two, "Root again")
    with pytest.raises(RefusedError, match="has a coordinator"):
        organisations.first_coordinator(store, administrator, listed.id)


@pytest.mark.parametrize("name", ["Anchor House", "anchor  house ", "ANCHOR HOUSE"])
def test_no_two_organisations_have_one_name(store: Store, name: str) -> None:
    administrator = first(store, "Root", organisation=None)
    organisations.open_organisation(store, administrator, "Anchor House")
    with pytest.raises(RefusedError, match="of this name already"):
        organisations.open_organisation(store, administrator, name)


def house(store: Store, administrator: Access, name: str) -> Store:
    """The store of a new organisation."""
    token = organisations.open_organisation(store, administrator, name)
    return here(store, use(store, token, f"coordinator of {name}")).own(store)


def names(store: Store) -> list[str]:
    return [listed.name for listed in organisations.organisations(store)]


@pytest.mark.parametrize("name", ["Anchor House", "anchor  house"])
def test_no_coordinator_takes_the_name_of_another_organisation(store: Store, name: str) -> None:
    administrator = first(store, "Root", organisation=None)
    house(store, administrator, "Anchor House")
    own = house(store, administrator, "Bridge House")
    assert plan.name_problem(own, {"organisation": name}) == {"organisation": plan.NAME_TAKEN}
    with pytest.raises(NameRefusedError):
        opened(own, organisation=name)
    assert names(store) == ["Anchor House", "Bridge House"]
    assert [listed.rounds for listed in organisations.organisations(store)] == [0, 0]


def test_a_new_name_of_ones_own_is_given_and_written_down(store: Store) -> None:
    own = house(store, first(store, "Root", organisation=None), "Bridge House")
    for name in ("Bridge House", "bridge house", "Bridge House, Leeds"):
        assert plan.name_problem(own, {"organisation": name}) == {}
        record = opened(own, organisation=name)
    assert names(store) == ["Bridge House, Leeds"]
    told = [entry.what for entry in audit.entries_of_organisation(own, record.organisation)]
    assert told[:2] == [
        "Called the organisation “Bridge House, Leeds”; it was “bridge house” before.",
        "Called the organisation “bridge house”; it was “Bridge House” before.",
    ]


def test_an_administrator_renames_an_organisation_and_its_log_says_so(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    house(store, administrator, "Anchor House")
    own = house(store, administrator, "Bridge House")
    record = opened(own, organisation="Bridge House")
    name = record.organisation.id
    for taken in ("Anchor House", "anchor  house"):
        with pytest.raises(RefusedError, match="of this name already"):
            organisations.rename(store, administrator, name, taken)
    organisations.rename(store, administrator, name, "bridge  house, Leeds ")
    assert names(store) == ["Anchor House", "bridge house, Leeds"]
    with own.read() as work:
        after = work.assessments.get(record.id)
    assert after is not None and after.organisation.name == "bridge house, Leeds"
    told = audit.entries_of_organisation(own, record.organisation)[0]
    assert (told.who, told.what) == (
        "Root",
        "Called the organisation “bridge house, Leeds”; it was “Bridge House” before.",
    )
    with pytest.raises(RefusedError, match="not there any more"):
        organisations.rename(store, administrator, "gone", "Reed Lane")


def test_a_plan_in_the_making_does_not_give_the_old_name_again(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    own = house(store, administrator, "Bridge House")
    (listed,) = organisations.organisations(store)
    today = MORNING.date()
    typed = {"organisation": "bridge house ", "title": "Spring", "opens_on": today}
    for plan_id, organisation in (("1" * 32, "bridge house "), ("2" * 32, "Another")):
        given = typed | {"organisation": organisation}
        plans_in_the_making.keep(own, plan_id, given, begin=True, today=today)
    organisations.rename(store, administrator, listed.id, "Reed Lane")
    now = {"organisation": "Reed Lane"}
    assert plans_in_the_making.typed_in(own, "1" * 32) == typed | now
    assert plans_in_the_making.typed_in(own, "2" * 32) == typed | {"organisation": "Another"}


#: A name that nobody has, and that two want at once.
NEW_NAME = "Reed Lane"


def at_once(change: Callable[[Any], object], both: Sequence[object]) -> int:
    """How many of two that do the same at once are not refused."""

    def done(one: object) -> bool:
        try:
            change(one)
        except (RefusedError, NameRefusedError):
            return False
        return True

    with ThreadPoolExecutor(2) as two:
        return sum(two.map(done, both))


def test_of_two_organisations_that_are_called_alike_at_once_one_is(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    for name in ("Anchor House", "Bridge House"):
        organisations.open_organisation(store, administrator, name)
    both = [listed.id for listed in organisations.organisations(store)]
    assert at_once(lambda one: organisations.rename(store, administrator, one, NEW_NAME), both) == 1
    assert names(store).count(NEW_NAME) == 1


def test_whoever_shares_a_name_from_before_can_keep_it(store: Store) -> None:
    with store.write() as work:
        for number in ("1", "2"):
            work.organisations.add(OrganisationRecord(number, "Anchor House", "", ""))
        work.commit()
    opened(store.of(Scope("2", "kim")), organisation="Anchor House")


def test_of_two_that_take_one_name_at_once_one_gets_it(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    both = [house(store, administrator, name) for name in ("Anchor House", "Bridge House")]
    assert at_once(lambda own: opened(own, organisation=NEW_NAME), both) == 1
    assert names(store).count(NEW_NAME) == 1


def test_a_closed_organisation_lets_nobody_in_and_ends_its_rounds(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    token = organisations.open_organisation(store, administrator, "Willow Street")
    coordinator = use(store, token, "Sam")
    own = here(store, coordinator).own(store)
    record = opened(own)
    (listed,) = organisations.organisations(store)
    assert (listed.coordinators, listed.rounds, listed.running) == (1, 1, 1)
    with pytest.raises(RefusedError, match="Close the organisation first"):
        organisations.delete(store, listed.id, "Willow Street")
    for typed in ("", "Willow", "willow street"):
        with pytest.raises(RefusedError, match="not the name"):
            organisations.close(store, administrator, listed.id, typed)
    assert here(store, coordinator).organisation == listed.id
    organisations.close(store, administrator, listed.id, " Willow  Street")
    assert accounts.access_of(store, coordinator) is None
    with store.read() as work:
        after = work.assessments.get(record.id)
    assert after is not None and state_of(after) is RoundState.CLOSED
    (closed, launched) = audit.entries(own, record)
    assert closed.who == "Root" and launched.what.startswith("Opened the round")
    assert closed.what == (
        "Closed with the organisation, by whoever looks after this installation."
    )
    organisations.reopen(store, administrator, listed.id)
    with store.read() as work:
        after = work.assessments.get(record.id)
    assert after is not None and state_of(after) is RoundState.CLOSED
    organisations.close(store, administrator, listed.id)
    with pytest.raises(RefusedError, match="not the name"):
        organisations.delete(store, listed.id, "Willow")
    organisations.delete(store, listed.id, " Willow  Street")
    assert organisations.organisations(store) == []
    with store.read() as work:
        assert work.assessments.get(record.id) is None
        assert [account.name for account in work.accounts.all()] == ["Root"]


def test_closing_an_organisation_ends_what_its_people_were_signed_in_with(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    link = organisations.open_organisation(store, administrator, "Willow Street")
    here_still = use(store, organisations.open_organisation(store, administrator, "Reed"), "Kim")
    before = use(store, link, "Sam")
    name = here(store, before).organisation or ""
    late = people.invite(store, here(store, before), "viewer")
    organisations.close(store, administrator, name)
    # Only whoever has the passphrase is told.
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(store, "Sam", GOOD)
    assert str(refused.value) == (
        "Willow Street is closed here. Ask whoever looks after this installation."
    )
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(store, "Sam", OTHER)
    assert str(refused.value) == accounts.WRONG
    with pytest.raises(RefusedError, match="organisation is closed"):
        use(store, late, "Alex")
    organisations.reopen(store, administrator, name)
    assert accounts.access_of(store, before) is None
    assert accounts.access_of(store, here_still) is not None
    assert here(store, accounts.sign_in(store, "Sam", GOOD)).organisation == name
    assert here(store, use(store, late, "Alex")).role == "viewer"


def test_closing_an_organisation_ends_the_hours_of_grace_too(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    own = house(store, administrator, "Willow Street")
    record = opened(own, grace_hours=48)
    changes.close_early(own, record.id)
    (listed,) = organisations.organisations(store)
    assert listed.running == 1
    organisations.close(store, administrator, listed.id, "Willow Street")
    (listed,) = organisations.organisations(store)
    assert listed.running == 0


def test_opening_a_round_opens_no_closed_organisation(store: Store) -> None:
    record = opened(store)
    with store.write() as work:
        work.organisations.close(record.organisation.id, record.opens_on)
        work.commit()
    opened(store)
    (listed,) = organisations.organisations(store)
    assert listed.closed_on == record.opens_on


def test_who_is_signed_in_stays_so_when_the_database_goes_back_and_forth(
    store: Store, url: str
) -> None:
    token = accounts.first_link(store) or ""
    signed_in = use(store, token, organisation="Willow Street")
    owner = here(store, signed_in)
    by_provider = AccountRecord("by-provider", owner.organisation, "viewer", "kim", None, "a" * 64)
    with store.write() as work:
        work.accounts.add(by_provider)
        work.commit()
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0015")
    store.close()
    again = open_store(url)
    assert here(again, signed_in) == owner
    with again.read() as work:
        # Nobody knows any more who they are there: a coordinator removes the account, or it is
        # handed over where passphrases open nothing.
        assert work.accounts.by_name("kim") == replace(by_provider, subject=None)
    again.close()


def test_the_log_says_which_coordinator_did_what(store: Store) -> None:
    owner = first(store)
    own = owner.own(store)
    record = opened(own)
    people.invite(own, owner, "viewer")
    with own.read() as work:
        entries = work.audit.of_organisation(record.organisation.id)
    assert {(entry.action, entry.who) for entry in entries} == {
        ("account_made_by", "Sam"),
        ("launched", "Sam"),
        ("account_link_made", "Sam"),
    }
    assert clock.now() >= max(entry.at for entry in entries)


def test_the_log_says_who_made_an_account_and_who_chose_another_passphrase(store: Store) -> None:
    owner = first(store)
    own = owner.own(store)
    use(store, people.invite(own, owner, "coordinator"), "Kim")
    kim = next(record for record in people.people(own) if record.name == "Kim")
    use(store, accounts.new_passphrase_link(store, kim.id), "")
    people.withdraw(own, owner, link_of(own, people.invite(own, owner, "viewer")))
    assert log(own) == [
        "Kim: Chose another passphrase by a link that whoever runs the machine made.",
        "Kim: Made an account by a link that Sam made, as a coordinator.",
        "Sam: Made a link for a coordinator.",
        "Sam: Made a link for a viewer.",
        "Sam: Made an account by a link that whoever runs the machine made, as a coordinator.",
        "Sam: Withdrew the link for a viewer that Sam made.",
        "Whoever runs the machine: Made a link for another passphrase of Kim.",
    ]


def test_the_log_of_an_earlier_version_is_still_told(store: Store) -> None:
    owner = first(store)
    with store.write() as work:
        for did in ("account_made", "passphrase_changed"):
            note_of_organisation(work, owner.organisation or "", "Kim", did, role="viewer")
        work.commit()
    assert log(owner.own(store))[:2] == [
        "Kim: Chose another passphrase by a link.",
        "Kim: Made an account by a link, as a viewer.",
    ]


def test_nobody_is_called_as_the_log_calls_whoever_runs_the_machine(store: Store) -> None:
    owner = first(store)
    token = people.invite(owner.own(store), owner, "viewer")
    with pytest.raises(RefusedError, match="has this name"):
        use(store, token, " whoever runs  the Machine")


def test_who_is_removed_comes_back_by_no_link_that_they_made(store: Store) -> None:
    owner = first(store)
    own = owner.own(store)
    alex = here(store, use(store, people.invite(own, owner, "coordinator"), "Alex"))
    theirs = [
        people.invite(own, alex, "coordinator"),
        people.invite(own, alex, "viewer"),
        people.new_passphrase(own, alex, owner.account),
        accounts.new_passphrase_link(store, alex.account),
    ]
    others = people.invite(own, owner, "viewer")
    people.remove(own, owner, alex.account)
    for token in theirs:
        assert accounts.look_at_link(store, token) is None
        with pytest.raises(RefusedError, match="done its work"):
            use(store, token, "Alex again")
    assert [link.maker for link in people.open_links(own, record_of(own))] == ["Sam"]
    assert here(store, use(store, others, "Kim")).role == "viewer"


def test_who_is_removed_by_the_machine_comes_back_by_no_link_that_they_made(store: Store) -> None:
    owner = first(store)
    token = people.invite(owner.own(store), owner, "coordinator")
    assert people.remove_by_machine(store, "Sam")
    assert accounts.look_at_link(store, token) is None


def test_who_may_do_something_else_from_now_on_leaves_no_link_behind(store: Store) -> None:
    owner = first(store)
    token = people.invite(owner.own(store), owner, "coordinator")
    with store.write() as work:
        work.accounts.set_role(owner.account, owner.organisation, "viewer")
        work.commit()
    assert accounts.look_at_link(store, token) is None


def test_links_from_before_it_was_known_who_made_them_end_but_for_the_first_one(
    store: Store, url: str
) -> None:
    """Else a coordinator who is removed would come back by one."""
    very_first = accounts.first_link(store) or ""
    with store.write() as work:
        work.organisations.add(OrganisationRecord("willow", "Willow Street", "", ""))
        work.commit()
    token = accounts.new_link(store, "coordinator", "willow")
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0017")
    store.close()
    again = open_store(url)
    assert accounts.look_at_link(again, token) is None
    assert accounts.look_at_link(again, very_first) is not None
    newer = accounts.new_link(again, "coordinator", "willow")
    assert accounts.look_at_link(again, newer) is not None
    again.close()


def test_open_links_are_told_and_one_that_went_to_the_wrong_address_is_withdrawn(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, MORNING)
    owner = first(store)
    own = owner.own(store)
    wrong = people.invite(own, owner, "coordinator")
    set_clock(monkeypatch, MORNING + timedelta(hours=1))
    people.new_passphrase(own, owner, owner.account)
    set_clock(monkeypatch, MORNING + timedelta(hours=2))
    accounts.new_link(store, "viewer", owner.organisation)
    found = people.open_links(own, record_of(own))
    assert [(link.role, link.name, link.maker, link.until) for link in found] == [
        ("coordinator", "", "Sam", "Monday 9 March 2026, 9am (London time)"),
        ("coordinator", "Sam", "Sam", "Monday 9 March 2026, 10am (London time)"),
        ("viewer", "", "whoever runs the machine", "Monday 9 March 2026, 11am (London time)"),
    ]
    for link in found[:2] * 2:  # twice, as somebody else may at the same time
        people.withdraw(own, owner, link.id)
    assert people.open_links(own, record_of(own)) == found[2:]
    with pytest.raises(RefusedError, match="withdrawn"):
        use(store, wrong, "Mallory")
    assert [entry for entry in log(own) if "Withdrew" in entry] == [
        "Sam: Withdrew the link for a coordinator that Sam made.",
        "Sam: Withdrew the link for another passphrase of Sam that Sam made.",
    ]
    set_clock(monkeypatch, MORNING + timedelta(days=7, hours=2))
    assert people.open_links(own, record_of(own)) == []


def test_of_the_links_for_a_passphrase_the_newest_works_until_the_passphrase_is_changed(
    store: Store,
) -> None:
    owner = first(store)
    own = owner.own(store)
    one = people.new_passphrase(own, owner, owner.account)
    two = accounts.new_passphrase_link(store, owner.account)
    assert accounts.look_at_link(store, one) is None
    assert accounts.look_at_link(store, two) is not None
    with store.write() as work:
        work.accounts.set_passphrase(owner.account, slow_hash(OTHER))
        work.commit()
    assert accounts.look_at_link(store, two) is None


def test_no_account_is_made_for_an_organisation_that_is_closed(store: Store) -> None:
    administrator = first(store, "Root", organisation=None)
    for name in ("Willow Street", "Reed Lane"):
        organisations.open_organisation(store, administrator, name)
    reed, willow = organisations.organisations(store)
    owner = here(store, use(store, accounts.new_link(store, "coordinator", willow.id), "Sam"))
    own = owner.own(store)
    tokens = [
        people.invite(own, owner, "coordinator"),
        people.invite(own, owner, "viewer"),
        people.new_passphrase(own, owner, owner.account),
        accounts.new_link(store, "coordinator", willow.id),
        organisations.first_coordinator(store, administrator, reed.id),
    ]
    with store.read() as work:
        before = work.accounts.all()
    for closing in (reed, willow):
        organisations.close(store, administrator, closing.id)
    for token in tokens:
        assert accounts.look_at_link(store, token) is None
        with pytest.raises(RefusedError, match="done its work"):
            use(store, token, "Mallory", passphrase=OTHER, again=OTHER)
    for make in (
        lambda: organisations.first_coordinator(store, administrator, reed.id),
        lambda: accounts.new_link(store, "coordinator", willow.id),
        lambda: accounts.new_passphrase_link(store, owner.account),
    ):
        with pytest.raises(RefusedError, match="is closed"):
            make()
    with store.read() as work:
        assert work.accounts.all() == before
    organisations.reopen(store, administrator, willow.id)
    assert here(store, use(store, tokens[1], "Kim")).role == "viewer"


def test_the_first_start_makes_nobody_a_coordinator_of_an_organisation_that_is_closed(
    store: Store,
) -> None:
    administrator = first(store, "Root", organisation=None)
    organisations.open_organisation(store, administrator, "Willow Street")
    (listed,) = organisations.organisations(store)
    organisations.close(store, administrator, listed.id)
    assert people.remove_by_machine(store, "Root")
    token = accounts.first_link(store) or ""
    with pytest.raises(RefusedError, match="is closed"):
        use(store, token, organisation="Willow Street")
    assert here(store, use(store, token, organisation=None)).role == "administrator"


def log(own: Store) -> list[str]:
    """What stands in the log of an organisation, sorted."""
    told = audit.entries_of_organisation(own, record_of(own))
    return sorted(f"{entry.who}: {entry.what}" for entry in told)


def record_of(own: Store) -> OrganisationRecord:
    with own.read() as work:
        return work.organisations.all()[0].record


def link_of(own: Store, token: str) -> str:
    """The id of a link that is open."""
    return next(
        link.id for link in people.open_links(own, record_of(own)) if link.id == hashed(token)
    )
