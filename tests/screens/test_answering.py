"""What somebody who answers is told when the store does not answer."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import connect

import pytest

from assessment.screens.respondent.questionnaire_part import STILL_HERE, save_unsaved
from assessment.store import Store, database
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, first_answer


def test_an_answer_that_a_locked_database_does_not_take_is_said_to_be_unsaved_and_saved_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(store, begun(store, opened(store)))
    draft.unsaved.update(first_answer(draft))
    monkeypatch.setattr(database, "PATIENCE", 10)  # milliseconds
    store.engine.dispose()  # so that connections have that patience
    other = connect(Path(str(store.engine.url.database)), isolation_level=None)
    other.execute("begin immediate")
    assert save_unsaved(draft) == STILL_HERE
    assert draft.unsaved == first_answer(draft) and not draft.saved
    other.execute("rollback")
    other.close()
    assert save_unsaved(draft) == ""
    assert draft.saved == first_answer(draft) and not draft.unsaved
