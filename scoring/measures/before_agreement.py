"""How the answers that members of a working group gave alone spread, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from questionnaires.library import Library
from questionnaires.model import SPECIAL_CODES
from scoring.disclosure.before_agreement import SpreadBefore, publish_before_agreement
from scoring.measures.distributions import classes


def spreads_before_agreement(
    responses: Sequence[Mapping[str, str]], library: Library, minimum: int
) -> dict[str, SpreadBefore]:
    """What may be told of practices, in the order of the questions; those are left out of which
    nothing may be told.

    Args:
        responses: what each member answered, by item. An answer that its question does not offer
            any more is none.
        minimum: the round's own minimum group size.
    """
    found: dict[str, SpreadBefore] = {}
    for item in library.items.values():
        if item.kind != "practice":
            continue
        given = Counter(answers[item.id] for answers in responses if item.id in answers)
        options = library.options(item)
        names, parts = classes(
            tuple(option.label for option in options), tuple(option.score for option in options)
        )
        counts = [sum(given[options[at].code] for at in part) for part in parts]
        off_scale = sum(given[code] for code in SPECIAL_CODES)
        if spread := publish_before_agreement(names, counts, off_scale, minimum):
            found[item.id] = spread
    return found
