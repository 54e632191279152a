"""The configurations of Caddy and nginx that we ship, with the proxies themselves in front of two
processes of the app on one PostgreSQL: https, who is believed, who stays where, and what becomes of
those whose process is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from assessment.services.access import accounts
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from assessment.web.cookies import ACCOUNT
from assessment.web.safe_cookies import PREFIX
from tests.performance.load.measures import Log
from tests.performance.load.respondents import FullRespondent, LightRespondent, NotConfirmedError
from tests.performance.load.run import Outcome, compare
from tests.support import loops
from tests.support.assessments import opened
from tests.support.coordinators import coordinator_of, organisation_in
from tests.support.databases import postgresql_database
from tests.support.proxies import Places, running_proxy
from tests.support.running_app import RunningApp, free_port, running_app
from tests.support.websocket import Visitor

WRONG = "2222-2222-2222-2222"
#: How many wrong codes one network has at once.
TRIES = 20
PASSPHRASE = "seven quiet herons fly"
#: By when another process has taken over, seconds: Caddy holds one for dead for ten, asks every two
#: and waits for five, as its file says.
LONG = 10.0 + 2.0 + 5.0


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def cookie_lines(self) -> list[str]:
        return [value for key, value in self.headers if key.lower() == "set-cookie"]


@dataclass
class Browser:
    """A browser at the proxy, which comes from an address of its own.

    Attributes:
        jar: its cookies.
    """

    port: int
    tls: ssl.SSLContext
    source: str = "127.0.0.1"
    jar: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        body = None if fields is None else urlencode(fields).encode()
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        method = "GET" if fields is None else "POST"
        return self.send(method, path, body, sent | dict(headers or {}))

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        line = HTTPSConnection(
            "localhost", self.port, timeout=20, context=self.tls, source_address=(self.source, 0)
        )
        if self.jar:
            headers = headers | {"Cookie": "; ".join(f"{n}={v}" for n, v in self.jar.items())}
        line.request(method, path, body, headers)
        came = line.getresponse()
        answer = Answer(came.status, came.getheaders(), came.read().decode(errors="replace"))
        line.close()
        for cookie in answer.cookie_lines:
            for name, morsel in SimpleCookie(cookie).items():
                self.jar[name] = morsel.value
        return answer

    def try_code(self, code: str = WRONG, **headers: str) -> int:
        return self.ask("/go", {"code": code}, headers).status


@dataclass
class Installation:
    """Two processes behind a proxy."""

    places: Places
    trust: Path
    apps: list[RunningApp]
    store: Store
    record: AssessmentRecord

    @property
    def address(self) -> str:
        return f"https://localhost:{self.places.https}"

    @property
    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.trust))

    @property
    def code(self) -> str:
        return self.record.group("staff").code

    def browser(self, source: str = "127.0.0.1", place: str = "") -> Browser:
        jar = {"place": place} if place else {}
        return Browser(self.places.https, self.tls, source, jar)

    def process_of(self, place: str) -> int:
        """Which process the cookie of the proxy leads to.

        The first one is told that an address has tried too much. Where it refuses that address,
        it is the one.
        """
        source = "127.0.0.9"
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": source}
        status = 0
        while status != 429:
            line = HTTPConnection("127.0.0.1", self.places.behind[0], timeout=20)
            line.request("POST", "/go", urlencode({"code": WRONG}).encode(), sent)
            status = line.getresponse().status
            line.close()
        return 0 if self.browser(source, place).try_code(self.code) == 429 else 1

    def place_at(self, process: int) -> str:
        """The cookie of a browser that came to a process."""
        while True:
            browser = self.browser()
            browser.ask("/alive")
            if self.process_of(place := browser.jar["place"]) == process:
                return place


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def installation(
    request: pytest.FixtureRequest, postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("proxy")
    places = Places(free_port(), free_port(), (free_port(), free_port()))
    address = f"https://localhost:{places.https}"
    with ExitStack() as stack:
        url = stack.enter_context(postgresql_database(postgresql))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("ASSESSMENT_PUBLIC_ADDRESS", address)
        # Both at once, on a database without tables.
        starting = [
            running_app(folder / str(port), port=port, database_url=url, with_coordinator=False)
            for port in places.behind
        ]
        with ThreadPoolExecutor(2) as pool:
            apps = [begun.result() for begun in [pool.submit(app.__enter__) for app in starting]]
        for app in starting:
            stack.push(app)
        trust = stack.enter_context(running_proxy(request.param, folder / "proxy", places))
        store = open_store(url)
        stack.callback(store.close)
        yield Installation(places, trust, apps, store, opened(store))


# -- https ----------------------------------------------------------------------------------------


def test_pages_come_by_https_and_plain_http_leads_there(installation: Installation) -> None:
    browser = installation.browser()
    page = browser.ask("/")
    assert page.status == 200 and "Ready for peer work?" in page.text
    assert page.header("Strict-Transport-Security") == "max-age=31536000"
    line = HTTPConnection("localhost", installation.places.http, timeout=20)
    line.request("GET", "/go?a=1")
    answer = line.getresponse()
    line.close()
    assert answer.status in (301, 308)
    leads_to = answer.getheader("Location") or ""
    assert leads_to.startswith("https://localhost") and leads_to.endswith("/go?a=1")


def test_every_cookie_stays_on_encrypted_lines_and_ours_come_from_this_host_alone(
    installation: Installation,
) -> None:
    browser = installation.browser()
    lines = browser.ask("/").cookie_lines
    lines += browser.ask(f"/i/{installation.code}").cookie_lines
    lines += browser.ask("/begin", {"device": "own", "light": "yes"}).cookie_lines
    assert "__Host-session" in browser.jar and "session" not in browser.jar
    assert "place" in browser.jar
    for line in lines:
        assert "secure" in {part.strip().lower() for part in line.split(";")}, line


def test_somebody_makes_an_account_and_signs_in_through_it(installation: Installation) -> None:
    store, name = installation.store, "robin@willow.example"
    with store.write() as work:
        owner = organisation_in(work)
        work.commit()
    token = accounts.new_link(store, "coordinator", owner)
    twice = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    made = installation.browser().ask(f"/account/{token}", {"name": name, **twice})
    assert made.status == 303
    browser = installation.browser()
    wrong = browser.ask("/sign-in", {"name": name, "passphrase": "something else entirely"})
    assert wrong.status == 401
    assert browser.ask("/sign-in", {"name": name, "passphrase": PASSPHRASE}).status == 303
    with Visitor(installation.address, cookies=browser.jar, tls=installation.tls) as visitor:
        visitor.visit("")
        assert any(name in html for html in visitor.html) and not visitor.exceptions


# -- who is believed, and who stays where ----------------------------------------------------------


def test_where_somebody_comes_from_cannot_be_made_up_and_a_browser_stays_at_its_process(
    installation: Installation,
) -> None:
    """One address has twenty tries at a process, whatever it says of itself. At the other process
    it has twenty more, and people at other addresses are not held up."""
    place = installation.place_at(0)
    liar = installation.browser("127.0.0.2", place)
    found = []
    for number in range(TRIES + 5):
        told = f"203.0.113.{number}"
        found.append(
            liar.try_code(**{"X-Forwarded-For": told, "X-Real-IP": told, "Forwarded": told})
        )
    assert found[:TRIES] == [404] * TRIES and 429 in found[TRIES:]
    assert liar.jar["place"] == place
    assert installation.browser("127.0.0.3", place).try_code() == 404
    assert installation.browser("127.0.0.2", installation.place_at(1)).try_code() == 404


# -- the app itself -------------------------------------------------------------------------------


def test_files_up_to_what_the_app_takes_come_through_and_larger_ones_are_refused_in_words(
    installation: Installation,
) -> None:
    browser = installation.browser()
    browser.ask("/_stcore/health")
    browser.jar[f"{PREFIX}{ACCOUNT}"] = coordinator_of(installation.apps[0].database_url)
    with Visitor(installation.address, cookies=browser.jar, tls=installation.tls) as visitor:
        visitor.visit("file")

        def put(size: int) -> Answer:
            name = "Content-Disposition: form-data; name=f; filename=f.csv"
            body = b"--x\r\n%s\r\n\r\n%s\r\n--x--\r\n" % (name.encode(), b"x" * size)
            headers = {
                "Content-Type": "multipart/form-data; boundary=x",
                "X-Xsrftoken": browser.jar["_streamlit_xsrf"],
            }
            place = f"/_stcore/upload_file/{visitor.session}/{uuid4()}"
            return browser.send("PUT", place, body, headers)

        assert put(5 * 1024 * 1024 - 10_000).status == 204
        for megabytes in (5.5, 7):
            # What the screen then says is ours: it knows the refusal by its number.
            refused = put(int(megabytes * 1024 * 1024))
            assert refused.status == 413 and "nginx" not in refused.text.lower()


# -- one process is killed ------------------------------------------------------------------------


async def goes_on(person: LightRespondent, answers: int) -> int:
    """Give so many answers; as the page does, what was not confirmed is sent again. Returns how
    often that was needed."""
    again = given = 0
    # A proxy may hold a process for dead for ten seconds that was only slow to answer.
    end = time.monotonic() + LONG
    while given < answers:
        try:
            for item, value in list(person.unsure.items()):
                await person._give(item, value)
                person.confirmed[item] = person.unsure.pop(item)
            await person.answer()
            given += 1
        except (OSError, NotConfirmedError, asyncio.IncompleteReadError):
            again += 1
            assert time.monotonic() < end, "the other process never took it"
            await asyncio.sleep(0.05)
    return again


async def answered_while_killed(
    installation: Installation, people: list[LightRespondent], full: FullRespondent
) -> None:
    """Everybody answers; in the midst of it the first process is killed; everybody goes on."""
    for person in (*people, full):
        await person.arrive()
    for _ in range(3):
        await full.answer()
    answering = [asyncio.create_task(goes_on(person, 60)) for person in people]
    while sum(len(person.confirmed) for person in people) < 3 * len(people):
        await asyncio.sleep(0.01)
    os.killpg(installation.apps[0].process, signal.SIGKILL)
    assert not all(task.done() for task in answering)
    await asyncio.gather(*answering)
    # A page whose line broke opens another one by itself. The other process has seen no tap.
    with pytest.raises(OSError):
        await full.answer()
    assert (await full._line.ask("/yours", {})).status == 303
    await full._first("/answer")


def test_one_process_is_killed_while_people_answer_and_nothing_is_lost(
    installation: Installation,
) -> None:
    """The last one of a proxy, since one process is gone after it."""
    places, log = [installation.place_at(number) for number in range(2)], Log()
    people = [
        LightRespondent(installation.address, installation.code, log, tls=installation.tls)
        for _ in range(8)
    ]
    full = FullRespondent(installation.address, installation.code, log, tls=installation.tls)
    for number, person in enumerate(people):
        person._line.cookies["place"] = places[number % 2]
    full._line.cookies["place"] = places[0]
    loops.run(answered_while_killed(installation, people, full))
    outcome = Outcome()
    compare(installation.store, installation.record, [*people, full], outcome)
    assert outcome.lost == [] and outcome.checked > 40
    assert full.confirmed
    for item, value in full.confirmed.items():
        radio = full._page.widgets[full._radios[item]]
        assert radio.options[radio.default] == value
    page = installation.browser("127.0.0.4", places[0]).ask("/")
    assert page.status == 200 and "Ready for peer work?" in page.text
