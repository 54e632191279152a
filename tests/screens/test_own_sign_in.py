"""Where the organisation's own sign-in alone says who comes in, no screen makes a link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.services.access import own_sign_in
from assessment.settings import settings
from assessment.store import Store
from tests.support import coordinators
from tests.support.provider import sign_in_file
from tests.support.screens import screen, words


@pytest.fixture
def own(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = sign_in_file(tmp_path, "https://id.example.org", only=True)
    monkeypatch.setenv("ASSESSMENT_SIGN_IN_FILE", str(file))
    settings.cache_clear()
    own_sign_in.configured.cache_clear()
    yield
    own_sign_in.configured.cache_clear()


@pytest.mark.usefixtures("own")
def test_a_new_organisation_comes_without_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    coordinators.on_screens(monkeypatch, "administrator")
    app = screen("organisations")
    app.text_input[0].set_value("Reed Lane")
    next(button for button in app.button if button.label == "Open it").click()
    app.run()
    assert not app.exception
    said = words(app)
    assert "Reed Lane" in said and "Willow ID says who comes in" in said
    assert "/account/" not in said


@pytest.mark.usefixtures("own")
def test_nobody_is_let_in_by_a_link_or_gets_a_passphrase(store: Store) -> None:
    coordinators.signed_in(store)
    app = screen("people")
    assert not app.exception
    assert "Willow ID says who comes in" in words(app)
    labels = [button.label for button in app.button]
    assert not any("passphrase" in label or "Let " in label for label in labels)
    assert any(label.startswith("Remove") for label in labels)


@pytest.mark.usefixtures("own", "store")
def test_an_administrator_who_has_a_passphrase_all_the_same_changes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coordinators.on_screens(monkeypatch, "administrator")
    app = screen("home")
    next(button for button in app.button if button.label == "Change my passphrase").click().run()
    assert not app.exception
    assert "/account/" in words(app)
