"""Signing in by the organisation's own provider: what others try, against a provider that runs."""

from __future__ import annotations

import logging
import re
import shutil
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from assessment.services import current_store
from assessment.services.access import accounts, openid_connect, own_sign_in
from assessment.services.access.accounts import access_of
from assessment.services.access.codes import new_id
from assessment.services.access.passphrases import slow_hash
from assessment.settings import settings
from assessment.store import Store, open_store
from assessment.store.records import AccountRecord, OrganisationRecord
from assessment.web import log_lines
from assessment.web.cookies import ACCOUNT, AT_PROVIDER
from assessment.web.middleware import is_known, middleware
from assessment.web.routes import routes
from tests.support.asgi import Answer, ask
from tests.support.databases import new_file
from tests.support.provider import (
    CLAIMING,
    KIM,
    MALLORY,
    NEXT_SAM,
    ROOT,
    SAM,
    Provider,
    Token,
    running_provider,
    sign_in_file,
    signed_by_another,
    signed_with_public_key,
    unsigned,
)

GOOD = "apple river lamp stone"
#: Who writes lines for the provider.
THEIRS = ("werkzeug", "oidc_provider_mock")


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as started:
        yield started


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    """The provider, which tells the truth at first."""
    running.change = running.sign = None
    running.delay = 0
    yield running
    running.change = running.sign = None
    running.delay = 0


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which there is nothing yet."""
    file = tmp_path_factory.mktemp("empty") / "store.sqlite"
    open_store(f"sqlite:///{file.as_posix()}").close()
    return file


@pytest.fixture
def set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, provider: Provider, empty: Path
) -> Iterator[Callable[..., None]]:
    """Sets the installation up with that provider, and with what is changed in its file."""

    def forget() -> None:
        for kept in (settings, own_sign_in.configured, current_store.store):
            kept.cache_clear()
        openid_connect._known.clear()

    def change(**changes: object) -> None:
        forget()
        issuer = str(changes.pop("issuer", provider.address))
        file = sign_in_file(tmp_path, issuer, **changes)
        monkeypatch.setenv("ASSESSMENT_SIGN_IN_FILE", str(file))
        monkeypatch.setenv("ASSESSMENT_DATABASE_URL", new_file(tmp_path / "store.sqlite"))

    shutil.copy(empty, tmp_path / "store.sqlite")
    change()
    yield change
    current_store.store().close()
    forget()


@pytest.fixture
def store(set_up: Callable[..., None]) -> Store:
    return current_store.store()


class Browser:
    """A browser's jar, and an app of its own, so that nobody has tried anything before."""

    def __init__(self) -> None:
        self.app = Starlette(routes=routes, middleware=middleware)
        self.jar: dict[str, str] = {}

    def ask(self, place: str, form: dict[str, str] | None = None) -> Answer:
        held = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        method, body = ("GET", b"") if form is None else ("POST", urlencode(form).encode())
        answer = ask(self.app, place, method, body=[body], cookie=held)
        for line in answer.headers.getlist("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.jar[name] = value
            if "Max-Age=0" in line:
                del self.jar[name]
        return answer

    def begin(self, to: str = "/") -> str:
        """Set out for the provider; its address."""
        answer = self.ask(f"/sign-in/elsewhere?{urlencode({'to': to})}")
        assert answer.status == 303, answer.text
        return answer.headers["location"]

    def come_back(self, address: str) -> Answer:
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "http://localhost/sign-in/back"
        return self.ask(f"{parts.path}?{parts.query}")

    def sign_in(self, provider: Provider, subject: str, to: str = "/") -> Answer:
        return self.come_back(provider.approve(self.begin(to), subject))

    def access(self, store: Store) -> accounts.Access | None:
        return access_of(store, self.jar.get(ACCOUNT))


def lie(**claims: object) -> Callable[[Token], None]:
    return lambda token: token.update(claims)


def without(name: str) -> Callable[[Token], None]:
    return lambda token: token.pop(name)


def is_nobody(browser: Browser, answer: Answer, store: Store, status: int = 401) -> None:
    """Nobody has signed in, nothing is kept, and the page says so."""
    assert answer.status == status
    assert "You are not signed in" in answer.text and "Nothing was changed" in answer.text
    assert ACCOUNT not in browser.jar and AT_PROVIDER not in browser.jar
    with store.read() as work:
        assert work.accounts.all() == []


# -- as it should be ------------------------------------------------------------------------------


def test_roles_come_by_a_verified_address_or_by_a_claim(provider: Provider, store: Store) -> None:
    found = {}
    for user in (ROOT, SAM, KIM):
        browser = Browser()
        answer = browser.sign_in(provider, user.sub)
        assert (answer.status, answer.headers["location"]) == (303, "/")
        access = browser.access(store)
        assert access is not None
        found[access.name] = access.role
    assert found == {
        "root@willow.example": "administrator",
        "sam@willow.example": "coordinator",
        "kim": "viewer",
    }
    with store.read() as work:
        (organisation,) = work.organisations.all()
        assert organisation.record.name == "Willow Street"
        assert [record.passphrase for record in work.accounts.all()] == [None] * 3


def test_somebody_goes_on_to_where_they_wanted_to_go(provider: Provider, store: Store) -> None:
    answer = Browser().sign_in(provider, SAM.sub, "/set-up?step=groups")
    assert answer.headers["location"] == "/set-up?step=groups"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/set-up\\@evil.example",
        "javascript:alert(1)",
        "/sign-in/elsewhere?ask=yes",
    ],
)
def test_nobody_is_led_to_another_site(provider: Provider, store: Store, elsewhere: str) -> None:
    assert Browser().sign_in(provider, SAM.sub, elsewhere).headers["location"] == "/"


def test_coming_again_is_the_same_account_with_the_role_of_today(
    provider: Provider, store: Store, set_up: Callable[..., None]
) -> None:
    one, two = Browser(), Browser()
    one.sign_in(provider, SAM.sub)
    before = one.access(store)
    rule = {"address": "sam@willow.example", "role": "viewer", "organisation": "Willow Street"}
    set_up(roles=[rule])
    two.sign_in(provider, SAM.sub)
    after = two.access(current_store.store())
    assert before and after and before.account == after.account
    assert (before.role, after.role) == ("coordinator", "viewer")
    # What the first browser may do has changed with it.
    assert one.access(current_store.store()) == after


def test_a_role_that_is_taken_away_ends_at_the_next_sign_in_everywhere(
    provider: Provider, store: Store, set_up: Callable[..., None]
) -> None:
    one, two = Browser(), Browser()
    one.sign_in(provider, SAM.sub)
    set_up(roles=[{"address": "root@willow.example", "role": "administrator"}])
    assert one.access(current_store.store()) is not None
    answer = two.sign_in(provider, SAM.sub)
    is_nobody(two, answer, current_store.store(), 403)
    assert one.access(current_store.store()) is None


# -- who may not come in --------------------------------------------------------------------------


def test_somebody_without_a_role_is_told_kindly_and_not_which_roles_there_are(
    provider: Provider, store: Store
) -> None:
    browser = Browser()
    answer = browser.sign_in(provider, MALLORY.sub)
    is_nobody(browser, answer, store, 403)
    words = answer.text.casefold()
    assert "nothing is set up for you here" in words
    assert not any(word in words for word in ("coordinator", "viewer", "administrator", "street"))


def test_an_address_that_nobody_has_verified_gives_no_role(
    provider: Provider, store: Store
) -> None:
    browser = Browser()
    is_nobody(browser, browser.sign_in(provider, CLAIMING.sub), store, 403)


def test_an_address_that_changes_hands_opens_no_account_of_who_had_it_before(
    provider: Provider, store: Store
) -> None:
    first, second = Browser(), Browser()
    first.sign_in(provider, SAM.sub)
    answer = second.sign_in(provider, NEXT_SAM.sub)
    assert answer.status == 403 and "Somebody else has signed in here with your" in answer.text
    assert second.access(store) is None and first.access(store) is not None


def test_a_new_address_of_somebody_stays_their_account(provider: Provider, store: Store) -> None:
    one, two = Browser(), Browser()
    one.sign_in(provider, KIM.sub)

    def renamed(claims: Token) -> None:
        claims.update(email="kim@willow.example", email_verified=True)

    provider.change = renamed
    two.sign_in(provider, KIM.sub)
    before, after = one.access(store), two.access(store)
    assert before and after and before.account == after.account
    assert after.name == "kim@willow.example"


def with_passphrase(store: Store, role: str = "coordinator") -> None:
    owner = OrganisationRecord(new_id(), "Reed Lane", "", "")
    with store.write() as work:
        work.organisations.add(owner)
        belongs = None if role == "administrator" else owner.id
        work.accounts.add(
            AccountRecord(new_id(), belongs, role, "Sam@willow.example", slow_hash(GOOD))  # type: ignore[arg-type]
        )
        work.commit()


def test_an_account_with_a_passphrase_is_not_taken_over(provider: Provider, store: Store) -> None:
    with_passphrase(store)
    browser = Browser()
    answer = browser.sign_in(provider, SAM.sub)
    assert answer.status == 403 and "Sign in with the passphrase" in answer.text
    assert ACCOUNT not in browser.jar
    assert accounts.sign_in(store, "sam@willow.example", GOOD)


def test_whoever_has_the_passphrase_hands_their_account_over_themselves(
    provider: Provider, store: Store
) -> None:
    with_passphrase(store)
    browser = Browser()
    refused = browser.sign_in(provider, SAM.sub).text
    (form,) = re.findall(r'href="([^"]+)">Sign in with the passphrase', refused)
    (to,) = re.findall(r'name="to" value="([^"]+)"', browser.ask(form).text)
    given = {"name": "sam@willow.example", "passphrase": GOOD, "to": to}
    onward = browser.ask("/sign-in", given).headers["location"]
    # A form may lead to no other site, and so neither may what it leads to: a page comes between.
    assert "Go on to Willow ID" in browser.ask(onward).text
    assert browser.sign_in(provider, SAM.sub).status == 303
    access = browser.access(store)
    assert access is not None and access.role == "coordinator"
    with pytest.raises(accounts.RefusedError):
        accounts.sign_in(store, "sam@willow.example", GOOD)
    with pytest.raises(accounts.RefusedError, match="without a passphrase"):
        accounts.new_passphrase_link(store, access.account)


def test_a_passphrase_of_somebody_else_hands_nothing_over(provider: Provider, store: Store) -> None:
    with_passphrase(store)
    with store.write() as work:
        other = AccountRecord(new_id(), None, "administrator", "else", slow_hash(GOOD))
        work.accounts.add(other)
        work.commit()
    browser = Browser()
    browser.jar[ACCOUNT] = accounts.sign_in(store, "else", GOOD)
    assert browser.sign_in(provider, SAM.sub).status == 403


def test_nobody_of_a_closed_organisation_comes_in(provider: Provider, store: Store) -> None:
    Browser().sign_in(provider, SAM.sub)
    with store.write() as work:
        (listed,) = work.organisations.all()
        work.organisations.close(listed.record.id, date(2026, 3, 2))
        work.commit()
    browser = Browser()
    answer = browser.sign_in(provider, KIM.sub)
    assert answer.status == 403 and "is closed here" in answer.text
    assert ACCOUNT not in browser.jar


# -- by the provider alone ------------------------------------------------------------------------


def test_where_nobody_else_comes_in_passphrases_open_administrators_accounts_alone(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(only=True)
    store = current_store.store()
    assert accounts.first_link(store) is None
    with_passphrase(store)
    link = accounts.new_link(store, "coordinator", None)
    assert accounts.look_at_link(store, link) is None
    with pytest.raises(accounts.RefusedError, match="do not belong together"):
        accounts.sign_in(store, "sam@willow.example", GOOD)
    administrator = accounts.new_link(store, "administrator", None)
    token = accounts.use_link(store, administrator, name="Root", passphrase=GOOD, again=GOOD)
    assert access_of(store, token) is not None
    assert accounts.sign_in(store, "Root", GOOD)


def test_then_a_passphrase_account_of_the_same_name_gives_what_the_file_says_and_no_more(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(only=True)
    store = current_store.store()
    with_passphrase(store)
    browser = Browser()
    assert browser.sign_in(provider, SAM.sub).status == 303
    access = browser.access(store)
    assert access is not None and access.organisation is not None
    with store.read() as work:
        owner = work.organisations.get(access.organisation)
    assert owner is not None and owner.name == "Willow Street"


def test_then_an_administrators_account_still_needs_its_passphrase(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(only=True)
    store = current_store.store()
    with_passphrase(store, "administrator")
    browser = Browser()
    assert browser.sign_in(provider, SAM.sub).status == 403
    assert accounts.sign_in(store, "sam@willow.example", GOOD)


# -- what comes back ------------------------------------------------------------------------------


def test_a_forged_state_signs_nobody_in(provider: Provider, store: Store) -> None:
    browser = Browser()
    given = dict(parse_qsl(urlsplit(provider.approve(browser.begin(), SAM.sub)).query))
    forged = given | {"state": "A" * len(given["state"])}
    is_nobody(browser, browser.ask(f"/sign-in/back?{urlencode(forged)}"), store)
    # The try is over: the right one comes too late now.
    is_nobody(browser, browser.ask(f"/sign-in/back?{urlencode(given)}"), store)


def test_what_another_browser_brings_back_signs_nobody_in(provider: Provider, store: Store) -> None:
    """Somebody who sends their own code to another would let them work in their account."""
    mallory, sam = Browser(), Browser()
    brought = provider.approve(mallory.begin(), KIM.sub)
    is_nobody(sam, sam.come_back(brought), store)
    sam.begin()
    is_nobody(sam, sam.come_back(brought), store)
    # Its code with one's own state does not fit, either: it is bound to who began.
    brought = provider.approve(mallory.begin(), KIM.sub)
    own = parse_qs(urlsplit(sam.begin()).query)["state"][0]
    given = dict(parse_qsl(urlsplit(brought).query)) | {"state": own}
    is_nobody(sam, sam.ask(f"/sign-in/back?{urlencode(given)}"), store)


def test_nothing_signs_somebody_in_twice(provider: Provider, store: Store) -> None:
    browser = Browser()
    brought = provider.approve(browser.begin(), SAM.sub)
    kept = browser.jar[AT_PROVIDER]
    assert browser.come_back(brought).status == 303
    assert browser.come_back(brought).status == 401
    thief = Browser()
    thief.jar[AT_PROVIDER] = kept
    answer = thief.come_back(brought)
    assert answer.status == 401 and ACCOUNT not in thief.jar


def test_what_was_begun_ends_after_ten_minutes(
    provider: Provider, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    brought = provider.approve(browser.begin(), SAM.sub)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + openid_connect.LASTS + 1)
    is_nobody(browser, browser.come_back(brought), store)


@pytest.mark.parametrize("kept", ["", "x", "gAAAAAB", "é"])
def test_a_cookie_that_is_not_ours_begins_nothing(
    provider: Provider, store: Store, kept: str
) -> None:
    browser = Browser()
    brought = provider.approve(browser.begin(), SAM.sub)
    browser.jar[AT_PROVIDER] = kept
    is_nobody(browser, browser.come_back(brought), store)


def test_nor_does_one_of_another_installation(provider: Provider, store: Store) -> None:
    browser = Browser()
    browser.jar[AT_PROVIDER] = (
        Fernet(urlsafe_b64encode(b"k" * 32)).encrypt(b'["s", "n", "v", "/"]').decode()
    )
    is_nobody(browser, browser.ask("/sign-in/back?state=s&code=c"), store)


def test_the_cookie_tells_nothing_of_what_it_keeps(provider: Provider, store: Store) -> None:
    browser = Browser()
    answer = browser.ask("/sign-in/elsewhere")
    (line,) = answer.headers.getlist("set-cookie")
    assert {"HttpOnly", "SameSite=lax", "Max-Age=600"} <= set(line.split("; "))
    sent = parse_qs(urlsplit(answer.headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"] and sent["scope"] == ["openid email"]
    assert not any(sent[name][0] in line for name in ("state", "nonce", "code_challenge"))


def test_somebody_who_turns_back_is_told_so(provider: Provider, store: Store) -> None:
    browser = Browser()
    begun = browser.begin()
    state = parse_qs(urlsplit(begun).query)["state"][0]
    answer = browser.ask(f"/sign-in/back?error=access_denied&state={state}")
    is_nobody(browser, answer, store)
    assert "You turned back at Willow ID" in answer.text


def test_an_answer_in_the_name_of_another_provider_is_refused(
    provider: Provider, store: Store
) -> None:
    """RFC 9207."""
    browser = Browser()
    brought = provider.approve(browser.begin(), SAM.sub)
    answer = browser.come_back(f"{brought}&iss=https%3A%2F%2Fevil.example")
    is_nobody(browser, answer, store)


def test_an_address_that_the_provider_tells_beside_the_token_counts_as_one_in_it(
    provider: Provider, store: Store
) -> None:
    provider.change = lambda token: [token.pop(name, None) for name in ("email", "email_verified")]
    browser = Browser()
    assert browser.sign_in(provider, SAM.sub).status == 303
    access = browser.access(store)
    assert access is not None and access.role == "coordinator"


def test_what_it_tells_beside_verifies_no_address_of_the_token(
    provider: Provider, store: Store
) -> None:
    provider.change = lie(email="root@willow.example", email_verified=False)
    browser = Browser()
    is_nobody(browser, browser.sign_in(provider, SAM.sub), store, 403)


# -- tokens that lie ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lie(nonce="another"),
        without("nonce"),
        lie(aud="another app"),
        lie(aud=["another app"]),
        lie(aud=["peer-work", "another app"]),
        lie(aud=["peer-work", "another app"], azp="another app"),
        without("aud"),
        lie(iss="https://evil.example"),
        without("iss"),
        lie(exp=1_700_000_000, iat=1_699_999_000),
        without("exp"),
        lie(iat=4_000_000_000),
        lie(nbf=4_000_000_000),
        lie(sub=""),
        lie(sub=7),
        # The provider tells more of somebody else than of whom the token names.
        lie(sub="next sam"),
        without("sub"),
        lie(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    ],
)
def test_a_token_that_is_not_for_this_app_and_this_try_signs_nobody_in(
    provider: Provider, store: Store, change: Callable[[Token], None]
) -> None:
    provider.change = change
    browser = Browser()
    is_nobody(browser, browser.sign_in(provider, SAM.sub), store)


@pytest.mark.parametrize(
    "sign",
    [
        unsigned,
        signed_with_public_key,
        signed_by_another,
        lambda *_: "not.a.token",
        lambda *_: "",
        lambda *_: 7,
        lambda *_: None,
    ],
)
def test_a_token_that_the_provider_has_not_signed_signs_nobody_in(
    provider: Provider, store: Store, sign: Callable[..., str]
) -> None:
    provider.sign = sign
    browser = Browser()
    is_nobody(browser, browser.sign_in(provider, SAM.sub), store)


def test_wrong_tries_are_limited_as_those_of_passphrases_are(
    provider: Provider, store: Store
) -> None:
    browser = Browser()
    statuses = [browser.ask("/sign-in/back?state=guess&code=guess").status for _ in range(21)]
    assert statuses == [401] * 20 + [429]


# -- a provider in trouble ------------------------------------------------------------------------


def does_not_answer(answer: Answer) -> None:
    assert answer.status == 503
    assert "We cannot sign you in just now" in answer.text and "Traceback" not in answer.text


def test_a_provider_that_is_down_is_told_in_our_words(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(issuer="http://localhost:9")
    does_not_answer(Browser().ask("/sign-in/elsewhere"))


def test_a_provider_that_is_slow_is_waited_for_only_so_long(
    provider: Provider, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    brought = provider.approve(browser.begin(), SAM.sub)
    monkeypatch.setattr(openid_connect, "TIMEOUT", (0.2, 0.2))
    provider.delay = 1
    does_not_answer(browser.come_back(brought))
    assert ACCOUNT not in browser.jar


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    provider: Provider, set_up: Callable[..., None]
) -> None:
    set_up(issuer=f"{provider.address}/")
    does_not_answer(Browser().ask("/sign-in/elsewhere"))


def test_a_provider_that_leads_to_an_unsafe_address_is_not_followed(
    provider: Provider, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        "issuer": provider.address,
        "authorization_endpoint": f"{provider.address}/a",
        "token_endpoint": "http://evil.example/token",
        "jwks_uri": f"{provider.address}/jwks",
    }
    monkeypatch.setattr(openid_connect, "_json", lambda _: told)
    does_not_answer(Browser().ask("/sign-in/elsewhere"))


def test_nothing_of_it_stands_in_the_log(
    provider: Provider, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    before = logging.getLogRecordFactory()
    log_lines.install()
    caplog.set_level(logging.DEBUG, "assessment")
    caplog.set_level(logging.DEBUG, "urllib3")
    caplog.set_level(logging.DEBUG, "authlib")
    try:
        for lies in (None, lie(nonce="another")):
            provider.change = lies
            browser = Browser()
            brought = provider.approve(browser.begin(), SAM.sub)
            browser.come_back(brought)
            browser.come_back(brought)
            given = dict(parse_qsl(urlsplit(brought).query))
            secrets = {*given.values(), *browser.jar.values(), "sam@willow", "a secret of"}
            # The provider runs in this very process, and writes lines of its own.
            lines = caplog.record_tuples
            ours = [line for name, _, line in lines if name.partition(".")[0] not in THEIRS]
            log = " ".join(ours)
            assert not [secret for secret in secrets if secret and secret in log]
        assert any("not believed" in line for line in ours)
    finally:
        logging.setLogRecordFactory(before)
        logging.getLogger(log_lines.REQUESTS).disabled = False


@pytest.mark.parametrize("address", ["auth/login", "auth/logout", "oauth2callback"])
def test_another_way_to_sign_in_that_the_server_would_have_stays_closed(address: str) -> None:
    assert not is_known(address)


def test_without_a_provider_there_are_no_such_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_sign_in, "configured", lambda: None)
    browser = Browser()
    assert browser.ask("/sign-in/elsewhere").status == 404
    assert browser.ask("/sign-in/back?code=a&state=b").status == 404
