"""Conditions: what must hold for a rule, or for a question to be asked.

Rules read everything that is published or agreed (``scoring.rules.conditions``). Questions read
facts only, and facts are worked out here, for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import Field, model_validator

from questionnaires.content_model import Id, ItemId, Model, Sentence

#: Answers to facts by item id: the codes that were chosen, or a number.
Facts = Mapping[str, frozenset[str] | float]

#: The forms that a condition can have, each the name of its field.
FORMS = ("practice", "score", "fact", "heard", "too_few_to_show", "all", "any")
#: What a condition may ask of a practice, a score or a fact, each the name of its field.
COMPARISONS = {
    "practice": ("at_least", "below"),
    "score": ("at_least", "below"),
    "fact": ("at_least", "excludes", "includes", "is_one_of"),
}
COMPARISON_FIELDS = sorted({field for fields in COMPARISONS.values() for field in fields})


class Condition(Model):
    """One condition, of exactly one form.

    - ``practice`` with ``at_least`` (an option code) or, in risk only, ``below``
    - ``score`` (a dimension or domain id) with ``at_least`` (0-100) or, in risk only, ``below``
    - ``fact`` with one of ``is_one_of``, ``includes``, ``at_least`` (a number) or, in risk only,
      ``excludes``
    - ``heard``: domains in which somebody with lived experience must be shown
    - ``too_few_to_show``: groups whose known head count is under the minimum
    - ``all`` or ``any`` of further conditions

    Where a question is asked, ``called`` says what the condition stands for ("a family group"): it
    is what people read where it does not hold.
    """

    called: Sentence | None = None

    practice: ItemId | None = None
    score: Id | None = None
    fact: ItemId | None = None
    heard: tuple[Id, ...] | None = Field(default=None, min_length=1)
    too_few_to_show: tuple[Id, ...] | None = Field(default=None, min_length=1)
    all: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)

    at_least: float | str | None = None
    below: float | str | None = None
    is_one_of: tuple[str, ...] | None = Field(default=None, min_length=1)
    includes: str | None = None
    excludes: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [name for name in FORMS if getattr(self, name) is not None]
        if len(forms) != 1:
            raise ValueError(f"a condition has exactly one of: {', '.join(FORMS)}")
        given = [name for name in COMPARISON_FIELDS if getattr(self, name) is not None]
        allowed = COMPARISONS.get(forms[0], ())
        if allowed and (len(given) != 1 or given[0] not in allowed):
            raise ValueError(
                f"a condition on a {forms[0]} has exactly one of: {', '.join(allowed)}"
            )
        if given and not allowed:
            raise ValueError(f"{given[0]} does not belong to {forms[0]!r}")
        threshold = self.at_least if self.at_least is not None else self.below
        if self.practice and isinstance(threshold, float | int):
            raise ValueError(
                f"a threshold on a practice names a code, such as in_place; found {threshold:g}"
            )
        if self.score and (isinstance(threshold, str) or not 0 <= (threshold or 0) <= 100):
            raise ValueError(
                f"a threshold on a score is a number from 0 to 100; found {threshold!r}"
            )
        if self.fact and isinstance(threshold, str):
            raise ValueError(f"a threshold on a fact is a number; found {threshold!r}")
        return self

    @property
    def comparison(self) -> str | None:
        """The name of the field that says what is asked; None where no value is asked for."""
        return next((name for name in COMPARISON_FIELDS if getattr(self, name) is not None), None)

    def holds(self, leaf_holds: Callable[[Condition], bool]) -> bool:
        """Whether it holds, given which of the conditions without all and any do."""
        if self.all is not None:
            return all(part.holds(leaf_holds) for part in self.all)
        if self.any is not None:
            return any(part.holds(leaf_holds) for part in self.any)
        return leaf_holds(self)

    def leaves(self) -> tuple[Condition, ...]:
        """The conditions without all and any, in the order they stand."""
        parts = self.all or self.any
        if parts is None:
            return (self,)
        return tuple(leaf for part in parts for leaf in part.leaves())


def fact_holds(leaf: Condition, facts: Facts, *, unanswered: bool) -> bool:
    """Whether a condition on one fact holds.

    Args:
        unanswered: what a fact that nobody answered counts as.
    """
    assert leaf.fact is not None
    value = facts.get(leaf.fact)
    if value is None:
        return unanswered
    if not isinstance(value, frozenset):
        return value >= float(leaf.at_least or 0)
    if leaf.is_one_of is not None:
        return bool(value & set(leaf.is_one_of))
    if leaf.includes is not None:
        return leaf.includes in value
    return leaf.excludes not in value


def facts_hold(condition: Condition, facts: Facts, *, unanswered: bool) -> bool:
    """Whether a condition that reads nothing but facts holds."""
    return condition.holds(lambda leaf: fact_holds(leaf, facts, unanswered=unanswered))
