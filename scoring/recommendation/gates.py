"""Gates: what must be in place before an offer is responsible."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.model import Reference
from scoring.rules import conditions
from scoring.rules.conditions import Evidence
from scoring.rules.model import Gate
from scoring.rules.rulebook import Guidance


@dataclass(frozen=True)
class GateResult:
    """Whether a gate is met.

    Attributes:
        answered: False where it is not met and what is unanswered could still meet it.
        applies: False where its ``when`` leaves it out; it counts as met then.
    """

    gate: Gate
    met: bool
    answered: bool
    applies: bool

    @property
    def sources(self) -> tuple[Reference, ...]:
        return self.gate.source


def is_met(gate: Gate, evidence: Evidence) -> bool:
    """Whether a gate is met; one that does not apply is. Unanswered facts open nothing."""
    if gate.when is not None and not conditions.holds(gate.when, evidence, cautious=True):
        return True
    return conditions.holds(gate.needs, evidence, cautious=False)


def is_open(gate: Gate, evidence: Evidence) -> bool:
    """Whether a gate that is not met could be, once what is unanswered has been answered.

    It could also turn out not to apply.
    """
    if is_met(gate, evidence):
        return False
    applies = gate.when is None or conditions.holds(gate.when, evidence, cautious=False)
    return not applies or conditions.could_hold(gate.needs, evidence)


def gate_result(gate: Gate, evidence: Evidence) -> GateResult:
    """How one gate stands."""
    applies = gate.when is None or conditions.holds(gate.when, evidence, cautious=True)
    return GateResult(gate, is_met(gate, evidence), not is_open(gate, evidence), applies)


def all_gates(guidance: Guidance, evidence: Evidence) -> dict[str, GateResult]:
    """Every gate by its id, in the order of the file."""
    return {gate.id: gate_result(gate, evidence) for gate in guidance.gates.values()}
