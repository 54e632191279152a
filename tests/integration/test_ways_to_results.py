"""Which links, codes and cookies lead to what was found, by the routes, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from assessment.render import xlsx
from assessment.services import current_store
from assessment.services.access import sessions
from assessment.services.respondents.answering import hand_in, save
from assessment.services.results import viewing
from assessment.services.rounds import personal_codes
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.web.cookies import RESULTS
from assessment.web.routes import routes
from tests.integration.test_personal_codes import answered
from tests.support.asgi import Answer, ask
from tests.support.assessments import opened
from tests.support.own_words import stated
from tests.support.publishing import closed, publish
from tests.support.respondents import begun, draft_of, entered, first_answer

APP = Starlette(routes=routes)
PLACE = "/what-we-found?assessment="


@pytest.fixture
def store(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of this installation, on each database. The workbook, which takes longest to make,
    is not what these tests are about."""
    monkeypatch.setattr(xlsx, "write_workbook", lambda _: b"a workbook")
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", url)
    settings.cache_clear()
    current_store.store.cache_clear()
    yield current_store.store()
    current_store.store().close()
    settings.cache_clear()
    current_store.store.cache_clear()


class Phone:
    """A browser, by its cookies."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = cookies

    def go(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Ask for a page and follow where it leads."""
        for _ in range(5):
            held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            body = (b"",) if form is None else (urlencode(form).encode(),)
            answer = ask(APP, path, "GET" if form is None else "POST", body=body, cookie=held)
            for name, morsel in SimpleCookie("\r\n".join(self._set(answer))).items():
                self.cookies[name] = morsel.value
            if not 300 <= answer.status < 400:
                return answer
            path, form = answer.headers["location"], None
        raise AssertionError("it leads round and round")

    @staticmethod
    def _set(answer: Answer) -> list[str]:
        return [line.partition(";")[0] for line in answer.headers.getlist("set-cookie")]


def sees_it(answer: Answer) -> bool:
    seen = "<h1" in answer.text and ">What we found</h1>" in answer.text
    assert seen is (answer.status == 200 and "You said, we did" in answer.text)
    return seen


@pytest.fixture
def asked(store: Store) -> AssessmentRecord:
    return opened(store)


def ways(store: Store, record: AssessmentRecord) -> dict[str, str]:
    """A code of each kind, by what it is."""
    manager = personal_codes.make(store, record, "manager", 3)
    token = answered(store, manager[0])
    assert hand_in(store, token)
    return {
        "of a group": record.group("staff").code,
        "of a group whose people have codes": record.group("manager").code,
        "of the working group": record.working_group.code,
        "used": manager[0],
        "begun with": begun_with(store, manager[1]),
        "of a card that nobody used": manager[2],
        "that brings answers back": returning(store, record),
    }


def begun_with(store: Store, code: str) -> str:
    answered(store, code)
    return code


def returning(store: Store, record: AssessmentRecord) -> str:
    token = begun(store, record)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    code = sessions.return_code(store, token)
    assert code is not None
    return code


def test_every_code_of_a_round_leads_to_what_was_found_once_it_is_published(
    store: Store, asked: AssessmentRecord
) -> None:
    codes = ways(store, asked)
    closed(store, asked)
    for what, code in codes.items():
        phone = Phone()
        assert not sees_it(phone.go("/go", {"code": code})), what
        assert not sees_it(phone.go(PLACE + asked.id)), what
    publish(store, asked)
    for what, code in codes.items():
        typed = Phone()
        assert sees_it(typed.go("/go", {"code": f" {code.lower()} "})), what
        assert sees_it(typed.go(PLACE + asked.id)) and sees_it(typed.go("/what-we-found")), what
        # A code that brings answers back is typed, and never a link.
        assert sees_it(Phone().go(f"/i/{code}")) is (what != "that brings answers back"), what


def test_what_groups_say_themselves_stands_there_as_it_was_published(
    store: Store, asked: AssessmentRecord
) -> None:
    other = opened(store, title="Another round")
    stated(store, asked, "staff", "We are <b>tired</b>.\n\nAsk us first.")
    for record in (asked, other):
        closed(store, record)
        publish(store, record)
    with store.write() as work:
        assert work.statements.remove(asked.id, "staff", after=1)
        work.commit()
    told = Phone().go(f"/i/{asked.group('manager').code}").text
    _, _, said = told.partition(">What groups say themselves</h2>")
    said = said.partition(">What may start</h2>")[0]
    assert ">Staff</h3>" in said and "Written by the group together (" in said
    assert "<p>We are &lt;b&gt;tired&lt;/b&gt;.</p><p>Ask us first.</p>" in said
    assert "What groups say" not in Phone().go(f"/i/{other.group('manager').code}").text


def test_a_code_that_was_called_back_leads_nowhere(store: Store, asked: AssessmentRecord) -> None:
    (code,) = personal_codes.make(store, asked, "staff", 1)
    personal_codes.call_back(store, asked, "staff")
    closed(store, asked)
    publish(store, asked)
    phone = Phone()
    assert phone.go(f"/i/{code}").status in (200, 410)
    assert RESULTS not in phone.cookies
    assert not sees_it(phone.go(PLACE + asked.id))


def test_who_hands_in_has_a_pass_from_then_on_that_opens_nothing_before(
    store: Store, asked: AssessmentRecord
) -> None:
    token = begun(store, asked)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    phone = Phone(session=token)
    thanks = phone.go("/form/hand-in", {})
    assert "The results come once" in thanks.text and "See what came out" not in thanks.text
    assert RESULTS in phone.cookies
    assert not sees_it(phone.go("/what-we-found"))
    closed(store, asked)
    publish(store, asked)
    thanks = phone.go("/thanks")
    assert "See what came out" in thanks.text and PLACE + asked.id in thanks.text
    assert sees_it(phone.go(PLACE + asked.id))
    phone.go("/leave", {})
    assert not phone.cookies.get(RESULTS, "").strip('"')


def test_who_began_and_never_handed_in_finds_it_by_their_session(
    store: Store, asked: AssessmentRecord
) -> None:
    phone = Phone(session=begun(store, asked))
    closed(store, asked)
    publish(store, asked)
    assert sees_it(phone.go(PLACE + asked.id))
    assert sees_it(Phone(session=phone.cookies["session"]).go("/welcome"))


def test_a_member_of_the_working_group_is_led_back_to_what_it_agreed(
    store: Store, asked: AssessmentRecord
) -> None:
    team = entered(store, asked.working_group.code)
    closed(store, asked)
    publish(store, asked)
    assert 'href="/together"' in Phone(team=team.token).go(PLACE + asked.id).text
    by_link = Phone()
    page = by_link.go(f"/i/{asked.working_group.code}")
    assert 'href="/welcome?to=together"' in page.text
    assert "Open the questions" in by_link.go("/welcome?to=together").text
    assert "working group agreed" not in Phone().go(f"/i/{asked.group('staff').code}").text


def test_a_pass_to_many_rounds_keeps_the_newest(store: Store) -> None:
    rounds = [opened(store, title=f"Round {number}") for number in range(6)]
    for record in (rounds[0], rounds[5]):
        closed(store, record)
        publish(store, record)
    phone = Phone(results=viewing.with_pass("", rounds[0].id))
    assert sees_it(phone.go(PLACE + rounds[0].id))
    for record in rounds[1:]:
        phone.cookies[RESULTS] = viewing.with_pass(phone.cookies[RESULTS], record.id)
    assert not sees_it(phone.go(PLACE + rounds[0].id))
    assert sees_it(phone.go(PLACE + rounds[5].id))
    assert rounds[5].title in phone.go("/what-we-found").text


def test_what_the_organisation_wrote_stays_text(store: Store) -> None:
    record = opened(store, title="<script>alert(1)</script>", help_contact="<b>Sam</b>")
    closed(store, record)
    publish(store, record)
    page = Phone().go(f"/i/{record.group('staff').code}").text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert "&lt;b&gt;Sam" in page
