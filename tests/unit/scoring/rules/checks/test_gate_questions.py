"""What a gate reads is asked where its offer answers a need."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_folder import read_entries
from questionnaires.library import load
from scoring.rules.checks.gate_questions import skips
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance


def rules(
    asked_if: Condition | None,
    when: Condition | None = None,
    needs: tuple[str, ...] = ("isolation",),
) -> list[str]:
    """The faults of a rulebook with one offer and one gate, whose practice has this condition."""
    library = load()
    item = library.items["supervision.named_supervisor"]
    changed: Any = SimpleNamespace(
        items={**library.items, item.id: item.model_copy(update={"asked_if": asked_if})}
    )
    real = load_guidance(library)
    gate = real.gates["named_supervisor"].model_copy(
        update={"needs": Condition(practice=item.id, at_least="in_place"), "when": when}
    )
    offer: Any = SimpleNamespace(id="walks", needs=[SimpleNamespace(need=need) for need in needs])
    guidance: Any = SimpleNamespace(
        offers={"walks": offer}, starts=(offer,), gates_of=lambda _: (gate,), choice=real.choice
    )
    document = read_entries(real.folder / "offers", "offers")
    return [problem.message for problem in skips(guidance, changed, document)]


NEED = Condition(
    any=(
        Condition(fact="fit.needs", includes="isolation"),
        Condition(fact="fit.main_need", is_one_of=("isolation",)),
    )
)
PAID = Condition(fact="fit.pay", is_one_of=("paid", "undecided"))


@pytest.mark.parametrize(
    ("asked_if", "when"),
    [
        (None, None),
        (NEED, None),
        (Condition(any=(NEED, PAID)), None),
        # A gate that does not apply needs no answer.
        (PAID, Condition(fact="fit.pay", is_one_of=("paid",))),
        (Condition(all=(NEED, PAID)), Condition(fact="fit.pay", is_one_of=("paid",))),
    ],
)
def test_a_question_of_a_gate_may_be_skipped_where_it_is_not_needed(
    asked_if: Condition | None, when: Condition | None
) -> None:
    assert not rules(asked_if, when)


@pytest.mark.parametrize(
    ("asked_if", "when"),
    [
        (PAID, None),
        (Condition(fact="fit.needs", includes="redesign"), None),
        (Condition(all=(NEED, PAID)), None),
        (PAID, Condition(fact="fit.pay", is_one_of=("paid", "honoraria"))),
        (PAID, Condition(any=(PAID, NEED))),
    ],
)
def test_a_question_of_a_gate_may_never_be_skipped_where_its_offer_answers_a_need(
    asked_if: Condition, when: Condition | None
) -> None:
    (fault,) = rules(asked_if, when)
    assert fault.startswith(
        "offer walks: gate 'named_supervisor' reads 'supervision.named_supervisor', which is not "
        "always asked where 'fit.needs' says 'isolation'"
    )


def test_no_gate_of_ours_reads_a_question_that_its_need_skips() -> None:
    library = load()
    guidance: Guidance = load_guidance(library)
    assert not list(skips(guidance, library, read_entries(guidance.folder / "offers", "offers")))
