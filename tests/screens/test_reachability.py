"""Whether phones can open the links, as the overview says it."""

from __future__ import annotations

import pytest

from assessment.screens.coordinator.reachability import MARK
from assessment.services.current_store import store
from assessment.services.rounds import reachability
from assessment.services.rounds.reachability import Reach
from tests.support.assessments import opened
from tests.support.places import ROOT
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")


def test_on_this_computer_alone_the_overview_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reachability, "reach", lambda _: Reach.HERE)
    opened(store())
    text = words(screen("overview"))
    assert "works on this computer alone" in text and "Open this page under the new" in text
    # For whoever runs the tool and for whoever does not, with a section that there is.
    assert "start it again with its address in your network" in text
    assert "under “Let phones in”. If somebody else runs this tool, ask that person" in text
    assert "### Let phones in\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "ASSESSMENT_" not in text and "Try it with your phone" not in text


def test_a_phone_that_opened_the_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "reach", lambda _: Reach.NETWORK)
    opened(store())
    app = screen("overview")
    text = words(app)
    assert "Phones in the same network can open" in text and "Try it with your phone" in text
    assert "A phone has opened it" not in text
    reachability.phone_came(app.session_state[MARK])
    assert "A phone has opened it" in words(app.run())
    assert "A phone has opened it" not in words(screen("overview"))  # somebody else's try
