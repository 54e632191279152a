"""Takes the pictures of the README from the running app: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assessment.store import open_store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened
from tests.support.browser.chromium import find_chromium
from tests.support.places import ROOT
from tests.support.running_app import running_app

DOCS = ROOT / "docs"
DESKTOP, PHONE = (1240, 900), (360, 720)
#: Until charts stand and fonts are there, milliseconds.
DRAWING_TIME = 2500


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the address, the screen, and what is done before it is taken."""

    name: str
    path: str
    size: tuple[int, int]
    scheme: str = "light"
    before: Callable[[Page], None] | None = None


def answer(page: Page) -> None:
    """Begin on a device of one's own and answer the first question."""
    page.get_by_role("link", name="own device").click()
    page.get_by_role("radio").nth(1).wait_for(state="attached")
    page.wait_for_timeout(DRAWING_TIME)
    page.locator("[role=radiogroup] label").nth(1).click()
    page.wait_for_timeout(DRAWING_TIME)
    page.mouse.click(2, 2)


def sit(page: Page) -> None:
    """Open the working group's first sitting."""
    page.get_by_text("Begin with sitting 1").click()
    page.get_by_role("radio").nth(1).wait_for(state="attached")
    page.wait_for_timeout(DRAWING_TIME)


def pictures(record: AssessmentRecord) -> list[Picture]:
    link = f"/i/{record.group('service_user').code}"
    return [
        Picture("question", link, PHONE, before=answer),
        Picture("question-dark", link, PHONE, "dark", before=answer),
        Picture("overview", "/overview", DESKTOP),
        Picture("working-group", f"/i/{record.working_group.code}", DESKTOP, before=sit),
        Picture("dashboard", "/demonstration", (1240, 1180)),
        Picture("dashboard-dark", "/demonstration", (1240, 1180), "dark"),
    ]


def take_picture(browser: Browser, address: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        device_scale_factor=1.5 if picture.size == PHONE else 1,
    )
    page = context.new_page()
    page.goto(address + picture.path)
    page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
    page.wait_for_timeout(DRAWING_TIME)
    if picture.before is not None:
        picture.before(page)
    page.screenshot(path=DOCS / f"{picture.name}.png")
    context.close()


def main() -> int:
    path = find_chromium()
    if path is None:
        print("no Chromium: run `make test`, which installs one", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder)) as app,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        take_picture(browser, app.address, Picture("first-screen", "/", DESKTOP))  # still empty
        store = open_store(app.database_url)
        for picture in pictures(opened(store)):
            take_picture(browser, app.address, picture)
        store.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
