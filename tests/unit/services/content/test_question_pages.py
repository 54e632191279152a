"""What a group is asked: pages of at most eight questions, in its own words."""

from __future__ import annotations

import pytest

from assessment.services.content import loaded
from assessment.services.content.question_pages import MAX_ON_A_PAGE, Page, counted, minutes, pages
from questionnaires.burden import burden_of
from questionnaires.forms import FORMS, Form
from questionnaires.model import WORKING_GROUP, Option
from questionnaires.question_text import Question, Reader, question_of
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies

EVERYBODY = (*GROUP_SIDES, WORKING_GROUP)
#: Some peer work runs here, which decides what staff are asked.
RUNNING = {"fit.organisation_experience": frozenset({"running"})}


def reader(group: str) -> Reader:
    return Reader(group, GROUP_SIDES.get(group), group)


def asked(group: str, form: Form = "full", **facts: frozenset[str]) -> tuple[Page, ...]:
    library = loaded.library()
    applies = Applies(library, facts, form)
    return pages(library, [q.id for q in library.questionnaires], reader(group), applies)


def items(found: tuple[Page, ...]) -> list[str]:
    return [question.item.id for page in found for question in page.questions]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("group", EVERYBODY)
def test_every_question_of_a_length_is_asked_once_and_no_other(group: str, form: Form) -> None:
    found = items(asked(group, form))
    wanted = {item.id for item in Applies(loaded.library(), {}, form).items_for(group)}
    assert len(found) == len(set(found))
    assert set(found) == wanted


@pytest.mark.parametrize("group", EVERYBODY)
def test_a_full_round_asks_all_that_a_quick_look_asks(group: str) -> None:
    assert set(items(asked(group, "quick"))) < set(items(asked(group, "full")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("group", EVERYBODY)
def test_a_page_is_short_and_has_a_title(group: str, form: Form) -> None:
    for page in asked(group, form):
        assert 1 <= len(page.answers) <= MAX_ON_A_PAGE == 8
        assert page.title and all(part.title for part in page.parts)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("group", GROUP_SIDES)
def test_no_question_is_left_over_for_a_page_of_its_own(group: str, form: Form) -> None:
    pages_of: dict[str, list[Page]] = {}
    for page in asked(group, form):
        pages_of.setdefault(page.questionnaire, []).append(page)
    for found in pages_of.values():
        *before, last = found
        if before and not before[-1].parts[-1].as_list:
            assert len(last.questions) > 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("group", GROUP_SIDES)
def test_the_concerns_are_one_list_on_a_page_of_its_own_and_one_answer(
    group: str, form: Form
) -> None:
    lists = [p for p in asked(group, form) if any(q.item.kind == "concern" for q in p.questions)]
    (page,) = lists
    (part,) = page.parts
    assert part.as_list and len(part.questions) > 3
    assert page.answers == (part.questions,)
    wanted = [i for i in loaded.library().items_for(group) if i.kind == "concern"]
    assert [question.item for question in part.questions] == wanted


def test_staff_are_asked_about_practices_where_peer_work_runs_and_about_rules_where_none_does() -> (
    None
):
    def of(found: tuple[Page, ...], kind: str) -> int:
        return sum(q.item.kind == kind for page in found for q in page.questions)

    unknown, running = asked("staff"), asked("staff", **RUNNING)
    assert (of(unknown, "practice"), of(running, "practice")) == (0, 12)
    assert (of(unknown, "boundary"), of(running, "boundary")) == (16, 0)


def test_every_page_of_a_questionnaire_says_how_to_answer() -> None:
    """The beginning of a questionnaire says it; so does each of its later pages, once. A box to
    write in needs no word on it."""
    beginnings: dict[str, str] = {}
    for page in asked("service_user"):
        beginning = beginnings.setdefault(page.questionnaire, page.parts[0].intro)
        if {question.item.kind for question in page.questions} == {"text"}:
            assert page.reminder == ""
            continue
        assert [page.reminder, *(part.intro for part in page.parts)].count(beginning) == 1
    assert "Think of the last few months" in beginnings["coproduction-principles"]


def test_a_topic_of_the_first_page_is_not_repeated_on_pages_about_others() -> None:
    """A section of practices is introduced by what it is about, not by how to answer."""
    practices = [
        page
        for page in asked("working_group")
        if page.questionnaire == "organisational-foundations"
    ]
    assert len(practices) > 3
    assert {page.reminder for page in practices} == {""}


def test_answers_are_counted_with_a_list_as_one() -> None:
    """Of the 42 items that service users are asked, six are concerns and one is a box to write in:
    35 + 1 answers."""
    assert len(items(asked("service_user"))) == 42
    assert counted(asked("service_user")) == (36, 1)
    assert counted(asked("service_user", "quick")) == (14, 0)


def test_the_order_is_that_of_the_questionnaires() -> None:
    order = {q.id: q.order for q in loaded.library().questionnaires}
    positions = [order[page.questionnaire] for page in asked("staff")]
    assert positions == sorted(positions)


def test_a_questionnaire_that_is_not_chosen_is_not_asked() -> None:
    found = pages(loaded.library(), ["participation-ladder"], reader("staff"))
    assert {page.questionnaire for page in found} == {"participation-ladder"}
    assert pages(loaded.library(), [], reader("staff")) == ()


def rungs(group: str) -> list[tuple[str, str]]:
    question = next(
        question
        for page in asked(group)
        for question in page.questions
        if question.item.kind == "rung_now"
    )
    return [(choice.label, choice.description) for choice in question.choices]


def test_service_users_read_what_a_step_means_and_staff_its_name_too() -> None:
    """The first step as the ladder's file has it."""
    meaning = "Nobody asks people or tells them. They may be made to go along."
    assert rungs("service_user")[0] == (meaning, "")
    assert rungs("staff")[0] == ("Coercing", meaning)
    assert len(rungs("service_user")) == 7


def test_minutes_are_those_of_the_whole_set_rounded_up() -> None:
    for group in EVERYBODY:
        exact = burden_of(loaded.library(), group, items(asked(group))).minutes
        assert 0 <= minutes(loaded.library(), asked(group), reader(group)) - exact < 1


def test_a_group_of_ones_own_reads_what_the_group_reads_that_it_is_asked_like() -> None:
    library = loaded.library()
    own = Reader("volunteers", "organisation", "staff")
    names = [q.id for q in library.questionnaires]
    mine = [q.text for page in pages(library, names, own) for q in page.questions]
    assert mine == [q.text for page in asked("staff") for q in page.questions]


def question(item: str, group: str, **changes: object) -> Question:
    """A question as a group reads it, after some changes to its item."""
    library = loaded.library()
    return question_of(library, library.items[item].model_copy(update=changes), reader(group))


def test_a_rung_of_a_ladder_that_an_item_names_reads_like_those_of_the_ladder_in_use() -> None:
    """The first step of Arnstein's ladder as the ladders' file has it."""
    meaning = "People are there for show, so that a plan looks good."
    rung = question("ladder.now.own_support", "service_user", scale="arnstein").choices[0]
    assert (rung.label, rung.description) == (meaning, "")
    rung = question("ladder.now.own_support", "staff", scale="arnstein").choices[0]
    assert (rung.label, rung.description) == ("Manipulation", meaning)


def test_answers_that_would_read_alike_carry_their_codes() -> None:
    alike = (Option(code="a", label="Yes"), Option(code="b", label="yes"))
    known = question("valued_input.listened_to", "staff", scale=None, options=alike)
    assert [answer.label for answer in known.choices] == ["Yes (a)", "yes (b)"]


def test_only_the_working_group_may_disagree_and_only_on_a_practice() -> None:
    for item, group in (("staff_buy_in.buy_in_plan", "manager"), ("fit.main_need", WORKING_GROUP)):
        assert not question(item, group).may_disagree
    agreed = question("staff_buy_in.buy_in_plan", WORKING_GROUP)
    assert [answer.code for answer in agreed.off_scale] == ["did_not_agree", "dont_know"]
