"""A quick look can tell whether anything may start: it asks what that hangs on.

The gates of every start, the facts that rules read to choose one, and, where a need is stated that
starts with staff beside them answer, the gates of one of these. Work away from staff, one to one or
on the street asks for more than a quick look can.
"""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.content_files.yaml_files import Document, read
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import Problem
from questionnaires.skip_logic import Applies
from scoring.rules.model import Gate, Offer
from scoring.rules.rulebook import Guidance

#: Kinds of work that a quick look leaves to the full round. Our judgement: they are seldom a first
#: step, and what they need would make the one sitting twice as long.
LEFT_TO_THE_FULL_ROUND = ("one_to_one", "outreach", "mixed")


def quick_looks(guidance: Guidance, library: Library) -> Iterator[Problem]:
    """What a quick look should ask the working group and does not."""
    document = read(library.content.forms)
    nothing_known = Applies(library, {}, "quick")
    for gate in guidance.every_offer_gates:
        yield from _asked(gate, nothing_known, document)
    choice = guidance.choice
    facts = [choice.need.needs_fact, choice.need.main_fact, choice.running.fact]
    facts += [choice.appetite.fact, choice.wished_fact]
    facts += [leaf.fact for leaf in choice.experience.when.leaves() if leaf.fact]
    for fact in dict.fromkeys(facts):
        if not nothing_known.lists(library.items[fact], WORKING_GROUP):
            yield _missing("fact_not_in_quick_look", document, fact)
    starts = [offer for offer in guidance.starts if asked_in_a_quick_look(offer)]
    for need in dict.fromkeys(need.need for offer in starts for need in offer.needs):
        code = frozenset({need})
        stated = {choice.need.needs_fact: code, choice.need.main_fact: code}
        applies = Applies(library, stated, "quick")
        answering = [o for o in starts if need in (answered.need for answered in o.needs)]
        faults = [
            list(_gates_asked(offer, need, guidance, applies, document)) for offer in answering
        ]
        # One start that answers it is enough.
        yield from min(faults, key=len)


def asked_in_a_quick_look(offer: Offer) -> bool:
    """Whether a quick look asks all that a start hangs on."""
    return offer.arrangement == "with_staff" and offer.model not in LEFT_TO_THE_FULL_ROUND


def _gates_asked(
    offer: Offer, need: str, guidance: Guidance, applies: Applies, document: Document
) -> Iterator[Problem]:
    for gate in guidance.gates_of(offer):
        yield from _asked(gate, applies, document, offer=offer.id, need=need)


def _asked(gate: Gate, applies: Applies, document: Document, **start: str) -> Iterator[Problem]:
    code = "need_not_in_quick_look" if start else "gate_not_in_quick_look"
    for leaf in gate.needs.leaves():
        name = leaf.practice or leaf.fact
        if name and not applies.lists(applies.library.items[name], WORKING_GROUP):
            yield _missing(code, document, name, gate=gate.id, **start)


def _missing(code: str, document: Document, item: str, **details: str) -> Problem:
    place = ("quick", "groups", WORKING_GROUP)
    return document.problem(code, place, allowed=item, **details)
