"""Groups that are too small for numbers, where their number is typed."""

from __future__ import annotations

import pytest
import streamlit as st

from assessment.services.current_store import store
from tests.screens.test_set_up import fill_organisation, press
from tests.support.assessments import opened
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")
SMALL = "Alone this group will show no numbers"


def test_a_small_group_is_named_at_its_number_and_can_be_asked_with_another() -> None:
    st.cache_resource.clear()
    app = screen("set_up")
    fill_organisation(app)
    for name, number in (("staff", "12"), ("manager", "2"), ("peer_worker", "5")):
        app.checkbox(key=f"plan-asks-{name}").check().run()
        app.text_input(key=f"plan-head_count-{name}").set_value(number).run()
    assert not app.exception
    assert words(app).count(SMALL) == 1 and "fewer than 5" in words(app)
    # The other side is not offered.
    keys = {button.key for button in app.button}
    assert "combine-manager-staff" in keys and "combine-manager-peer_worker" not in keys
    press(app, "combine-manager-staff")
    assert not app.exception
    assert SMALL not in words(app)
    assert not app.checkbox(key="plan-asks-staff").value
    assert not app.checkbox(key="plan-asks-manager").value
    assert app.text_input(key="plan-own_title-1").value == "Staff and managers"
    assert app.text_input(key="plan-head_count-1").value == "14"
    assert app.radio(key="plan-asked_like-1").value == "staff"


def test_a_small_group_can_be_asked_for_a_statement_and_the_choice_is_kept() -> None:
    st.cache_resource.clear()
    app = screen("set_up")
    fill_organisation(app)
    app.checkbox(key="plan-asks-manager").check().run()
    app.text_input(key="plan-head_count-manager").set_value("2").run()
    app.checkbox(key="plan-statement-manager").check().run()
    press(app, "next")
    assert not app.exception
    press(app, "back")
    assert app.checkbox(key="plan-statement-manager").value is True


def test_the_overview_says_that_a_statement_was_chosen() -> None:
    group = {"asked_like": "manager", "head_count": 2, "statement": True}
    enough = {"asked_like": "staff", "head_count": 12, "statement": True}
    record = opened(store(), groups=(group, enough))
    assert record.group("manager").statement
    assert not record.group("staff").statement  # it has enough people for numbers
    text = words(screen("overview"))
    assert text.count("You chose to ask it for a written statement") == 1
