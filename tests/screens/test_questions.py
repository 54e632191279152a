"""What people are asked, as coordinators read it: of a round, and of a plan before it opens."""

from __future__ import annotations

import re

import pytest

from assessment.services.current_store import store
from tests.support.assessments import group_plan, opened
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")
GROUPS = ("service_user", "staff")


def test_each_group_has_a_way_to_its_questions_and_they_to_those_of_the_others() -> None:
    record = opened(store(), groups=tuple(map(group_plan, GROUPS)))
    link = re.compile(r'href="/questions\?assessment=(\w+)&amp;group=(\w+)"')
    here = [(record.id, group) for group in (*GROUPS, "working_group")]
    assert sorted(link.findall(words(screen("overview")))) == sorted(here)
    app = screen("questions", assessment=record.id, group="staff")
    assert link.findall(words(app)) == here
    assert f'href="/overview?assessment={record.id}"' in words(app)


def test_a_group_has_its_own_words_and_nothing_can_be_answered() -> None:
    record = opened(store(), groups=tuple(map(group_plan, GROUPS)))
    own = screen("questions", assessment=record.id, group="service_user")
    assert "<h1" in words(own) and "Service users: the questions" in words(own)
    assert "Staff listen to what I have to say." in words(own)
    staff = words(screen("questions", assessment=record.id, group="staff"))
    assert "Staff listen to what I have to say." not in staff
    assert "which it has not answered yet" in staff
    assert not (own.radio or own.checkbox or own.text_input or own.text_area or own.button)


def test_the_questions_of_nobody_are_those_of_the_first_group() -> None:
    opened(store(), groups=tuple(map(group_plan, GROUPS)))
    assert "Service users: the questions" in words(screen("questions", group="somebody"))
    assert "There is no such round here" in words(screen("questions", assessment="nothing"))


def test_a_plan_is_read_before_it_is_opened() -> None:
    app = screen("set_up", deepen=opened(store(), form="quick").id)
    assert "Staff listen to what I have to say." not in words(app)
    app.selectbox(key="questions-read").select_index(0).run()
    assert not app.exception and "Staff listen to what I have to say." in words(app)
