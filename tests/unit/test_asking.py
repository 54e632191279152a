"""What a group is asked: pages of at most eight questions, in its own words."""

from __future__ import annotations

import pytest

from assessment.services import content
from assessment.services.asking import MOST_ON_A_PAGE, Page, Reader, counted, minutes, pages
from questionnaires.burden import burden
from questionnaires.model import GROUP_SIDES, WORKING_GROUP

EVERYBODY = (*GROUP_SIDES, WORKING_GROUP)


def reader(group: str) -> Reader:
    return Reader(group, GROUP_SIDES.get(group), group)


def asked(group: str) -> tuple[Page, ...]:
    library = content.library()
    return pages(library, [q.id for q in library.questionnaires], reader(group))


@pytest.mark.parametrize("group", EVERYBODY)
def test_every_question_of_a_group_is_asked_once_and_no_other(group: str) -> None:
    found = [question.item.id for page in asked(group) for question in page.questions]
    wanted = {item.id for item in content.library().items_for(group, optional=False)}
    assert len(found) == len(set(found))
    assert set(found) == wanted


@pytest.mark.parametrize("group", EVERYBODY)
def test_a_page_is_short_and_has_a_title(group: str) -> None:
    for page in asked(group):
        assert 1 <= len(page.questions) <= MOST_ON_A_PAGE == 8
        assert page.title and all(part.title for part in page.parts)


def test_every_page_of_a_questionnaire_says_how_to_answer() -> None:
    """The beginning of a questionnaire says it; so does each of its later pages, once."""
    beginnings: dict[str, str] = {}
    for page in asked("service_user"):
        beginning = beginnings.setdefault(page.questionnaire, page.parts[0].intro)
        assert [page.reminder, *(part.intro for part in page.parts)].count(beginning) == 1
    assert "Think of the last few months" in beginnings["coproduction-principles"]


def test_places_for_ones_own_words_are_no_questions() -> None:
    """Of the 40 items that service users are asked, one is a text."""
    assert counted(asked("service_user")) == (39, 1)


def test_the_order_is_that_of_the_questionnaires() -> None:
    order = {q.id: q.order for q in content.library().questionnaires}
    shown = [order[page.questionnaire] for page in asked("staff")]
    assert shown == sorted(shown)


def test_a_questionnaire_that_is_not_chosen_is_not_asked() -> None:
    found = pages(content.library(), ["participation-ladder"], reader("staff"))
    assert {page.questionnaire for page in found} == {"participation-ladder"}
    assert pages(content.library(), [], reader("staff")) == ()


def rungs(group: str) -> list[tuple[str, str]]:
    question = next(
        question
        for page in asked(group)
        for question in page.questions
        if question.item.kind == "rung_now"
    )
    return [(choice.label, choice.about) for choice in question.choices]


def test_service_users_read_what_a_step_means_and_staff_its_name_too() -> None:
    """The first step as the ladder's file has it."""
    meaning = "People are made to do things and have no say."
    assert rungs("service_user")[0] == (meaning, "")
    assert rungs("staff")[0] == ("Coercing", meaning)
    assert len(rungs("service_user")) == 7


def test_minutes_are_those_of_the_whole_set_rounded_up() -> None:
    for group in GROUP_SIDES:
        exact = burden(content.library(), group).minutes
        assert 0 <= minutes(content.library(), asked(group), reader(group)) - exact < 1


def test_a_group_of_ones_own_reads_what_the_group_reads_that_it_is_asked_like() -> None:
    library = content.library()
    own = Reader("volunteers", "organisation", "staff")
    names = [q.id for q in library.questionnaires]
    mine = [q.text for page in pages(library, names, own) for q in page.questions]
    assert mine == [q.text for page in asked("staff") for q in page.questions]
