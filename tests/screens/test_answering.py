"""What somebody who answers is told when the store does not answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect

import pytest
from starlette.applications import Starlette

from assessment.screens.respondent.questionnaire_part import STILL_HERE, save_unsaved
from assessment.store import Store, database
from assessment.web.routes import routes
from tests.support.asgi import Answer, ask
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, first_answer


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another program writes to the database."""
    store.engine.dispose()  # so that connections have the patience of this test
    other = connect(Path(str(store.engine.url.database)), isolation_level=None)
    other.execute("begin immediate")
    yield
    other.execute("rollback")
    other.close()


def test_an_answer_that_a_locked_database_does_not_take_is_said_to_be_unsaved_and_saved_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(store, begun(store, opened(store)))
    draft.unsaved.update(first_answer(draft))
    monkeypatch.setattr(database, "PATIENCE", 10)  # milliseconds
    with locked(store):
        assert save_unsaved(draft) == STILL_HERE
        assert draft.unsaved == first_answer(draft) and not draft.saved
    assert save_unsaved(draft) == ""
    assert draft.saved == first_answer(draft) and not draft.unsaved


#: By question, whether the light form marks it: "Not saved yet".
MARK = re.compile(
    r'<fieldset[^>]* data-question="([^"]+)"( data-unsaved)?.*?</fieldset>', re.DOTALL
)


def marked(page: Answer) -> list[str]:
    found = list(MARK.finditer(page.text))
    assert all(bool(each[2]) == ("Not saved yet" in each[0]) for each in found)
    return [each[1] for each in found if each[2]]


def test_without_scripts_the_answers_that_were_not_stored_are_marked_and_no_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = begun(store, opened(store))
    draft = draft_of(store, token)
    first, second, *_ = (answer[0].item.id for answer in draft.pages[0].answers)
    [sound] = first_answer(draft).values()
    app, cookie = Starlette(routes=routes), f"session={token}"

    def post(**given: str) -> Answer:
        body = "&".join(f"{item}={value}" for item, value in given.items())
        return ask(app, "/form?part=1", "POST", body=[body.encode()], cookie=cookie)

    monkeypatch.setattr(database, "PATIENCE", 10)  # milliseconds
    with locked(store):
        page = post(**{first: sound})
    assert page.status == 503 and STILL_HERE in page.text
    assert marked(page) == [first]
    page = post(**{first: sound, second: "no_such_answer"})
    assert page.status == 422
    assert marked(page) == [second]
    assert draft_of(store, token).saved == {first: sound}
