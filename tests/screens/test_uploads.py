"""Which pages have a place for files, as the limit of uploads sees it."""

from __future__ import annotations

import pytest
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from assessment.store import Store
from assessment.web.uploads import has_uploader
from tests.support.assessments import opened
from tests.support.screens import screen


def state_of(app: AppTest) -> SessionState:
    state = app.session_state
    while not isinstance(state, SessionState):
        state = state._state
    return state


@pytest.mark.parametrize("name", ["score_file", "overview"])
def test_a_page_with_a_place_for_files_has_it_while_its_script_runs_too_and_the_next_has_none(
    store: Store, name: str
) -> None:
    opened(store)
    app = screen(name)
    assert has_uploader(state_of(app))
    state_of(app)._compact_state()  # what a run begins with
    assert has_uploader(state_of(app))
    app.switch_page("screens/pages/demonstration.py").run()
    assert not has_uploader(state_of(app))


@pytest.mark.parametrize("name", ["home", "set_up"])
def test_other_pages_have_none(store: Store, name: str) -> None:
    assert not has_uploader(state_of(screen(name)))
