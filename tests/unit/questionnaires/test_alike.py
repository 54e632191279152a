"""Groups: what stands in groups.yaml, and groups that are asked like another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires import alike, reference_data
from questionnaires.checks import questionnaire_files
from questionnaires.library import load
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, RESERVED_GROUPS
from tests.support.content_files import read_reference_from

LIKE_STAFF = {"volunteer": "staff"}
VOLUNTEERS = (
    "groups:\n  - id: volunteer\n    title: Volunteers\n    one: volunteer\n"
    "    side: organisation\n    about: They help.\n"
)


def test_every_group_has_a_title_and_no_name_with_a_meaning_of_its_own() -> None:
    assert [*GROUP_SIDES, "working_group"] == [g for g in GROUP_TITLES if g not in RESERVED_GROUPS]
    assert {g for g in GROUP_TITLES if g in RESERVED_GROUPS} <= set(RESERVED_GROUPS)


def test_a_group_is_asked_what_the_one_is_asked_that_it_is_like() -> None:
    for pack in load().questionnaires:
        wide = alike.widened(pack, LIKE_STAFF)
        assert ("volunteer" in wide.groups) == ("staff" in pack.groups)
        for before, after in zip(pack.items(), wide.items(), strict=True):
            assert ("volunteer" in wide.groups_of(after)) == ("staff" in pack.groups_of(before))
            if "staff" in pack.groups_of(before):
                side = "organisation"
                assert after.text.for_group("volunteer", side) == before.text.for_group(
                    "staff", side
                )
                assert after.steps_for("volunteer") == before.steps_for("staff")
                assert after.offers_for("volunteer") == before.offers_for("staff")


def test_what_is_said_of_a_group_itself_stands() -> None:
    pack = next(q for q in load().questionnaires if q.id == "organisational-foundations")
    wide = alike.widened(pack, {"manager": "staff"})
    assert (wide.groups, wide.asked_if["staff"]) == (pack.groups, pack.asked_if["staff"])
    about = load().forms.about
    assert about
    assert alike.lengths(about, {"board": "staff"}).full.groups == about.full.groups


def test_words_for_a_group_that_is_not_asked_are_named() -> None:
    known = load()
    pack = next(q for q in known.questionnaires if q.id == "organisational-foundations")
    item = known.items["confidentiality.protocol"]
    steps = {**item.steps_of, "board": item.steps}
    strange = item.model_copy(
        update={"steps_of": steps, "offered_to": {"dont_know": ("boards", "staff")}}
    )
    assert [message for _, message in questionnaire_files._strangers(strange, pack)] == [
        "'board' has steps of its own here and is not asked",
        "'boards' is offered 'dont_know' here and is not asked",
    ]
    like = {"board": "staff", "boards": "staff"}
    assert not list(
        questionnaire_files._strangers(alike._item(strange, like), alike.widened(pack, like))
    )


def test_a_group_like_another_one_is_asked_in_both_lengths() -> None:
    about = load().forms.about
    assert about
    found = alike.lengths(about, {"volunteer": "staff", "relative": "peer_worker"})
    assert found.quick.groups["volunteer"].same_as == "staff"
    # Peer workers are themselves asked the same as service users.
    assert found.full.groups["relative"].same_as == "service_user"
    assert found.full.limits["volunteer"] == about.full.limits["staff"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", VOLUNTEERS + "    asked_like: staff\n", None),
        ("", VOLUNTEERS + "    asked_like: staf\n", "did you mean 'staff'"),
        ("", VOLUNTEERS + "    asked_like: service_user\n", "allowed: staff, manager, board"),
        ("", VOLUNTEERS.replace("volunteer\n", "other\n", 1), "a meaning of its own"),
        ("", VOLUNTEERS.replace("    one: volunteer\n", ""), "write its side"),
        ("  other: ", "  others: ", "did you mean 'other'"),
        ("- id: working_group", "- id: working_grp\n    side: organisation", "write its side"),
        ("  - id: working_group\n    title:", "  #", "'working_group' is missing"),
    ],
)
def test_a_mistake_in_the_groups_is_named(
    old: str, new: str, said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (reference_data.REFERENCE / "groups.yaml").read_text(encoding="utf-8")
    file = tmp_path / "groups.yaml"
    text = text.replace("groups:\n", new, 1) if not old else text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    read_reference_from(tmp_path, monkeypatch)
    groups, titles, problems = reference_data._groups()
    if said is None:
        assert not problems
        assert groups["volunteer"].asked_like == "staff"
        assert titles["volunteer"] == "Volunteers"
        return
    assert any(said in str(p) and "groups.yaml:" in str(p) for p in problems), problems
    assert not groups
