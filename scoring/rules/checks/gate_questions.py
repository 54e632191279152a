"""What a gate reads must be asked: a question that is skipped may never open or shut a start.

Where the need that an offer answers is stated, every practice and fact that one of its gates reads
is asked, whatever else is said. Where the gate itself does not apply, its questions need not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product

from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Document
from questionnaires.library import Library
from questionnaires.problems import Problem
from scoring.rules.model import Gate, Offer
from scoring.rules.rulebook import Guidance


def skips(guidance: Guidance, library: Library, offers: Document) -> Iterator[Problem]:
    """Offers with a gate whose question is skipped though the offer's need was stated."""
    for number, offer in enumerate(guidance.offers.values()):
        for gate in guidance.gates_of(offer) if offer in guidance.starts else ():
            for item in _read(gate):
                condition = library.items[item].asked_if if item in library.items else None
                if condition is None:
                    continue
                for need in _needs(offer, guidance):
                    if not _asked(condition, need, gate):
                        yield offers.problem(
                            "skipped",
                            ("offers", number),
                            item,
                            subject=f"offer {offer.id}",
                            gate=gate.id,
                            fact=need.fact,
                            need=need.includes or "".join(need.is_one_of or ()),
                        )
                        break


def _read(gate: Gate) -> list[str]:
    """What a gate reads, each once."""
    read = (leaf.practice or leaf.fact for leaf in gate.needs.leaves())
    return list(dict.fromkeys(item for item in read if item))


def _needs(offer: Offer, guidance: Guidance) -> list[Condition]:
    """What says that an offer's need is stated, each by itself."""
    choice = guidance.choice.need
    codes = [need.need for need in offer.needs]
    stated = [Condition(fact=choice.needs_fact, includes=code) for code in codes]
    return stated + [Condition(fact=choice.main_fact, is_one_of=(code,)) for code in codes]


def _asked(condition: Condition, need: Condition, gate: Gate) -> bool:
    """Whether an item is asked for certain where a need is stated and its gate applies."""
    alternatives = _alternatives(gate.when) if gate.when else [[]]
    return all(_follows(condition, [need, *alternative]) for alternative in alternatives)


def _alternatives(condition: Condition) -> list[list[Condition]]:
    """The ways in which a condition can hold, each a list of conditions that all hold."""
    if condition.any:
        return list(chain.from_iterable(map(_alternatives, condition.any)))
    if condition.all:
        parts = product(*map(_alternatives, condition.all))
        return [list(chain.from_iterable(alternatives)) for alternatives in parts]
    return [[condition]]


def _follows(condition: Condition, assumed: Sequence[Condition]) -> bool:
    """Whether a condition holds for certain where others do, whatever else is said."""
    return condition.holds(
        lambda leaf: any(_implies(other, leaf) for other in assumed if other.fact == leaf.fact)
    )


def _implies(assumed: Condition, wanted: Condition) -> bool:
    if wanted.is_one_of is not None:
        return assumed.is_one_of is not None and set(assumed.is_one_of) <= set(wanted.is_one_of)
    if wanted.includes is not None:
        return assumed.includes == wanted.includes
    if wanted.excludes is not None:
        return assumed.excludes == wanted.excludes
    return isinstance(assumed.at_least, float | int) and assumed.at_least >= float(
        wanted.at_least or 0
    )
