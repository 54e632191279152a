"""How content hangs together: the entries that one thing has below another.

Nothing here decides anything: each entry repeats what stands in the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.report.terms import title_of, wording
from assessment.services.content.explaining.content import Content
from assessment.services.content.explaining.model import Entry, lines_of
from questionnaires.conditions import Condition
from questionnaires.forms import FORMS, Form
from questionnaires.forms import Entry as FormEntry
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item
from questionnaires.reference_data import group_title
from scoring.recommendation.fixes import Fix, changes
from scoring.rules import conditions
from scoring.rules.model import Action, Gate, Offer, Resource, Safeguard

#: How an action stands to a practice.
BRINGS, HELPS = "brings it to in place", "helps"


def kind_of(item: Item) -> str:
    """What an item is called: practice, fact, concern or, of every other kind, item."""
    if item.kind in FACT_KINDS:
        return "fact"
    return item.kind if item.kind in ("practice", "concern") else "item"


def named(leaf: Condition) -> set[str]:
    """What a condition of one part reads."""
    found = (leaf.practice, leaf.fact, leaf.score, *(leaf.heard or ()))
    return {name for name in found if name}


@dataclass(frozen=True)
class Links:
    """The links of all content."""

    content: Content

    # -- one entry ---------------------------------------------------------------------------------

    def item(self, name: str, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        item = self.content.library.items[name]
        return Entry(kind_of(item), name, wording(item), how, below)

    def gate(self, gate: Gate, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("gate", gate.id, gate.title, how, below)

    def offer(self, offer: Offer, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("offer", offer.id, offer.title, how, below)

    def safeguard(self, name: Safeguard, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        return Entry("safeguard", name.id, name.title, how, below)

    def action(self, action: Action, how: str, below: tuple[Entry, ...] = ()) -> Entry:
        who = f"{action.who}, {action.who_else}" if action.who_else else action.who
        said = f"{how}; effort {action.effort} of 5; {who}"
        return Entry("action", action.id, action.title, said, below)

    def resource(self, resource: Resource) -> Entry:
        return Entry("resource", resource.id, resource.title, resource.find)

    def score(self, name: str, how: str) -> Entry:
        kind = "domain" if name in self.content.library.domains else "dimension"
        return Entry(kind, name, title_of(name, self.content.library), how)

    # -- what a condition names --------------------------------------------------------------------

    def condition(self, condition: Condition, *, actions: bool = True) -> tuple[Entry, ...]:
        """What a condition asks for; practices with the actions for them below."""
        if condition.all is not None:
            parts = [self.condition(part, actions=actions) for part in condition.all]
            return tuple(entry for part in parts for entry in part)
        if condition.any is not None:
            return (
                Entry("any", None, "One of these", "", self._alternatives(condition.any, actions)),
            )
        return tuple(self._leaf(condition, actions))

    def _alternatives(
        self, alternatives: tuple[Condition, ...], actions: bool
    ) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for alternative in alternatives:
            entries = self.condition(alternative, actions=actions)
            together = alternative.all is not None and len(entries) > 1
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
        """The action that brings a practice about, then those that help."""
        actions = self.content.guidance.actions.values()
        bringing = [self.action(a, BRINGS) for a in actions if practice in a.brings]
        return (*bringing, *(self.action(a, HELPS) for a in actions if practice in a.helps))

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

    def gates_with(self, name: str) -> Iterator[tuple[Gate, str]]:
        """The gates that name an item or a score, and what they ask of it."""
        for gate in self.content.guidance.gates.values():
            for leaf in gate.needs.leaves():
                if name in named(leaf):
                    yield gate, self.asked(leaf)
            for leaf in gate.when.leaves() if gate.when else ():
                if name in named(leaf):
                    yield gate, f"applies only where it {self.asked(leaf)}"

    def safeguards_with(self, name: str) -> Iterator[Entry]:
        """The safeguards that name an item or a score."""
        for safeguard in self.content.guidance.risk.safeguards:
            for leaf in safeguard.missing.leaves():
                if name in named(leaf):
                    how = f"missing where it is {self.asked(leaf)}"
                    yield self.safeguard(safeguard, how, self.safeguarded(safeguard))

    def combined_with(self, offer: Offer) -> Iterator[Entry]:
        for other in self.content.guidance.offers.values():
            if offer.id in other.parts:
                yield self.offer(other)

    # -- facts and the choice ----------------------------------------------------------------------

    def needs_of(self, offer: Offer) -> Iterator[Entry]:
        """The needs that an offer answers."""
        rule = self.content.guidance.choice.need
        points = f"{rule.main_points:+d} as the main need, {rule.other_points:+d} as another"
        for need in offer.needs:
            label = self._label(rule.needs_fact, need.need)
            yield self.item(rule.needs_fact, f"includes: {label}; {points}; {need.because}")

    def fits_with(self, name: str) -> Iterator[Entry]:
        """The offers that a fact makes fit: by a need that they answer, or by further points."""
        rule = self.content.guidance.choice.need
        points = {rule.needs_fact: rule.other_points, rule.main_fact: rule.main_points}
        for offer in self.content.guidance.offers.values():
            for need in offer.needs if name in points else ():
                label = self._label(name, need.need)
                yield self.offer(offer, f"{points[name]:+d} where it names: {label}")
            for fit in offer.fits:
                for leaf in fit.when.leaves():
                    if name in named(leaf):
                        yield self.offer(offer, f"{fit.points:+d} where it {self.asked(leaf)}")

    def choice_with(self, name: str) -> Iterator[Entry]:
        """The rules of the choice that read a fact."""
        choice = self.content.guidance.choice
        for leaf in choice.experience.when.leaves():
            if name in named(leaf):
                said = f"some kinds of start are refused where it {self.asked(leaf)}"
                yield Entry("rule", None, "Experience", said)
        if name == choice.appetite.fact:
            highest = "; ".join(
                f"{self._label(name, code)}: {band}"
                for code, band in choice.appetite.highest.items()
            )
            said = f"the highest risk of a start by the answer. {highest}"
            yield Entry("rule", None, "Appetite for risk", said)
        if name in (choice.need.needs_fact, choice.need.main_fact):
            yield Entry("rule", None, "Needs", "an offer fits by the needs that it answers")
        if name == choice.running.fact:
            said = "what runs is no start; it counts as experience, and its open gates are repairs"
            yield Entry("rule", None, "What runs already", said)
        if name == choice.wished_fact:
            yield Entry("rule", None, "The wish", "the headline says whether it is met")

    def decided_by(self, name: str) -> Iterator[Entry]:
        """What is asked only where a fact has certain answers."""
        library = self.content.library
        for item in library.items.values():
            for leaf in item.asked_if.leaves() if item.asked_if else ():
                if name in named(leaf):
                    yield self.item(item.id, f"asked where it {self.asked(leaf)}")
        for questionnaire in library.questionnaires:
            for group, condition in questionnaire.asked_if.items():
                for leaf in condition.leaves():
                    if name in named(leaf):
                        words = questionnaire.title.for_group(WORKING_GROUP, None)
                        title = f"{words or questionnaire.id}, for {group_title(group).lower()}"
                        how = f"asked where it {self.asked(leaf)}"
                        yield Entry("questionnaire", questionnaire.id, title, how)
        for form, group, entry in self._lists():
            found = [leaf for condition in entry.conditions for leaf in condition.leaves()]
            for leaf in dict.fromkeys(found):
                if name in named(leaf):
                    title = f"{form} form, {group_title(group).lower()}: {entry.reason}"
                    below = tuple(self.item(item) for item in entry.items or ())
                    yield Entry("form", None, title, f"asked where it {self.asked(leaf)}", below)

    def _lists(self) -> Iterator[tuple[Form, str, FormEntry]]:
        """Every entry of the two lengths, with the group that it stands under."""
        forms_file = self.content.library.forms.about
        if forms_file is None:
            return
        for form in FORMS:
            for group, own in forms_file.length(form).groups.items():
                for entry in own.entries:
                    yield form, group, entry

    def on_the_sheet(self, item: Item) -> Iterator[Entry]:
        """Where the conversation sheet for peer workers shows an item, or sends its outcome to."""
        sheet = self.content.sheet
        asked = sheet.group in self.content.library.groups_of(item)
        if asked and item.kind in ("practice", "boundary"):
            forms_file = sheet.practices if item.kind == "practice" else sheet.boundaries
            yield Entry("sheet", None, f"{sheet.title}: {forms_file.title}", "talked about")
        if item.id in sheet.recorded_in:
            how = "what may be passed on is recorded here"
            yield Entry("sheet", None, f"{sheet.title}: {sheet.closing.title}", how)

    # -- ladders, fixes, sources, tests ------------------------------------------------------------

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
        nothing = conditions.Evidence(self.content.library)
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
