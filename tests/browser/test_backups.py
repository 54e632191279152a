"""A coordinator makes a backup of the organisation and saves it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assessment.screens.coordinator.backups import DIFFERENT
from assessment.services.backup import Backup
from tests.support.browser.looks import LOOKS, WAIT, Look, sound, watched
from tests.support.browser.respondent import a_round
from tests.support.running_app import RunningApp

PASSPHRASE = "four words of my own"


@pytest.mark.parametrize("look", LOOKS)
def test_a_backup_is_made_and_saved(
    app: RunningApp, browser: Browser, look: Look, tmp_path: Path
) -> None:
    with (
        a_round(app, browser, title="To keep") as round_,
        watched(browser, app.address, look) as found,
    ):
        page = found.page
        page.goto(f"/overview?assessment={round_.record.id}")
        page.get_by_role("button", name="Make a backup").click(timeout=WAIT)
        page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        page.get_by_label("The same passphrase again").fill("something else")
        page.get_by_role("button", name="Make the backup").click()
        expect(page.get_by_role("alert").filter(has_text=DIFFERENT)).to_be_visible(timeout=WAIT)
        sound(page)
        page.get_by_label("The same passphrase again").fill(PASSPHRASE)
        page.get_by_role("button", name="Make the backup").click()
        save = page.get_by_role("button", name="Save the backup")
        expect(save).to_be_visible(timeout=WAIT)
        sound(page)
        with page.expect_download() as download:
            save.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.name.startswith("willow-street-")
        with file.open("rb") as content:
            assert Backup(content, PASSPHRASE).contents.organisations == 1
