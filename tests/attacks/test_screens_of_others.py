"""Every screen and every route, as everybody who has no right to it: nobody learns by it what
another organisation is called, what it asks, or whether it is there at all."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from streamlit.runtime.context import ContextProxy

from assessment.screens.shared.navigation import SCREENS, Screen
from assessment.services.access.codes import new_code
from assessment.store import Store
from assessment.store.records import AccountRole, AssessmentRecord
from assessment.web import arriving, leaving, light_form, signing_in
from assessment.web.routes import routes
from tests.support import coordinators
from tests.support.asgi import ask
from tests.support.assessments import opened
from tests.support.databases import installed as store
from tests.support.screens import screen, words

__all__ = ["store"]

#: Stands in everything of the organisation that is attacked.
SECRET = "Zanzibar"
#: Everybody who has something to do with this installation, and nothing with that organisation.
OTHERS: list[AccountRole | None] = [None, "viewer", "coordinator", "administrator"]
NAMES = ["nobody", "a viewer", "a coordinator", "an administrator"]


@pytest.fixture
def theirs(store: Store) -> AssessmentRecord:
    """A round of an organisation, beside one of whoever looks."""
    opened(store)
    return opened(
        store,
        # The one thing that an administrator sees of it.
        organisation="Reed Lane",
        title=f"{SECRET} round",
        help_contact=f"Ask at {SECRET}",
        setting=f"{SECRET} service",
    )


def shown(app: Any) -> str:
    """All that is on a screen, and what leads on from it."""
    return " ".join([words(app), *(repr(element.value) for element in app.markdown)])


@pytest.mark.parametrize("role", OTHERS, ids=NAMES)
@pytest.mark.parametrize("page", SCREENS, ids=[page.file for page in SCREENS])
def test_a_screen_tells_nobody_of_a_round_of_others(
    theirs: AssessmentRecord,
    monkeypatch: pytest.MonkeyPatch,
    page: Screen,
    role: AccountRole | None,
) -> None:
    """The same is shown as for a round that there is not."""
    coordinators.on_screens(monkeypatch, role)
    monkeypatch.setattr(ContextProxy, "cookies", {})
    pages = []
    for name in (theirs.id, "0" * 32):
        app = screen(page.file, assessment=name, plan=name, deepen=name)
        assert not app.exception
        pages.append(shown(app).replace(name, "NAME"))
    assert SECRET not in pages[0]
    assert "Reed Lane" not in pages[0] or page.file == "organisations"
    assert pages[0] == pages[1]
    if page.roles is not None and role not in page.roles:
        assert ("Sign in first" if role is None else "There is no such page") in pages[0]


@pytest.mark.parametrize("role", ["viewer", "coordinator", "administrator"])
def test_a_route_tells_nobody_of_others(
    store: Store, theirs: AssessmentRecord, monkeypatch: pytest.MonkeyPatch, role: AccountRole
) -> None:
    """With every id that there is, but without a code."""
    for module in (arriving, leaving, light_form, signing_in):
        monkeypatch.setattr(module, "store", lambda: store)
    cookie = f"account={coordinators.signed_in(store, role)}"
    entrance = Starlette(routes=routes)
    for route in routes:
        for guess in (theirs.id, theirs.organisation.id, new_code()):
            path = route.path.format(code=guess, token=guess, file=guess)
            for method in ("GET", "POST"):
                query = f"assessment={theirs.id}&name={theirs.id}"
                answer = ask(entrance, f"{path}?{query}", method, cookie=cookie)
                assert SECRET not in answer.text and "Reed Lane" not in answer.text, path
