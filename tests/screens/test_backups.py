"""A backup on the overview, and what can be taken along before a round is deleted."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from assessment.screens.coordinator import backups
from assessment.services import backup
from assessment.services.backup import Backup
from assessment.services.current_store import store
from assessment.services.results.viewing import PublishedResults
from assessment.services.rounds import changes
from assessment.store import UnreachableError
from tests.support.assessments import opened
from tests.support.clock import set_clock
from tests.support.publishing import publish
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")
PASSPHRASE = "four words of my own"


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def typed(app: AppTest, first: str, second: str) -> AppTest:
    app.text_input(key=backups.FIRST).set_value(first)
    app.text_input(key=backups.SECOND).set_value(second)
    return press(app, "do-backup")


def form() -> AppTest:
    app = press(screen("overview"), "backup-open")
    assert not app.exception
    return app


def test_a_backup_of_the_organisation_is_made_under_a_passphrase_that_is_typed_twice() -> None:
    ours = opened(store())
    opened(store(), organisation="Oak House")
    app = screen("overview", assessment=ours.id)
    assert "A backup of Willow Street" in words(app)
    press(app, "backup-open")
    assert "If the passphrase or the secret is lost, so is the backup" in words(app)
    assert "At least 12 characters." in words(app)  # before anybody has typed too few
    typed(app, PASSPHRASE, PASSPHRASE)
    assert not app.exception
    assert "The backup is made. Save it now" in words(app)
    owner, name, content = app.session_state[backups.MADE]
    assert owner == ours.organisation.id
    assert name.startswith("willow-street-") and name.endswith(".backup")
    contents = Backup(io.BytesIO(content), PASSPHRASE).contents
    assert (contents.organisations, contents.rounds) == (1, 1)
    assert "Made a backup of the organisation." in words(app.run())
    # Neither the passphrase nor the file stays.
    assert backups.FIRST not in app.session_state
    press(app, "backup-done")
    assert backups.MADE not in app.session_state


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("short", "short", "The passphrase is too short."),
        ("            ", "            ", "The passphrase is too short."),
        (PASSPHRASE, "four words of mine", backups.DIFFERENT),
    ],
)
def test_what_is_wrong_with_a_passphrase_is_told_below_it(
    first: str, second: str, expected: str
) -> None:
    opened(store())
    app = typed(form(), first, second)
    assert 'role="alert">' in words(app) and expected in words(app)
    assert backups.MADE not in app.session_state
    press(app, "leave-backup")
    assert expected not in words(app) and not app.text_input


def test_a_store_that_does_not_answer_gives_no_backup_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> bytes:
        raise UnreachableError("the store does not answer")

    opened(store())
    app = form()
    monkeypatch.setattr(backup, "of_organisation", fail)
    typed(app, PASSPHRASE, PASSPHRASE)
    assert backups.OUR_FAULT in words(app)
    assert not app.exception


def test_before_a_published_round_is_deleted_its_results_can_be_taken_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, last = date(2026, 5, 1), date(2026, 5, 20)
    set_clock(monkeypatch, last)
    record = opened(store(), opens_on=first, closes_on=last)

    def offered() -> set[str]:
        app = press(screen("overview", assessment=record.id), "change-delete")
        assert not app.exception
        labels = {button.proto.label for button in app.get("download_button")}
        return {label for label in labels if label.startswith("Results as")}

    assert offered() == set()
    set_clock(monkeypatch, date(2026, 5, 25))
    assert offered() == set()
    publish(store(), record)
    files = {"Results as an Excel workbook", "Results as data (JSON)"}
    assert offered() == files
    kept = PublishedResults(record, store())
    assert json.loads(kept.data())["organisation"] == "Willow Street"
    assert kept.workbook().startswith(b"PK")
    changes.archive(store(), record.id)
    assert offered() == files
