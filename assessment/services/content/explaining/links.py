"""How content hangs together: the entries that one thing has below another.

Nothing here decides anything: each entry repeats what stands in the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.report.terms import title_of, wording
from assessment.services.content.explaining.content import Content
from assessment.services.content.explaining.model import Entry, lines_of
from questionnaires.conditions import Condition
from questionnaires.forms import FORMS
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item
from questionnaires.reference_data import group_title
from scoring.recommendation.fixes import Fix, changes
from scoring.rules import conditions
from scoring.rules.model import Action, Gate, Offer, Safeguard

#: How an action stands to a practice.
BRINGS, HELPS = "brings it to in place", "helps"


def kind_of(item: Item) -> str:
    """What an item is called: practice, fact, concern or, of every other kind, item."""
    if item.kind in FACT_KINDS:
        return "fact"
    return item.kind if item.kind in ("practice", "concern") else "item"


def reading(name: str, *conditions: Condition | None) -> list[Condition]:
    """The parts of some conditions that read an item, a score or a domain."""
    leaves = [leaf for condition in conditions if condition for leaf in condition.leaves()]
    return [x for x in leaves if name in (x.practice, x.fact, x.score, *(x.heard or ()))]


@dataclass(frozen=True)
class Links:
    """The links of all content."""

    content: Content

    # -- one entry ---------------------------------------------------------------------------------

    def item(self, name: str, how: str = "", below: tuple[Entry, ...] = ()) -> Entry:
        item = self.content.library.items[name]
        return Entry(kind_of(item), name, wording(item), how, below)

    def action(self, action: Action, how: str) -> Entry:
        who = f"{action.who}, {action.who_else}" if action.who_else else action.who
        return Entry.of("action", action, f"{how}; effort {action.effort} of 5; {who}")

    def score(self, name: str, how: str = "") -> Entry:
        kind = "domain" if name in self.content.library.domains else "dimension"
        return Entry(kind, name, title_of(name, self.content.library), how)

    # -- what a condition names --------------------------------------------------------------------

    def condition(self, condition: Condition | None) -> tuple[Entry, ...]:
        """What a condition asks for; practices with the actions for them below."""
        if condition is None:
            return ()
        if condition.all is not None:
            parts = map(self.condition, condition.all)
            return tuple(entry for part in parts for entry in part)
        if condition.any is not None:
            return (Entry("any", None, "One of these", "", self._alternatives(condition.any)),)
        return tuple(self._leaf(condition))

    def _alternatives(self, alternatives: tuple[Condition, ...]) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for alternative in alternatives:
            entries = self.condition(alternative)
            together = alternative.all is not None and len(entries) > 1
            found += [Entry("all", None, "All of these", "", entries)] if together else entries
        return tuple(found)

    def _leaf(self, leaf: Condition) -> Iterator[Entry]:
        how = self.asked(leaf)
        if leaf.practice:
            yield self.item(leaf.practice, how, self.actions_for(leaf.practice))
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
        word = "at least" if leaf.below is None else "under"
        value = leaf.at_least if leaf.below is None else leaf.below
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
            Entry.of("offer", offer)
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
            Entry.of("offer", offer, f"{safeguard.points:+d} where it is missing")
            for offer in self.content.guidance.offers.values()
            if safeguard.id in offer.safeguards
        )

    def gates_with(self, name: str) -> Iterator[tuple[Gate, str]]:
        """The gates that name an item or a score, and what they ask of it."""
        for gate in self.content.guidance.gates.values():
            for leaf in reading(name, gate.needs):
                yield gate, self.asked(leaf)
            for leaf in reading(name, gate.when):
                yield gate, f"applies only where it {self.asked(leaf)}"

    def safeguards_with(self, name: str) -> Iterator[Entry]:
        """The safeguards that name an item or a score."""
        for safeguard in self.content.guidance.risk.safeguards:
            for leaf in reading(name, safeguard.missing):
                how = f"missing where it is {self.asked(leaf)}"
                yield Entry.of("safeguard", safeguard, how, self.safeguarded(safeguard))

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
                yield Entry.of("offer", offer, f"{points[name]:+d} where it names: {label}")
            for fit in offer.fits:
                for leaf in reading(name, fit.when):
                    yield Entry.of("offer", offer, f"{fit.points:+d} where it {self.asked(leaf)}")

    def choice_with(self, name: str) -> Iterator[Entry]:
        """The rules of the choice that read a fact."""
        choice = self.content.guidance.choice
        for leaf in reading(name, choice.experience.when):
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
            for leaf in reading(name, item.asked_if):
                yield self.item(item.id, f"asked where it {self.asked(leaf)}")
        for questionnaire in library.questionnaires:
            for group, condition in questionnaire.asked_if.items():
                for leaf in reading(name, condition):
                    words = questionnaire.title.for_group(WORKING_GROUP, None)
                    title = f"{words or questionnaire.id}, for {group_title(group).lower()}"
                    how = f"asked where it {self.asked(leaf)}"
                    yield Entry("questionnaire", questionnaire.id, title, how)
        lengths = library.forms.file
        if lengths is None:
            return
        lists = [
            (form, group, entry)
            for form in FORMS
            for group, own in lengths.length(form).groups.items()
            for entry in own.entries
        ]
        for form, group, entry in lists:
            for leaf in dict.fromkeys(reading(name, *entry.conditions)):
                title = f"{form} form, {group_title(group).lower()}: {entry.reason}"
                below = tuple(self.item(item) for item in entry.items or ())
                yield Entry("form", None, title, f"asked where it {self.asked(leaf)}", below)

    def on_the_sheet(self, item: Item) -> Iterator[Entry]:
        """Where the conversation sheet for peer workers shows an item, or sends its outcome to."""
        sheet = self.content.sheet
        asked = sheet.group in self.content.library.groups_of(item)
        if asked and item.kind in ("practice", "boundary"):
            part = sheet.practices if item.kind == "practice" else sheet.boundaries
            yield Entry("sheet", None, f"{sheet.title}: {part.title}", "talked about")
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
                    f"{ladder.rungs[step - 1].title} (step {step} of {ladder.id})"
                    for ladder in ladders.ladders
                    if (step := evidence.rung.get(ladder.id))
                ]
                title = f"{areas.get(evidence.area, evidence.area)}: {', '.join(steps)}"
                yield Entry("rung", None, title, evidence.reason)

    @cached_property
    def _changes(self) -> Mapping[str, Mapping[Fix, list[Offer]]]:
        """Every fix by what it changes, with the offers that it could help to unlock."""
        guidance = self.content.guidance
        nothing = conditions.Evidence(self.content.library)
        found: defaultdict[str, dict[Fix, list[Offer]]] = defaultdict(dict)
        for offer in guidance.starts:
            for fix in changes(offer, guidance, nothing):
                found[fix.id].setdefault(fix, []).append(offer)
        return found

    def fixes(self, name: str) -> Iterator[Entry]:
        """The fixes that change something, each with the offers that it may help to unlock."""
        verb = {"raise": "Raise it to", "set": "Answer it with", "lift": "Lift it to"}
        for fix, offers in self._changes.get(name, {}).items():
            to = f"{fix.to} of 100" if fix.kind == "lift" else self._label(name, fix.to)
            below = tuple(Entry.of("offer", offer) for offer in offers)
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
