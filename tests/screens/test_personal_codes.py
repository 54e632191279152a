"""Codes for each person of a group, as a coordinator makes them on the overview."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.access.sessions import find_invitation
from assessment.services.current_store import store
from assessment.services.rounds import personal_codes
from tests.support.assessments import group_plan, opened
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def open_form(number: str = "3") -> AppTest:
    app = press(screen("overview"), "codes-open-staff")
    app.text_input(key="codes-number-staff").set_value(number)
    return app


def test_codes_are_made_and_can_be_had_once() -> None:
    record = opened(store(), groups=(group_plan("staff", 12), group_plan("manager", 7)))
    link = f"/i/{record.group('staff').code}"
    app = screen("overview")
    assert link in words(app) and "one person can answer twice" in words(app)
    press(app, "codes-open-staff")
    assert app.text_input(key="codes-number-staff").value == "12"
    app.text_input(key="codes-number-staff").set_value("3")
    press(app, "codes-make-staff")
    assert not app.exception
    made = app.session_state["codes-made"][record.id, "staff"]
    assert len(made) == 3
    for code in made:
        assert code in words(app)  # on the cards
        found = find_invitation(store(), code, typed=False)
        assert found is not None and found.group == "staff"
    assert "now and never again" in words(app) and "Made so far: 3 codes" in words(app)
    assert link not in words(app)
    # Somebody else, or the same person later, sees none of them.
    later = words(screen("overview"))
    assert not any(code in later for code in made)
    assert "Made 3 personal codes for Staff" in later


def test_a_group_may_have_words_instead_of_letters() -> None:
    record = opened(store())
    app = open_form("2")
    app.radio(key="codes-looks-staff").set_value("Six words").run()
    press(app, "codes-make-staff")
    assert not app.exception
    made = app.session_state["codes-made"][record.id, "staff"]
    assert [len(code.split("-")) for code in made] == [6, 6]
    for code in made:
        assert code.replace("-", " ") in words(app)  # on the cards
        for typed in (code, " ".join(word[:4].upper() for word in code.split("-"))):
            found = find_invitation(store(), typed)
            assert found is not None and found.group == "staff"


@pytest.mark.parametrize("typed", ["", "0", "-2", "501", "a few", "2,5"])
def test_what_is_no_number_of_codes_is_told_and_makes_none(typed: str) -> None:
    record = opened(store())
    app = press(open_form(typed), "codes-make-staff")
    assert not app.exception
    assert 'role="alert"' in words(app)
    assert personal_codes.made(store(), record) == {}
    assert app.text_input(key="codes-number-staff").value == typed


def test_codes_are_called_back_and_one_link_leads_in_again() -> None:
    record = opened(store())
    app = press(open_form(), "codes-make-staff")
    code = app.session_state["codes-made"][record.id, "staff"][0]
    press(app, "codes-back-staff")
    assert not app.exception
    found = find_invitation(store(), code)
    assert found is not None and found.state == "revoked"
    assert code not in words(app) and "open nothing any more" in words(app)
    press(app, "codes-link-staff")
    assert f"/i/{record.group('staff').code}" in words(app)
    assert "one person could now answer twice" in words(app)


def test_a_message_to_a_group_with_codes_holds_no_link() -> None:
    record = opened(store())
    personal_codes.make(store(), record, "staff", 1)
    text = words(screen("overview"))
    assert "type the code on the card that you draw" in text
    assert record.group("staff").code not in text
