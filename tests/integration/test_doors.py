"""What a code is answered at both doors, a link and a typed code, and what a second tap, a second
window and a submission after the end do in the light form: on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from assessment.services import current_store
from assessment.services.access import organisations
from assessment.services.access.accounts import Access
from assessment.services.access.codes import new_code
from assessment.services.rounds import personal_codes
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.web.routes import routes
from tests.support.asgi import Answer, ask
from tests.support.clock import LONG_AGO, set_clock
from tests.support.respondents import drafts_by_group

ITEM, OTHER = "valued_input.listened_to", "valued_input.strengths_seen"


class Browser:
    """A browser that takes cookies, without scripts."""

    def __init__(self) -> None:
        self.app = Starlette(routes=list(routes))
        self.jar: dict[str, str] = {}

    def ask(self, place: str, form: dict[str, str] | None = None) -> Answer:
        """Ask for a place as it is, without following where it leads."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        more = {"cookie": cookie} if cookie else {}
        method, body = ("GET", b"") if form is None else ("POST", urlencode(form).encode())
        answer = ask(self.app, place, method, body=(body,), **more)
        for line in answer.headers.getlist("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.jar[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.jar[name]
        return answer

    def follow(self, place: str, form: dict[str, str] | None = None) -> Answer:
        """The page to which a place leads."""
        answer = self.ask(place, form)
        while answer.status == 303:
            answer = self.ask(answer.headers["location"].partition("#")[0])
        return answer

    def begin(self, code: str) -> None:
        self.follow(f"/i/{code}")
        self.follow("/begin", {"device": "own", "light": "yes"})

    def answer(self, item: str, value: str) -> Answer:
        return self.ask("/form/answer", {"question": item, item: value})


@pytest.fixture(autouse=True)
def _this_store(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The routes use the database of the test."""
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", url)
    settings.cache_clear()
    current_store.store.cache_clear()
    yield
    current_store.store().close()
    monkeypatch.undo()
    settings.cache_clear()
    current_store.store.cache_clear()


@pytest.fixture
def link(record: AssessmentRecord) -> str:
    return record.group("service_user").code


def at_both_doors(code: str) -> list[Answer]:
    """What new browsers are shown: by the link, and where the code is typed."""
    return [Browser().follow(f"/i/{code}"), Browser().follow("/go", {"code": code})]


def handed_in(store: Store, record: AssessmentRecord) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with store.read() as work:
        for name, _, item, value in work.responses.rows(record.id):
            found.setdefault(name, {})[item] = value
    return list(found.values())


def test_a_wrong_code_says_so_and_how_to_look_at_it() -> None:
    for page in at_both_doors(new_code()):
        assert page.status == 404
        assert "opens nothing" in page.text and "letter by letter" in page.text
        assert "Or its round no longer exists." in page.text and "Nothing is lost" not in page.text
        assert "ask the person who gave it to you" in page.text


def test_a_used_code_says_that_it_has_done_its_work(store: Store, record: AssessmentRecord) -> None:
    code = personal_codes.make(store, record, "service_user", 1)[0]
    browser = Browser()
    browser.begin(code)
    browser.answer(ITEM, "often")
    assert browser.ask("/form/hand-in", {}).headers["location"] == "/thanks"
    for page in at_both_doors(code):
        assert page.status == 410
        assert "has done its work" in page.text and "they can give you another" in page.text
        assert "The results come once" in page.text
    # On the device itself it is done, and nothing is refused.
    own = browser.follow(f"/i/{code}")
    assert own.status == 200 and "Answers were handed in on this device" in own.text


def test_a_code_that_was_called_back_says_to_ask_for_a_new_one(
    store: Store, record: AssessmentRecord
) -> None:
    code = personal_codes.make(store, record, "service_user", 1)[0]
    personal_codes.call_back(store, record, "service_user")
    for page in at_both_doors(code):
        assert page.status == 410
        assert "no longer works" in page.text and "a new one" in page.text


def test_after_the_end_each_code_says_when_it_ended_and_what_counts(
    store: Store, record: AssessmentRecord, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    personal = personal_codes.make(store, record, "manager", 1)[0]
    set_clock(monkeypatch, record.closes_on + LONG_AGO)
    for code in (link, personal):
        for page in at_both_doors(code):
            assert page.status == 200
            assert "This round has ended" in page.text and "is kept and counted" in page.text
            assert "Check my receipt" in page.text


def test_while_the_organisation_is_closed_nobody_is_promised_results(
    store: Store, record: AssessmentRecord, link: str
) -> None:
    administrator = Access("root", None, "administrator", "Root")
    browser = Browser()
    browser.begin(link)
    browser.answer(ITEM, "often")
    browser.ask("/form/hand-in", {})
    organisations.close(store, administrator, record.organisation.id, "Willow Street")
    pages = [*at_both_doors(link), browser.follow(f"/i/{link}")]
    for page in pages:
        assert "For now no results can come: Willow Street does not use this tool" in page.text
        assert "The results come once" not in page.text
    organisations.reopen(store, administrator, record.organisation.id)
    for page in at_both_doors(link):
        assert "The results come once" in page.text


def test_before_the_first_day_a_link_says_from_when_on_it_opens(
    record: AssessmentRecord, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, record.opens_on - LONG_AGO)
    for page in at_both_doors(link):
        assert "It opens on" in page.text and "Start" not in page.text


def test_a_double_tap_hands_in_once_and_shows_the_same_receipt(
    store: Store, record: AssessmentRecord, link: str
) -> None:
    browser = Browser()
    browser.begin(link)
    browser.answer(ITEM, "often")
    before = dict(browser.jar)
    first = browser.ask("/form/hand-in", {})
    browser.jar = before  # the second tap went out before the first was answered
    second = browser.ask("/form/hand-in", {})
    assert first.headers["location"] == second.headers["location"] == "/thanks"
    assert "Your receipt" in browser.follow("/thanks").text
    assert handed_in(store, record) == [{ITEM: "often"}]


def test_a_double_tap_begins_once(store: Store, record: AssessmentRecord, link: str) -> None:
    browser = Browser()
    browser.begin(link)
    browser.answer(ITEM, "often")
    browser.follow("/begin", {"device": "own", "light": "yes"})
    browser.follow("/begin", {"device": "own", "light": "yes"})
    assert drafts_by_group(store) == {"service_user": 1}


def test_two_windows_write_one_draft_and_the_later_finds_it_handed_in(
    store: Store, record: AssessmentRecord, link: str
) -> None:
    one = Browser()
    one.begin(link)
    other = Browser()
    other.jar = dict(one.jar)
    assert one.answer(ITEM, "often").status == other.answer(OTHER, "never").status == 200
    assert one.ask("/form/hand-in", {}).headers["location"] == "/thanks"
    late = other.answer(ITEM, "never")
    assert late.status == 409  # the page leaves, and does not call it saved
    assert other.ask("/form?part=1", {ITEM: "never"}).headers["location"] == "/form"
    assert "Thank you" in other.follow("/form").text
    assert handed_in(store, record) == [{ITEM: "often", OTHER: "never"}]


def test_what_is_sent_after_the_end_is_refused_in_words_and_nothing_before_is_lost(
    store: Store, record: AssessmentRecord, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    browser.begin(link)
    assert browser.answer(ITEM, "often").status == 200
    set_clock(monkeypatch, record.closes_on + LONG_AGO)
    late = browser.answer(OTHER, "never")
    assert late.status == 422 and "was not saved" in late.text
    page = browser.follow("/form/hand-in", {})
    assert "not counted" in page.text  # it says what became of what was begun
    assert handed_in(store, record) == []
    assert drafts_by_group(store) == {"service_user": 1}


CODE = re.compile(r'<span aria-hidden="true">([2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{3})</span>')


def code_on(page: Answer) -> str:
    """The code to come back with that a page shows; empty where it shows none."""
    found = CODE.search(page.text)
    return found[1] if found else ""


def test_a_code_that_was_written_down_works_until_somebody_asks_for_another(link: str) -> None:
    """A phone sends a page anew by itself."""
    browser = Browser()
    browser.follow(f"/i/{link}")
    begun = browser.follow("/begin", {"device": "shared", "light": "yes"})
    assert "Show my code" in begun.text and not code_on(begun)
    first = code_on(browser.ask("/form/code?part=code", {}))
    assert first
    browser.answer(ITEM, "often")
    for place, form in (
        ("/form/code?part=code", {}),
        ("/form/later", {}),
        ("/form?part=1", {"go": "later", ITEM: "often"}),
        ("/form?part=leave", None),
    ):
        again = browser.follow(place, form)
        assert not code_on(again) and "you wrote down still works" in again.text, place
    assert "Was it you?" in Browser().follow("/go", {"code": first}).text
    second = code_on(browser.ask("/form/code?part=later&new=yes", {}))
    assert second and second != first
    assert "opens nothing" in Browser().follow("/go", {"code": first}).text
    assert "Was it you?" in Browser().follow("/go", {"code": second}).text


def test_no_page_that_stays_in_the_list_of_visited_pages_holds_what_was_typed(link: str) -> None:
    """A browser sends such a page again when somebody goes back to it."""
    browser = Browser()
    browser.follow(f"/i/{link}")
    browser.follow("/begin", {"device": "shared", "light": "yes"})
    for go in ("later", "2", "review"):
        answer = browser.ask("/form?part=1", {"go": go, ITEM: "often"})
        assert answer.status == 303, go


@pytest.mark.parametrize(
    "place", ["/begin", "/resume", "/put-away", "/instead", "/form/later", "/form/hand-in"]
)
def test_an_address_that_only_takes_forms_leads_on(place: str) -> None:
    page = Browser().follow(place)
    assert page.status in (200, 404) and "Type your code" in page.text


def test_who_came_back_by_a_code_and_has_handed_in_is_told_so(link: str) -> None:
    browser = Browser()
    browser.follow(f"/i/{link}")
    browser.follow("/begin", {"device": "shared", "light": "yes"})
    code = code_on(browser.ask("/form/code?part=code", {}))
    browser.answer(ITEM, "often")
    back = Browser()
    back.follow("/go", {"code": code})
    back.follow("/resume", {})
    assert back.ask("/form/hand-in", {}).headers["location"] == "/thanks"
    for place in ("/form", "/welcome"):
        assert (
            "handed in" in back.follow(place).text
            and "opens nothing" not in back.follow(place).text
        )
