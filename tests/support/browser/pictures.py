"""Takes the pictures of the README from the running app, and draws the one that messages show
beside a link: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assessment.brand.name import NAME, icon_address
from assessment.brand.theme import THEMES
from assessment.store import open_store
from assessment.store.records import AssessmentRecord
from assessment.web import preview
from assessment.web.static_files import STATIC
from tests.support.assessments import opened
from tests.support.browser.chromium import find_chromium
from tests.support.browser.respondent import full_form, open_together
from tests.support.places import ROOT
from tests.support.running_app import coordinator_cookie, running_app

MEDIA = STATIC / "media"
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
    full_form(page)
    page.get_by_role("button", name="my own device").click()
    page.get_by_role("radio").nth(1).wait_for(state="attached")
    page.wait_for_timeout(DRAWING_TIME)
    page.locator("[role=radiogroup] label").nth(1).click()
    page.wait_for_timeout(DRAWING_TIME)
    page.mouse.click(2, 2)


def sit(page: Page) -> None:
    """Open the working group's first sitting."""
    open_together(page)
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
    context.add_cookies([coordinator_cookie(address)])
    page = context.new_page()
    page.goto(address + picture.path)
    page.get_by_role("heading", level=1).first.wait_for(timeout=60_000)
    page.wait_for_timeout(DRAWING_TIME)
    if picture.before is not None:
        picture.before(page)
    page.screenshot(path=DOCS / f"{picture.name}.png")
    context.close()


def draw_preview(browser: Browser) -> None:
    """The picture beside a link: our sign, our name, and the bands that results have."""
    theme = THEMES["light"]
    font = b64encode(next(MEDIA.glob("SourceSansVF-Upright.*.woff2")).read_bytes()).decode()
    bands = "".join(f'<i style="background: {colour}"></i>' for colour in theme.bands)
    page = browser.new_page(viewport={"width": preview.WIDTH, "height": preview.HEIGHT})
    page.set_content(
        f"""<style>
        @font-face {{ font-family: Sans; font-weight: 200 900;
          src: url(data:font/woff2;base64,{font}) }}
        body {{ margin: 0; padding: 90px 100px; height: 450px; background: {theme.paper};
          color: {theme.ink}; font: 600 40px/1.35 Sans; display: flex; flex-direction: column; }}
        img {{ width: 130px; height: 130px; }}
        h1 {{ margin: 36px 0 12px; font-size: 84px; font-weight: 700; line-height: 1.1; }}
        p {{ margin: 0; color: {theme.soft}; font-weight: 400; }}
        div {{ display: flex; gap: 10px; margin-top: auto; }}
        i {{ flex: 1; height: 22px; border-radius: 11px; }}
        </style><img src="{icon_address()}"><h1>{NAME}</h1>
        <p>Find out together, before anybody starts.</p><div>{bands}</div>"""
    )
    page.evaluate("document.fonts.load('1em Sans').then(() => document.fonts.ready)")
    page.screenshot(path=preview.FILE)
    page.close()


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
        draw_preview(browser)
        take_picture(browser, app.address, Picture("first-screen", "/", DESKTOP))  # still empty
        store = open_store(app.database_url)
        for picture in pictures(opened(store)):
            take_picture(browser, app.address, picture)
        store.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
