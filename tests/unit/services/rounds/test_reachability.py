"""From where an address can be opened: what is said of each, and what is never asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from assessment.screens.coordinator.reachability import FOUND
from assessment.services.rounds import reachability
from assessment.services.rounds.reachability import PHONE, ROUTE, Reach, answer_to, tried
from assessment.settings import settings
from assessment.web.middleware import is_known
from assessment.web.reachability import here, phone
from tests.support.asgi import ask

# The networks are those of RFC 1918, RFC 4193 and a public one of the domain name system.
PRIVATE, LOCAL_6, PUBLIC = "192.168.1.20", "fd12:3456::20", "9.9.9.9"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The installation knows under which address people open it."""
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def resolving(*numbers: str) -> Callable[[str, int], list[str]]:
    return lambda name, port: list(numbers)


def ours(address: str) -> str:
    """What this installation would answer."""
    parts = urlsplit(address)
    assert parts.path == ROUTE
    return answer_to(parse_qs(parts.query)["question"][0])


def failing(*_: object) -> str:
    raise OSError("no answer")


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("numbers", "asking", "expected"),
    [
        ([PRIVATE], ours, Reach.NETWORK),
        ([LOCAL_6], ours, Reach.NETWORK),
        ([PUBLIC], ours, Reach.INTERNET),
        ([PRIVATE, PUBLIC], ours, Reach.INTERNET),
        (["127.0.1.1"], ours, Reach.HERE),
        ([PUBLIC], failing, Reach.SILENT),
        ([PUBLIC], lambda _: "<html>welcome</html>", Reach.ANOTHER),
        ([PUBLIC], lambda _: answer_to("an earlier question"), Reach.ANOTHER),
    ],
)
def test_an_address_is_tried(
    numbers: list[str], asking: Callable[[str], str], expected: Reach
) -> None:
    assert tried("https://ready.example", resolving(*numbers), asking) is expected


@pytest.mark.usefixtures("public")
def test_a_name_that_nobody_knows_is_told() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError("no such name")

    assert tried("https://ready.example", unknown, ours) is Reach.UNKNOWN_NAME
    assert tried("https://ready.example:99999", resolving(PUBLIC), ours) is Reach.UNKNOWN_NAME


@pytest.mark.parametrize("address", ["http://localhost:8501", "http://127.0.0.1:8501", ""])
def test_this_computers_own_address_is_not_asked(address: str) -> None:
    assert tried(address, failing, failing) is Reach.HERE  # type: ignore[arg-type]


def test_nobody_lets_this_computer_ask_others() -> None:
    """Without a public address the address is what a browser says. 192.0.2.1 is nobody's number
    (RFC 5737)."""
    asked: list[str] = []

    def note(address: str) -> str:
        asked.append(address)
        return ""

    assert tried("http://192.0.2.1:80", resolving("192.0.2.1"), note) is Reach.UNTRIED
    assert asked == []


def test_the_route_answers_what_this_installation_alone_can_answer() -> None:
    async def app(scope, receive, send) -> None:
        from starlette.requests import Request

        await here(Request(scope))(scope, receive, send)

    assert ask(app, f"{ROUTE}?question=abc").text == answer_to("abc")
    assert answer_to("abc") != answer_to("abd")
    assert is_known(ROUTE.strip("/")) and is_known(PHONE.strip("/"))


def test_a_phone_that_came_is_told_to_who_waits_for_it_alone() -> None:
    async def app(scope, receive, send) -> None:
        from starlette.requests import Request

        await phone(Request(scope))(scope, receive, send)

    one, other = reachability.new_try(), reachability.new_try()
    assert "Your phone can open this tool" in ask(app, f"{PHONE}?try={one}").text
    assert reachability.has_come(one) and not reachability.has_come(other)
    shown = ask(app, f"{PHONE}?try=nobody").text
    assert "Your phone can open this tool" in shown and "The other screen" not in shown
    assert not reachability.has_come("nobody")


def test_every_case_has_its_words_and_none_names_a_variable() -> None:
    assert set(FOUND) == set(Reach)
    for words, steps in FOUND.values():
        assert "ASSESSMENT_" not in " ".join((words, *steps))
