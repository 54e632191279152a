"""A small evaluator: conditions against what is known about an organisation.

``Evidence`` is everything a rule may read, and all of it is published or agreed: no rule can see
an answer, an interval or a disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from questionnaires.conditions import fact_holds
from questionnaires.library import Library
from scoring.rules.model import Condition


@dataclass(frozen=True)
class Practice:
    """Where a practice stands.

    Attributes:
        score: points of the agreed step, or the half step that the mean of what groups claimed
            reaches.
        code: the agreed step's code, or ``dont_know`` and its like with no points; None where the
            practice is only claimed.
        agreed: whether the working group answered.
        shown: whether a note says what shows it.
        skipped: why a fact says that it does not apply here, to follow "because".
        disagreed: the working group answered that it did not agree; the step is then the lowest
            that members chose.
    """

    score: float
    code: str | None
    agreed: bool
    has_evidence: bool = False
    skipped: str = ""
    disagreed: bool = False

    @property
    def opening(self) -> float:
        """The points that open a gate, lower a risk or show a rung: what groups claim does none of
        it, nor what the working group did not agree on, however high its lowest step."""
        return self.score if self.agreed and not self.disagreed else 0.0


@dataclass(frozen=True)
class Evidence:
    """What rules read.

    Attributes:
        practices: by item id; a practice nobody answered is missing.
        scores: published scores of dimensions and domains, 0-100; missing where there is none.
        facts: answers to facts by item id: a code, several codes, or a number.
        heard: domains in which somebody with lived experience is shown.
        too_few: groups whose known head count is under the minimum for showing.
    """

    library: Library
    practices: Mapping[str, Practice] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, frozenset[str] | float] = field(default_factory=dict)
    heard: frozenset[str] = frozenset()
    too_few: frozenset[str] = frozenset()

    def codes(self, fact: str) -> frozenset[str]:
        """The codes that answer a fact; none where it is not answered, or with a number."""
        value = self.facts.get(fact)
        return value if isinstance(value, frozenset) else frozenset()

    def with_practices(self, codes: Mapping[str, str]) -> Evidence:
        """The same with some practices agreed at another step."""
        steps = {
            item: Practice(step_score(self.library, item, code), code, agreed=True)
            for item, code in codes.items()
        }
        return replace(self, practices={**self.practices, **steps})

    def with_fact(self, item: str, value: frozenset[str] | float) -> Evidence:
        return replace(self, facts={**self.facts, item: value})

    def with_score(self, name: str, points: float) -> Evidence:
        return replace(self, scores={**self.scores, name: points})


def step_score(library: Library, item: str, code: str) -> float:
    """The points of a practice's step."""
    return library.points[item][code]


def holds(condition: Condition, evidence: Evidence, *, cautious: bool) -> bool:
    """Whether a condition holds.

    Args:
        cautious: what an unanswered fact counts as: the answer that opens nothing.
    """
    return condition.holds(lambda leaf: leaf_holds(leaf, evidence, cautious=cautious))


def leaf_holds(leaf: Condition, evidence: Evidence, *, cautious: bool) -> bool:
    """Whether a condition without all and any holds."""
    if leaf.heard is not None:
        return all(domain in evidence.heard for domain in leaf.heard)
    if leaf.too_few_to_show is not None:
        return all(group in evidence.too_few for group in leaf.too_few_to_show)
    if leaf.practice is not None:
        practice = evidence.practices.get(leaf.practice)
        score = practice.opening if practice else 0.0
        if leaf.below is not None:
            return score < step_score(evidence.library, leaf.practice, str(leaf.below))
        return score >= step_score(evidence.library, leaf.practice, str(leaf.at_least))
    if leaf.score is not None:
        score = evidence.scores.get(leaf.score)
        if leaf.below is not None:
            return score is None or score < float(leaf.below)
        return score is not None and score >= float(leaf.at_least or 0)
    return fact_holds(leaf, evidence.facts, unanswered=cautious)


def answered(leaf: Condition, evidence: Evidence) -> bool:
    """Whether what a condition without all and any reads has been answered.

    Practices are answered by the working group: what groups claim of them opens no gate and shuts
    none.
    """
    if leaf.heard is not None:
        return all(domain in evidence.heard for domain in leaf.heard)
    if leaf.practice is not None:
        practice = evidence.practices.get(leaf.practice)
        # What facts left out was not asked, and an earlier answer does not count meanwhile.
        return practice is not None and practice.agreed and not practice.skipped
    if leaf.score is not None:
        return leaf.score in evidence.scores
    return leaf.fact is None or leaf.fact in evidence.facts


def could_hold(condition: Condition, evidence: Evidence) -> bool:
    """Whether a condition holds, or could once what is unanswered has been answered."""
    return condition.holds(
        lambda leaf: leaf_holds(leaf, evidence, cautious=False) or not answered(leaf, evidence)
    )
