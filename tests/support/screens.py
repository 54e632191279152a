"""What a screen under the app tester says."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def words(app: AppTest) -> str:
    """All text of ours on the page."""
    return " ".join(str(element.proto.body) for element in app.get("html"))
