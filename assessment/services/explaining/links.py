"""How content hangs together: the entries that one thing has below another.

Nothing here decides anything: each entry repeats what stands in the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.services.explaining.content import Content
from assessment.services.explaining.model import Entry, lines_of
from questionnaires.model import FACT_KINDS, Item
from scoring import rules
from scoring.fixes import Fix, changes
from scoring.guidance import Action, Condition, Gate, Offer, Safeguard


def kind_of(item: Item) -> str:
    """What an item is called: practice, fact, concern or, of every other kind, item."""
    if item.kind in FACT_KINDS:
        return "fact"
    return item.kind if item.kind in ("practice", "concern") else "item"


@dataclass(frozen=True)
class Links:
    """The links of all content."""

    content: Content

    # -- one entry ---------------------------------------------------------------------------------

    def item(self, name: str, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        item = self.content.library.items[name]
        return Entry(kind_of(item), name, rules.wording(item), how, below)

    def gate(self, gate: Gate, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("gate", gate.id, gate.title, how, below)

    def offer(self, offer: Offer, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("offer", offer.id, offer.title, how, below)

    def safeguard(self, name: Safeguard, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("safeguard", name.id, name.title, how, below)

    def action(self, action: Action, how: str) -> Entry:
        said = f"{how}; effort {action.effort} of 5; {action.who}"
        return Entry("action", action.id, action.title, said)

    def score(self, name: str, how: str) -> Entry:
        kind = "domain" if name in self.content.library.domains else "dimension"
        return Entry(kind, name, rules.title_of(name, self.content.library), how)

    # -- what a condition names --------------------------------------------------------------------

    def condition(self, condition: Condition, *, actions: bool = True) -> tuple[Entry, ...]:
        """What a condition asks for; practices with the actions for them below."""
        if condition.all is not None:
            parts = [self.condition(part, actions=actions) for part in condition.all]
            return tuple(entry for part in parts for entry in part)
        if condition.any is not None:
            return (Entry("any", None, "One of these", "", self._ways(condition.any, actions)),)
        return tuple(self._leaf(condition, actions))

    def _ways(self, ways: tuple[Condition, ...], actions: bool) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for way in ways:
            entries = self.condition(way, actions=actions)
            together = way.all is not None and len(entries) > 1
            found += [Entry("all", None, "All of these", "", entries)] if together else entries
        return tuple(found)

    def _leaf(self, leaf: Condition, actions: bool) -> Iterator[Entry]:
        how = self.asked(leaf)
        if leaf.practice:
            below = self.actions_for(leaf.practice) if actions else ()
            yield self.item(leaf.practice, how, below)
        elif leaf.fact:
            yield self.item(leaf.fact, how)
        elif leaf.score:
            yield self.score(leaf.score, how)
        for domain in leaf.heard or ():
            yield self.score(domain, how)

    def asked(self, leaf: Condition) -> str:
        """What a condition of one part asks of what it names, in words."""
        if leaf.heard:
            return "somebody with lived experience is heard"
        if leaf.is_one_of:
            labels = "; ".join(self._label(leaf.fact, code) for code in leaf.is_one_of)
            return f"is one of: {labels}" if len(leaf.is_one_of) > 1 else f"is: {labels}"
        if leaf.includes:
            return f"includes: {self._label(leaf.fact, leaf.includes)}"
        if leaf.excludes:
            return f"leaves out: {self._label(leaf.fact, leaf.excludes)}"
        word, value = (
            ("under", leaf.below) if leaf.below is not None else ("at least", leaf.at_least)
        )
        if isinstance(value, str):
            return f"{word}: {self._label(leaf.practice, value)}"
        return f"{word}: {value or 0:g}" + (" of 100" if leaf.score else "")

    def _label(self, item: str | None, code: str) -> str:
        options = self.content.library.options(self.content.library.items[item or ""])
        return next((option.label for option in options if option.code == code), code)

    # -- who names it ------------------------------------------------------------------------------

    def actions_for(self, practice: str) -> tuple[Entry, ...]:
        """The actions that move a practice."""
        return tuple(
            self.action(action, "moves it")
            for action in self.content.guidance.actions.values()
            if practice in action.practices
        )

    def offers_with(self, gate: Gate) -> tuple[Entry, ...]:
        """The starting offers that a gate is asked of."""
        return tuple(
            self.offer(offer)
            for offer in self.content.guidance.offers.values()
            if gate in self.gates_of(offer)
        )

    def gates_of(self, offer: Offer) -> tuple[Gate, ...]:
        """The gates of an offer. The fallback is always open: no gate holds it back."""
        guidance = self.content.guidance
        return () if offer is guidance.fallback else guidance.gates_of(offer)

    def safeguarded(self, safeguard: Safeguard) -> tuple[Entry, ...]:
        """The offers whose risk a safeguard lowers."""
        return tuple(
            self.offer(offer, f"{safeguard.points:+d} where it is missing")
            for offer in self.content.guidance.offers.values()
            if safeguard.id in offer.safeguards
        )

    def rungs(self, practice: str) -> Iterator[Entry]:
        """The rungs of both ladders for which a practice is evidence."""
        ladders = self.content.guidance.ladders
        areas = {area.id: area.title for area in ladders.areas}
        for evidence in ladders.evidence:
            if practice in evidence.practices:
                steps = [
                    f"{ladder.rungs[evidence.rung[ladder.id] - 1].title} (step "
                    f"{evidence.rung[ladder.id]} of {ladder.id})"
                    for ladder in ladders.ladders
                    if ladder.id in evidence.rung
                ]
                title = f"{areas.get(evidence.area, evidence.area)}: {', '.join(steps)}"
                yield Entry("rung", None, title, evidence.reason)

    @cached_property
    def _changes(self) -> Mapping[str, Mapping[Fix, tuple[str, ...]]]:
        """Every fix by what it changes, with the offers that it could help to unlock."""
        guidance = self.content.guidance
        nothing = rules.Evidence(self.content.library)
        found: dict[str, dict[Fix, tuple[str, ...]]] = {}
        for offer in guidance.starts:
            for fix in changes(offer, guidance, nothing):
                of = found.setdefault(fix.id, {})
                of[fix] = (*of.get(fix, ()), offer.id)
        return found

    def fixes(self, name: str) -> Iterator[Entry]:
        """The fixes that change something, each with the offers that it may help to unlock."""
        for fix, offers in self._changes.get(name, {}).items():
            to = f"{fix.to} of 100" if fix.kind == "lift" else self._label(name, fix.to)
            verb = {"raise": "Raise it to", "set": "Answer it with", "lift": "Lift it to"}
            below = tuple(self.offer(self.content.guidance.offers[offer]) for offer in offers)
            yield Entry("fix", None, f"{verb[fix.kind]}: {to}", f"effort {fix.effort} of 5", below)

    def coverage(self, name: str) -> tuple[Entry, ...]:
        """The lines of the sources that something carries."""
        return tuple(
            Entry(
                "coverage",
                entry.document,
                row.names or "",
                f"{row.section}, {lines_of(row.lines)}, {row.kind}",
            )
            for entry in self.content.coverage.documents
            for row in entry.rows
            if name in row.carried_by
        )

    def scenarios(self, name: str) -> tuple[Entry, ...]:
        """The scenarios of the tests that name an id."""
        return tuple(
            Entry("scenario", scenario.file, scenario.name)
            for scenario in self.content.scenarios or ()
            if name in scenario.words
        )
