"""After the first sitting: is it a go, as far as the working group itself can say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.services.results.round_results import agreed_table, context_of
from assessment.services.working_group.agreed_answers import WorkingGroupRound
from assessment.store.records import AgreedRecord
from questionnaires.content_folder import use
from scoring.answers.matrix import read_answers
from scoring.recommendation.evidence import agreed_evidence
from scoring.recommendation.gates import GateResult, gate_result
from scoring.recommendation.likely_start import assuming_best_answers, own_basics
from scoring.recommendation.offers import OfferResult, recommend

VerdictState = Literal["go", "advice", "not_yet", "too_early"]


@dataclass(frozen=True)
class Verdict:
    """What the working group's own answers say, before anybody else is heard.

    Attributes:
        state: ``go``: every gate of every start is met; ``advice``: those that advice needs are;
            ``not_yet``: a gate is open that advice needs, too; ``too_early``: none is, and what is
            not answered decides.
        start: the start that they lead to, if what people say does not speak against it.
    """

    state: VerdictState
    met: tuple[GateResult, ...]
    open: tuple[GateResult, ...]
    unanswered: tuple[GateResult, ...]
    start: OfferResult | None

    @property
    def gates(self) -> tuple[GateResult, ...]:
        return (*self.met, *self.open, *self.unanswered)


def verdict(round_: WorkingGroupRound, agreed: Mapping[str, AgreedRecord]) -> Verdict:
    """The gates of every start that hang on the working group's answers alone."""
    with use(round_.library.content):
        return _verdict(round_, agreed)


def _verdict(round_: WorkingGroupRound, agreed: Mapping[str, AgreedRecord]) -> Verdict:
    library = round_.library
    guidance = round_.guidance
    table = agreed_table(agreed, round_.record, library)
    evidence = agreed_evidence(read_answers(table, library, context_of(round_.record, library)))
    results = [gate_result(gate, evidence) for gate in own_basics(guidance)]
    met = tuple(result for result in results if result.met)
    unanswered = tuple(result for result in results if not result.met and not result.answered)
    open_ = tuple(result for result in results if not result.met and result.answered)
    missing = [*open_, *unanswered]
    for_advice = [r for r in missing if "advisory" not in r.gate.except_role_levels]
    state: VerdictState = "advice" if missing else "go"
    if for_advice:
        state = "not_yet" if any(result in open_ for result in for_advice) else "too_early"
    start = recommend(guidance, assuming_best_answers(evidence)).start
    known = start.offer.id != guidance.choice.fallback
    return Verdict(state, met, open_, unanswered, start if known else None)
