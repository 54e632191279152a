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


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def state(code: str) -> str | None:
    found = find_invitation(store(), code)
    return found and found.state


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
    press(app, "do-codes-make-staff")
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
    press(app, "do-codes-make-staff")
    assert not app.exception
    made = app.session_state["codes-made"][record.id, "staff"]
    assert [len(code.split("-")) for code in made] == [6, 6]
    for code in made:
        assert code.replace("-", " ") in words(app)  # on the cards
        for typed in (code, " ".join(word[:4].upper() for word in code.split("-"))):
            found = find_invitation(store(), typed)
            assert found is not None and found.group == "staff"
    # More of them are offered in the same kind, to whoever looks later too.
    assert open_form().radio(key="codes-looks-staff").value == "Six words"


@pytest.mark.parametrize("typed", ["", "0", "-2", "501", "a few", "2,5"])
def test_what_is_no_number_of_codes_is_told_and_makes_none(typed: str) -> None:
    record = opened(store())
    app = press(open_form(typed), "do-codes-make-staff")
    assert not app.exception
    assert 'role="alert"' in words(app)
    assert personal_codes.made(store(), record) == {}
    assert app.text_input(key="codes-number-staff").value == typed


def test_codes_are_called_back_only_after_asking_and_the_card_says_what_opens_still() -> None:
    record = opened(store())
    app = press(open_form(), "do-codes-make-staff")
    code = app.session_state["codes-made"][record.id, "staff"][0]
    press(app, "codes-back-staff")
    assert "that are out lead nowhere" in words(app) and state(code) == "open"
    press(app, "leave-codes-back-staff")
    assert "lead nowhere" not in words(app) and state(code) == "open" and code in words(app)
    press(press(app, "codes-back-staff"), "do-codes-back-staff")
    assert not app.exception
    assert state(code) == "revoked"
    text = words(app)
    assert code not in text and "open nothing any more" in text and "Made so far" not in text
    assert "No code lets anybody begin now: all that were made, 3, are called back" in text
    assert "codes-back-staff" not in keys(app)
    press(app, "codes-open-staff")
    app.text_input(key="codes-number-staff").set_value("2")
    press(app, "do-codes-make-staff")
    assert "Made since others were called back: 2 codes." in words(app)


def test_what_was_done_is_told_in_the_card_of_its_group() -> None:
    record = opened(store(), groups=(group_plan("staff", 12), group_plan("manager", 7)))
    for group in ("staff", "manager"):
        personal_codes.make(store(), record, group, 2)
    app = press(press(screen("overview"), "codes-back-manager"), "do-codes-back-manager")
    told = [str(element.proto.body) for element in app.get("html")]
    done = next(at for at, text in enumerate(told) if "pw-done" in text)
    manager = next(at for at, text in enumerate(told) if ">Managers</h3>" in text)
    assert done > manager


def test_one_link_leads_in_again_only_after_asking_and_codes_can_be_called_back_then() -> None:
    record = opened(store())
    link = f"/i/{record.group('staff').code}"
    app = press(open_form(), "do-codes-make-staff")
    code = app.session_state["codes-made"][record.id, "staff"][0]
    press(app, "codes-link-staff")
    assert "one person could answer twice" in words(app) and link not in words(app)
    press(app, "do-codes-link-staff")
    assert not app.exception
    text = words(app)
    assert link in text and "3 codes made for this group may still be out" in text
    assert code not in text and "now and never again" not in text and "Print the cards" not in text
    assert state(code) == "open"
    press(press(app, "codes-back-staff"), "do-codes-back-staff")
    assert state(code) == "revoked" and link in words(app)
    assert "may still be out" not in words(app) and "codes-back-staff" not in keys(app)


def test_a_message_to_a_group_with_codes_holds_no_link() -> None:
    record = opened(store())
    personal_codes.make(store(), record, "staff", 1)
    text = words(screen("overview"))
    assert "type the code on the card that you draw" in text
    assert record.group("staff").code not in text
