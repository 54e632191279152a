"""What is known of a gate, condition by condition, in words."""

from __future__ import annotations

from assessment.report.terms import title_of, wording
from questionnaires.conditions import Condition
from questionnaires.phrases import lower
from questionnaires.reference_data import group_title
from scoring.recommendation.gates import GateResult
from scoring.rules.conditions import Evidence, leaf_holds


def gate_in_words(result: GateResult, evidence: Evidence) -> tuple[str, ...]:
    """Why a gate is met or not: a sentence for each condition, each once."""
    if result.applies or result.gate.when is None:
        return _in_words(result.gate.needs, evidence)
    return tuple(f"Does not apply here. {text}" for text in _in_words(result.gate.when, evidence))


def _in_words(condition: Condition, evidence: Evidence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_leaf_in_words(leaf, evidence) for leaf in condition.leaves()))


def _leaf_in_words(leaf: Condition, evidence: Evidence) -> str:
    """What is known about one condition, as a sentence."""
    library = evidence.library
    if leaf.heard is not None:
        missing = [library.domains[d].title for d in leaf.heard if d not in evidence.heard]
        if missing:
            return (
                "Too few service users and peer workers have answered for their view to be shown "
                f"in: {', '.join(missing)}."
            )
        return "What people with lived experience say can be shown."
    if leaf.too_few_to_show is not None:
        groups = ", ".join(group_title(group).lower() for group in leaf.too_few_to_show)
        held = leaf_holds(leaf, evidence, cautious=False)
        return (
            f"There are too few {groups} for their answers ever to be shown."
            if held
            else f"As far as the head counts tell, there are enough {groups} to be shown."
        )
    if leaf.practice is not None:
        return _describe_practice(leaf.practice, evidence)
    if leaf.score is not None:
        title = title_of(leaf.score, library)
        score = evidence.scores.get(leaf.score)
        wanted = f"{float(leaf.at_least or leaf.below or 0):g}"
        if score is None:
            return f"{title}: no score yet; {wanted} is asked for."
        return f"{title}: {score:g} of 100; {wanted} is asked for."
    return _describe_fact(leaf, evidence)


def _describe_practice(item_id: str, evidence: Evidence) -> str:
    item = evidence.library.items[item_id]
    practice = evidence.practices.get(item_id)
    text = wording(item)
    if practice is None:
        return f"{text}: nobody has answered this yet."
    if practice.skipped:
        return f"{text}: does not apply here, because {practice.skipped}."
    if practice.code is None:
        claimed = f"at least {practice.score:g} of 100" if practice.score else "next to nothing"
        return f"{text}: claimed, {claimed}; the working group has not agreed it."
    options = {option.code: option.label for option in evidence.library.options(item)}
    label = options.get(practice.code)
    if label is None:
        said = evidence.library.special[practice.code].default or practice.code
        return f"{text}: {said}, said the working group."
    if practice.disagreed:
        return f"{text}: we did not agree; the lowest that members chose is “{lower(label)}”."
    evidence_note = "" if practice.has_evidence else ", agreed, no evidence noted"
    return f"{text}: {label.lower()}{evidence_note}."


def _describe_fact(leaf: Condition, evidence: Evidence) -> str:
    assert leaf.fact is not None
    item = evidence.library.items[leaf.fact]
    text = wording(item)
    text = text if text.endswith("?") else f"{text}:"
    value = evidence.facts.get(leaf.fact)
    if value is None:
        return f"{text} Not answered, so the cautious answer is taken."
    if not isinstance(value, frozenset):
        return f"{text} {value:g}."
    labels = [o.label for o in evidence.library.options(item) if o.code in value]
    return f"{text} {'; '.join(labels)}."
