"""Groups that are asked like another one."""

from __future__ import annotations

from questionnaires import asked_like
from questionnaires.checks import questionnaire_files
from questionnaires.library import load

LIKE_STAFF = {"volunteer": "staff"}


def test_a_group_is_asked_what_the_one_is_asked_that_it_is_like() -> None:
    for pack in load().questionnaires:
        wide = asked_like.widened(pack, LIKE_STAFF)
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
    wide = asked_like.widened(pack, {"manager": "staff"})
    assert (wide.groups, wide.asked_if["staff"]) == (pack.groups, pack.asked_if["staff"])
    forms = load().forms.file
    assert forms
    assert asked_like.lengths(forms, {"board": "staff"}).full.groups == forms.full.groups


def test_words_for_a_group_that_is_not_asked_are_named() -> None:
    known = load()
    pack = next(q for q in known.questionnaires if q.id == "organisational-foundations")
    item = known.items["confidentiality.protocol"]
    steps = {**item.steps_of, "board": item.steps}
    strange = item.model_copy(
        update={"steps_of": steps, "offered_to": {"dont_know": ("boards", "staff")}}
    )
    assert [problem.message for problem in questionnaire_files.strangers(strange, pack)] == [
        "'board' has steps of its own here and is not asked",
        "'boards' is offered 'dont_know' here and is not asked",
    ]
    like = {"board": "staff", "boards": "staff"}
    assert not list(
        questionnaire_files.strangers(
            asked_like.widened_item(strange, like), asked_like.widened(pack, like)
        )
    )


def test_a_group_like_another_one_is_asked_in_both_lengths() -> None:
    forms = load().forms.file
    assert forms
    found = asked_like.lengths(forms, {"volunteer": "staff", "relative": "peer_worker"})
    assert found.quick.groups["volunteer"].same_as == "staff"
    # Peer workers are themselves asked the same as service users.
    assert found.full.groups["relative"].same_as == "service_user"
    assert found.full.limits["volunteer"] == forms.full.limits["staff"]
