"""A screen under the app tester, and what it says."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.support.places import MAIN


def screen(name: str, **address: str) -> AppTest:
    """A screen as somebody comes to it, with what its address says."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    return app if name == "home" else app.switch_page(f"screens/pages/{name}.py").run()


def words(app: AppTest) -> str:
    """All text of ours on the page."""
    return " ".join(str(element.proto.body) for element in app.get("html"))
