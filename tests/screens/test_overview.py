"""The overview of a round: what stands there, in which order, and what comes next."""

from __future__ import annotations

import re

import pytest

from assessment.services.current_store import store
from assessment.services.rounds import personal_codes
from tests.support.assessments import group_plan, opened
from tests.support.publishing import as_it_stands, closed, publish
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")
SAME_LINK = "Everybody in a group gets the same link"


def listed(text: str) -> list[str]:
    """The places that the list at the top leads to."""
    (contents,) = re.findall(r'<nav class="pw-contents".*?</nav>', text)
    return re.findall(r'href="#([^"]+)"', contents)


def places(text: str) -> list[str]:
    return re.findall(r'<div class="pw-place" id="([^"]+)">', text)


def test_the_list_at_the_top_leads_to_the_parts_that_are_there() -> None:
    record = opened(store())
    text = words(screen("overview"))
    assert listed(text) == places(text)
    assert listed(text) == [
        *("replies", "phones", "members", "invite", "workbooks", "statements", "change", "backup")
    ]
    assert text.index("pw-headline") < text.index("pw-contents") < text.index("How many have rep")
    closed(store(), record)
    text = words(screen("overview"))
    assert listed(text) == places(text)
    assert listed(text)[:3] == ["replies", "publish", "members"]
    assert not {"phones", "invite"} & set(listed(text))
    publish(store(), record)
    text = words(screen("overview"))
    assert listed(text) == places(text) == ["replies", "change", "backup"]


def test_the_working_group_stands_before_the_groups_until_its_questions_are_over() -> None:
    record = opened(store())
    link = f"/i/{record.working_group.code}"
    text = words(screen("overview"))
    assert text.index(link) < text.index("Invite each group")
    closed(store(), record)
    assert link in words(screen("overview"))
    publish(store(), record)
    assert "Give this link to members only" not in words(screen("overview"))


def test_the_same_link_for_all_is_not_told_of_groups_with_codes() -> None:
    record = opened(store(), groups=(group_plan("staff"), group_plan("manager")))
    assert SAME_LINK in words(screen("overview"))
    personal_codes.make(store(), record, "staff", 2)
    text = words(screen("overview"))
    assert SAME_LINK not in text and "Everybody in the other groups gets the same link" in text
    personal_codes.make(store(), record, "manager", 2)
    text = words(screen("overview"))
    assert "the same link" not in text and "Each person comes in by a code of their own" in text


def test_what_is_rarely_needed_of_a_card_is_folded() -> None:
    opened(store(), groups=(group_plan("staff"),))
    app = screen("overview")
    folds = {fold.label: fold for fold in app.expander}
    assert folds.keys() == {"Other ways to invite: Working group", "Other ways to invite: Staff"}
    assert not any(fold.proto.expanded for fold in app.expander)
    fold = folds["Other ways to invite: Staff"]
    inside = " ".join(str(element.proto.body) for element in fold.get("html"))
    assert "QR code of the link: Staff" in inside and "Text to send" in inside
    assert len(fold.get("download_button")) == 2
    assert "Copy the link" not in inside and "Print the poster" not in inside
    assert "Copy the link: Staff" in words(app) and "Print the poster: Staff" in words(app)


def test_that_a_group_was_promised_a_statement_stands_first_in_its_card() -> None:
    small = {"asked_like": "manager", "head_count": 2, "statement": True}
    record = opened(store(), groups=(small, group_plan("staff")))
    text = words(screen("overview"))
    card = text[text.index(">Managers</h3>") :]
    note, link = card.index("written statement"), card.index(f"/i/{record.group('manager').code}")
    assert note < link


def test_to_go_deeper_comes_with_the_results_and_once() -> None:
    quick = opened(store(), form="quick", groups=(group_plan("staff"),))
    assert "Set up the full round" not in words(screen("overview"))
    closed(store(), quick)
    assert "Set up the full round" not in words(screen("overview"))
    publish(store(), quick)
    text = words(screen("overview"))
    assert f"/set-up?deepen={quick.id}" in text
    full = opened(store(), title="Winter <b>round</b>", follows=quick.id)
    text = words(screen("overview", assessment=quick.id))
    assert f"/set-up?deepen={quick.id}" not in text
    assert f'href="/overview?assessment={full.id}" target="_self">Open Winter &lt;b&gt;' in text


def test_that_a_round_is_closed_is_told_at_the_top() -> None:
    record = opened(store())
    app = screen("overview").button(key="change-close").click().run()
    app.button(key="do-close").click().run()
    text = words(app)
    assert text.count("The round is closed.") == 1
    assert text.index("The round is closed.") < text.index("pw-headline")
    assert as_it_stands(store(), record).closed_at is not None
