"""Setting up an assessment: what may be decided, what is said about it, what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assessment.services import clock
from assessment.services.content import loaded
from assessment.services.rounds import overview
from assessment.services.rounds.advice import advice
from assessment.services.rounds.plan import (
    REVIEW,
    STEPS,
    AssessmentPlan,
    WorkingGroupPlan,
    current_step,
    full_round_after,
    group_id,
    open_assessment,
    problems,
    suggested_dates,
)
from assessment.services.rounds.qr import qr_image
from assessment.services.rounds.workload import questionnaires_of, workloads
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import DEFAULT_ZONE
from questionnaires.forms import FORMS, Form
from questionnaires.reference_data import GROUP_SIDES
from tests.support.clock import set_clock
from tests.support.respondents import entered

TODAY = date(2026, 3, 2)


Values = dict[str, Any]


def group(name: str, count: int | None = 20) -> Values:
    return {"own_title": None, "asked_like": name, "head_count": count}


def own(title: str, like: str | None = "staff", count: int | str | None = 5) -> Values:
    return {"own_title": title, "asked_like": like, "head_count": count}


def complete(**changes: Any) -> Values:
    """A plan that nothing is to be said against, except for what is changed."""
    team = {
        "members": 6,
        "members_lived_experience": 2,
        "members_paid": True,
        "key_holders": 2,
        "key_holders_lived_experience": 1,
    }
    for name in team.keys() & changes.keys():
        team[name] = changes.pop(name)
    return {
        "organisation": "Beacon Street",
        "setting": "Homeless service",
        "time_zone": "Europe/Berlin",
        "help_contact": "Maria, 0123 456789",
        "groups": [group("service_user", 40), group("staff", 12)],
        "form": "full",
        "follows": None,
        "questionnaires": [q.id for q in loaded.library().questionnaires],
        "ladder": "seven_step",
        "title": "March 2026",
        "opens_on": TODAY,
        "closes_on": TODAY + timedelta(days=28),
        "grace_hours": 2,
        "minimum_group_size": 5,
        "working_group": team,
    } | changes


def plan(**changes: Any) -> AssessmentPlan:
    return AssessmentPlan.model_validate(complete(**changes))


def all_problems(**changes: Any) -> dict[str, str]:
    return problems(complete(**changes), loaded.library(), TODAY)


def test_a_complete_plan_has_no_problem_and_no_advice() -> None:
    assert all_problems() == {}
    assert advice(plan()) == []


def test_an_empty_plan_names_each_thing_that_is_missing() -> None:
    texts = dict.fromkeys(("organisation", "setting", "help_contact", "title"), "")
    empty = dict.fromkeys(complete()) | texts | {"groups": [], "questionnaires": []}
    empty |= {"ladder": "seven_step", "working_group": dict.fromkeys(WorkingGroupPlan.model_fields)}
    assert set(problems(empty, loaded.library(), TODAY)) == {
        *("organisation", "setting", "time_zone", "help_contact"),
        *("groups", "form", "questionnaires"),
        *("title", "opens_on", "closes_on", "grace_hours", "minimum_group_size"),
        *("working_group.members", "working_group.members_lived_experience"),
        *("working_group.members_paid", "working_group.key_holders"),
        "working_group.key_holders_lived_experience",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"organisation": " \t "}, "organisation"),
        ({"organisation": "x" * 201}, "organisation"),
        ({"help_contact": "x" * 401}, "help_contact"),
        ({"groups": [group("staff", 0)]}, "groups.0.head_count"),
        ({"groups": [group("staff", None)]}, "groups.0.head_count"),
        ({"groups": [group("staff", 100_001)]}, "groups.0.head_count"),
        ({"groups": [own("", "staff", 5)]}, "groups.0.own_title"),
        ({"groups": [own("Night team", None, 5)]}, "groups.0.asked_like"),
        ({"groups": [own("Working group", "staff", 5)]}, "groups.0.own_title"),
        ({"groups": [own("staff", "staff", 5)]}, "groups.0.own_title"),
        (
            {"groups": [own(n, "staff", 5) for n in ("Night", "NIGHT ")]},
            "groups.1.own_title",
        ),
        ({"closes_on": TODAY - timedelta(days=1), "opens_on": TODAY}, "closes_on"),
        ({"opens_on": date(2026, 1, 1), "closes_on": date(2026, 2, 1)}, "closes_on"),
        ({"minimum_group_size": 2}, "minimum_group_size"),
        ({"grace_hours": 49}, "grace_hours"),
        ({"grace_hours": -1}, "grace_hours"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": None}, "time_zone"),
        ({"members_lived_experience": 7}, "working_group.members_lived_experience"),
        ({"key_holders": 7}, "working_group.key_holders"),
        ({"key_holders_lived_experience": 3}, "working_group.key_holders_lived_experience"),
        ({"members": -1}, "working_group.members"),
    ],
)
def test_each_mistake_is_named_at_its_field(change: dict[str, object], field: str) -> None:
    problems = all_problems(**change)
    assert field in problems
    for message in problems.values():
        assert "validation" not in message.lower()
        assert message.endswith((".", "please."))


def too_long(over: int, most: int) -> str:
    fit = f"at most {most} letters and signs fit here"
    return f"This is too long by {over}: {fit}. Please make it shorter."


def test_numbers_are_read_as_people_type_them() -> None:
    typed: Values = {
        "groups": [own("Night team", count="1.200")],
        "members": " 1’0 ",
        "key_holders": "２",
    }
    assert all_problems(**typed) == {
        "working_group.members": "Please write one number in digits, without words beside it, such "
        "as 12. A good guess will do."
    }
    typed |= {"members": "10"}
    assert all_problems(**typed) == {}
    read = plan(**typed)
    assert (read.groups[0].head_count, read.working_group.key_holders) == (1200, 2)
    whole = "Please write a whole number, such as 12."
    assert all_problems(members="7,5") == {"working_group.members": whole}
    assert list(all_problems(members="  ")) == ["working_group.members"]


def test_a_limit_is_named_where_it_is_passed() -> None:
    long = {"organisation": "x" * 201, "groups": [own("x" * 81, count=100_001)], "members": 1001}
    assert all_problems(**long) == {
        "organisation": too_long(1, 200),
        "groups.0.own_title": too_long(1, 80),
        "groups.0.head_count": "Write a number up to 100\N{NO-BREAK SPACE}000.",
        "working_group.members": "Write a number up to 1\N{NO-BREAK SPACE}000.",
    }
    many = [own(f"Team {number}") for number in range(21)]
    assert all_problems(groups=many) == {
        "groups": "There can be 20 groups at most. Combine some of them."
    }


def test_every_field_is_filled_in_by_one_step() -> None:
    fields = [field for step in STEPS.values() for field in step]
    assert sorted(fields) == sorted(AssessmentPlan.model_fields)


def test_a_step_waits_for_those_before_it() -> None:
    assert current_step("dates", {}) == "dates"
    assert current_step("dates", {"groups.0.head_count": "Write how many."}) == "groups"
    assert current_step("groups", {"title": "Give it a name."}) == "groups"
    assert current_step(REVIEW, {"working_group.members": "Write how many."}) == "working-group"
    assert current_step(REVIEW, {}) == REVIEW


def test_a_full_round_after_a_quick_look_needs_nothing_more(store: Store) -> None:
    groups = [group("staff", 12), own("Families", "service_user", 9)]
    quick = plan(form="quick", groups=groups)
    record = overview.chosen(store, open_assessment(store, loaded.library(), quick))
    assert record is not None
    values = full_round_after(record, TODAY) | {"questionnaires": complete()["questionnaires"]}
    assert problems(values, loaded.library(), TODAY) == {}
    assert values["groups"] == [group | {"statement": False} for group in groups]
    assert (values["title"], values["form"], values["follows"]) == (
        "March 2026, in full",
        "full",
        record.id,
    )


def test_a_minimum_of_four_is_the_least() -> None:
    assert "minimum_group_size" not in all_problems(minimum_group_size=4)
    assert "minimum_group_size" in all_problems(minimum_group_size=3)


def test_a_group_that_would_be_asked_nothing_is_named() -> None:
    # Programme fit is asked of the working group only.
    problems = all_problems(questionnaires=["programme-fit"])
    assert "Service users, Staff" in problems["questionnaires"]


def times(form: Form, *groups: str) -> dict[str, tuple[int, int]]:
    values = complete(groups=list(map(group, groups)))
    found = workloads(loaded.library(), values, form)
    return {load.group: (load.questions, load.minutes) for load in found}


def test_each_length_says_how_much_it_asks_of_each_group() -> None:
    quick, full = (times(form, "service_user", "staff", "board") for form in FORMS)
    assert list(quick) == list(full) == ["service_user", "staff", "board", "working_group"]
    assert {name: questions for name, (questions, _) in quick.items()} == {
        "service_user": 14,
        "staff": 16,
        "board": 10,
        # 13 facts and 22 practices, before any fact is known.
        "working_group": 35,
    }
    # 13 facts of a minute, 22 practices of two and a half: 13 + 55 = 68 minutes of talk.
    assert quick["working_group"][1] == 68
    assert all(quick[name][1] <= full[name][1] for name in quick)
    assert full["service_user"] == (36, 7)


def test_a_quick_look_offers_only_what_it_asks_about() -> None:
    library = loaded.library()
    assert [q.id for q in questionnaires_of(library, "quick")] == [
        *("coproduction-principles", "buy-in", "organisational-foundations", "programme-fit"),
    ]
    assert len(questionnaires_of(library, "full")) == len(library.questionnaires)


def test_only_a_full_round_goes_on_from_a_quick_look() -> None:
    full = plan(follows="quick-look")
    assert (full.form, full.follows) == ("full", "quick-look")
    with pytest.raises(ValueError, match="only a full round goes on from a quick look"):
        plan(form="quick", follows="quick-look")


def test_a_full_round_begins_with_what_the_quick_look_agreed_and_leaves_it_as_it_was(
    store: Store,
) -> None:
    library = loaded.library()
    quick = open_assessment(store, library, plan(form="quick"))
    with store.write() as work:
        work.agreed.put(quick, "fit.pay", "paid", "", after=0, on=date.today())
        work.agreed.put(
            quick, "supervision.cover", "partly", "Rota of May", after=0, on=date.today()
        )
        work.responses.add("r1", quick, "staff", {"valued_input.listened_to": "often"}, {})
        work.commit()
    full = open_assessment(store, library, plan(follows=quick))
    before, after = overview.chosen(store, quick), overview.chosen(store, full)
    assert before is not None and after is not None
    assert (before.form, after.form, after.follows) == ("quick", "full", quick)
    assert overview.agreed_answers(store, before)[0] == 2
    assert overview.agreed_answers(store, after)[0] == 2
    # What people handed in stays with the quick look: the full round asks them anew.
    with store.read() as work:
        assert work.responses.counts(quick) == {"staff": 1}
        assert work.responses.counts(full) == {}
    codes = [{g.code for g in record.groups} for record in (before, after)]
    assert not codes[0] & codes[1]


def test_a_plan_is_opened_once_however_often_it_is_asked(store: Store) -> None:
    """The second click of a double click finds what the first one opened."""
    library = loaded.library()
    assert open_assessment(store, library, plan(), "f" * 32) == "f" * 32
    opened_first = overview.chosen(store, "f" * 32)
    assert open_assessment(store, library, plan(), "f" * 32) == "f" * 32
    with store.read() as work:
        assert work.assessments.all() == [opened_first]


def test_staff_wait_for_what_the_working_group_says_first(store: Store) -> None:
    record = overview.chosen(store, open_assessment(store, loaded.library(), plan()))
    assert record is not None
    assert overview.waiting_groups(store, record) == ["Staff"]
    with store.write() as work:
        work.agreed.put(record.id, "fit.already_running", "none", "", after=0, on=date.today())
        work.agreed.put(
            record.id, "fit.organisation_experience", "none", "", after=0, on=date.today()
        )
        work.commit()
    assert overview.waiting_groups(store, record) == []
    quick = replace(record, form="quick")
    assert overview.waiting_groups(store, quick) == []


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Night team", "night_team"),
        ("Équipe Brontë", "equipe_bronte"),
        ("2nd floor", "group_2nd_floor"),
        ("Семья", "group"),
        ("Staff", "staff_2"),
        ("Organisation", "organisation_2"),
        ("Working group", "working_group_2"),
        ("x" * 80, "x" * 50),
    ],
)
def test_a_group_of_their_own_gets_an_id_that_nothing_else_has(title: str, wanted: str) -> None:
    assert group_id(title, []) == wanted


def test_two_titles_that_read_alike_get_two_ids(store: Store) -> None:
    night = plan(groups=[own(title) for title in ("Night-team", "Night team", "夜")])
    made = overview.chosen(store, open_assessment(store, loaded.library(), night))
    assert made is not None
    assert [g.group for g in made.groups] == ["night_team", "night_team_2", "group"]
    assert {g.side for g in made.groups} == {GROUP_SIDES["staff"]}


def test_a_title_is_suggested_from_the_month() -> None:
    assert suggested_dates(date(2026, 3, 31))["title"] == "Peer work, March 2026"


def test_small_groups_missing_sides_and_a_lopsided_working_group_are_advised_about() -> None:
    lopsided = plan(
        groups=[group("manager", 4), group("staff", 12)],
        members_lived_experience=1,
        members_paid=False,
        key_holders_lived_experience=0,
        questionnaires=["buy-in", "coproduction-principles"],
    )
    found = advice(lopsided)
    text = "\n".join(thought.text for thought in found)
    # Each leads to the step where it is decided.
    assert {thought.step for thought in found} == {"groups", "questions", "working-group"}
    for words in (
        "Managers: with 4 people this group stays under the minimum of 5",
        "untick Managers, add its 4 people to Staff, and give them that group’s link",
        "No group on the side of lived experience is asked",
        "1 of 6 have lived experience. It should be at least 2.",
        "pay members",
        "Key-holders: two are better than one",
        "Without the organisational foundations",
        "Without the facts about your programme",
    ):
        assert words in text


def test_of_seven_members_a_third_makes_three() -> None:
    few = plan(members=7, members_lived_experience=2)
    assert any(thought.text.endswith("at least 3.") for thought in advice(few))


def thoughts(*groups: Values, minimum: int = 5) -> list[str]:
    """What is said about groups, beside service users who are many."""
    found = advice(plan(groups=list(groups), minimum_group_size=minimum))
    return [thought.text for thought in found]


def test_one_person_is_not_people() -> None:
    (advice,) = thoughts(group("service_user"), group("staff"), group("manager", 1))
    assert advice.startswith("Managers: with 1 person this group stays under")
    assert "add its 1 person to Staff" in advice


def test_a_group_in_which_everybody_must_reply_is_named() -> None:
    assert thoughts(group("service_user"), group("staff", 4), minimum=4) == [
        "Staff: numbers show only if all 4 reply."
    ]
    assert thoughts(group("service_user"), group("staff", 5), minimum=4) == []


def test_small_groups_of_one_side_are_shown_as_one() -> None:
    (words,) = thoughts(
        group("service_user"), group("staff"), group("manager", 3), group("board", 4)
    )
    assert words.startswith("Managers, Board members: each group is smaller than the minimum of 5.")
    assert "once 5 of these 7 people have replied" in words
    # Too few even together: each is told a way of its own.
    split = thoughts(group("service_user"), group("staff"), group("manager", 2), group("board", 2))
    assert [text.split(":")[0] for text in split] == ["Managers", "Board members"]
    # Nor is it of any use to combine groups that stay too few.
    few = thoughts(group("service_user"), group("manager", 2), group("board", 2))
    assert ["combine" in text for text in few] == [False, False]
    # The two sides are never shown together.
    sides = thoughts(group("service_user"), group("peer_worker", 4), group("manager", 4))
    assert [text.split(":")[0] for text in sides] == ["Peer workers", "Managers"]
    assert "invite more people to it" in sides[1]


def test_a_small_group_that_is_promised_a_statement_needs_no_other_way() -> None:
    promised = group("manager", 3) | {"statement": True}
    assert thoughts(group("service_user"), group("staff"), promised) == []


def test_a_group_of_their_own_is_removed_not_unticked() -> None:
    night = own("Night team", "staff", 2)
    (advice,) = thoughts(group("service_user"), group("staff"), night)
    assert "remove Night team, add its 2 people to Staff" in advice


@pytest.mark.parametrize("count", [0, None])
def test_a_missing_head_count_is_asked_for_in_a_sentence(count: int | None) -> None:
    groups = [group("service_user", count), own("Night team", "staff", count)]
    problems = all_problems(groups=groups)
    assert problems["groups.0.head_count"].startswith(
        "Write how many service users there are, at least 1."
    )
    assert problems["groups.1.head_count"].startswith(
        "Write how many people of Night team there are, at least 1."
    )


def test_each_group_gets_a_link_of_its_own_that_opens_its_questions(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, TODAY)
    library = loaded.library()
    made = plan()
    record = overview.chosen(store, open_assessment(store, library, made))
    assert record is not None
    codes = [g.code for g in record.groups] + [record.working_group.code]
    assert len(set(codes)) == 3
    roles = []
    for code in codes:
        link = overview.link(code, "http://x/overview")
        roles.append(entered(store, link.rsplit("/", 1)[1]).role)
    assert roles == ["respondent", "respondent", "working_group"]


def test_a_link_uses_the_address_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    seen_at = "http://127.0.0.1:8501/overview?assessment=1"
    assert overview.link("AB-CD", seen_at) == "http://127.0.0.1:8501/i/AB-CD"
    assert overview.only_here(overview.base_address(seen_at))
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example/")
    settings.cache_clear()
    try:
        assert overview.link("AB-CD", seen_at) == "https://ready.example/i/AB-CD"
        assert not overview.only_here(overview.base_address(seen_at))
    finally:
        settings.cache_clear()


def test_a_qr_code_is_dark_on_white() -> None:
    image = qr_image("https://ready.example/i/AB-CD")
    assert image.startswith("data:image/svg+xml")
    # Light is painted, not left out: a dark page would shine through.
    assert "%23fff" in image.lower()
    assert "%23000" in image.lower()


# Time zone and hours of grace


@pytest.mark.parametrize(
    ("grace", "told"), [(49, "from 0 to 48"), ("two", "in digits"), ("", "from 0 to 48")]
)
def test_hours_of_grace_that_cannot_be_are_told_with_what_can(grace: object, told: str) -> None:
    found = all_problems(grace_hours=grace)
    assert set(found) == {"grace_hours"}
    assert told in found["grace_hours"]


def test_what_is_planned_of_time_is_stored_and_comes_along_into_a_full_round(store: Store) -> None:
    made = plan(form="quick", time_zone="Asia/Kolkata", grace_hours="7")
    record = overview.chosen(store, open_assessment(store, loaded.library(), made))
    assert record is not None
    assert (record.organisation.time_zone, record.grace_hours) == ("Asia/Kolkata", 7)
    further = full_round_after(record, TODAY)
    assert (further["time_zone"], further["grace_hours"]) == ("Asia/Kolkata", 7)


def test_time_zones_are_found_by_their_cities() -> None:
    zones = clock.time_zones()
    assert zones["Europe/Berlin"] == "Berlin (Europe)"
    assert zones["America/Argentina/Buenos_Aires"] == "Buenos Aires (America)"
    assert DEFAULT_ZONE in zones and not {"Etc/GMT+1", "Factory", "EST"} & zones.keys()
    assert list(zones.values()) == sorted(zones.values())
