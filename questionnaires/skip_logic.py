"""What is asked of an organisation: what the length lists, and what its facts leave of that.

A question that does not apply keeps the answer that was given earlier; it counts again once the
fact changes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.conditions import Condition, Facts, facts_hold
from questionnaires.forms import Form
from questionnaires.library import Library
from questionnaires.model import FACT_KINDS, SPECIAL_CODES, WORKING_GROUP, Item, Questionnaire
from questionnaires.phrases import listed


@dataclass(frozen=True)
class Applies:
    """What the length of an assessment and the working group's facts leave to be asked.

    Attributes:
        facts: the facts that were answered and apply themselves.
        chosen: the questionnaires that are asked; all if none is named.
    """

    library: Library
    facts: Facts = field(default_factory=dict)
    form: Form = "full"
    chosen: frozenset[str] = frozenset()

    def asks(self, item: Item) -> bool:
        """Whether an item applies. What is not known yet leaves nothing out."""
        return item.asked_if is None or facts_hold(item.asked_if, self.facts, unanswered=True)

    def asks_group(
        self, questionnaire: Questionnaire, group: str, *, unanswered: bool = False
    ) -> bool:
        """Whether a group is asked a questionnaire. Here what is not known yet is not asked.

        Args:
            unanswered: what a fact that nobody answered counts as.
        """
        condition = questionnaire.asked_if.get(group)
        return condition is None or facts_hold(condition, self.facts, unanswered=unanswered)

    def lists(self, item: Item, group: str) -> bool:
        """Whether the assessment, by its questionnaires and its length, has an item for a group."""
        forms, questionnaire = self.library.forms, self.library.questionnaire_of[item.id]
        if self.chosen and questionnaire.id not in self.chosen:
            return False
        if not forms.has(self.form, group, item, questionnaire):
            return False
        entry = forms.entry(self.form, group, item.id)
        return entry is None or entry.holds(self.facts)

    def asked(self, item: Item, group: str) -> bool:
        """Whether a group is asked an item."""
        questionnaire = self.library.questionnaire_of[item.id]
        return self.lists(item, group) and self.asks(item) and self.asks_group(questionnaire, group)

    def items_for(self, group: str) -> Iterator[Item]:
        """The items that a group is asked, in their order."""
        return (item for item in self.library.items.values() if self.asked(item, group))

    def skipped(self) -> dict[str, str]:
        """The items that do not apply, each with the reason, to follow "because"."""
        items = self.library.items.values()
        return {item.id: self.why_not(item) for item in items if not self.asks(item)}

    def why_not(self, item: Item) -> str:
        """Why an item does not apply, to follow "because"; empty where it applies."""
        if item.asked_if is None or self.asks(item):
            return ""
        return _why(item.asked_if, self.facts, self.library)


def applies(
    library: Library,
    answers: Mapping[str, str],
    form: Form = "full",
    chosen: Iterable[str] = (),
) -> Applies:
    """What is asked where the working group gave these answers, by item id.

    A fact that it does not know counts as unanswered, and so does one that does not apply itself.
    """
    known = {item.id: item for item in library.items.values() if item.kind in FACT_KINDS}
    facts: dict[str, frozenset[str] | float] = {}
    done: set[str] = set()

    def work_out(item: Item) -> None:
        if item.id in done:
            return
        done.add(item.id)
        for leaf in item.asked_if.leaves() if item.asked_if else ():
            if leaf.fact in known:
                work_out(known[leaf.fact])
        value = answers.get(item.id) or None
        if value is None or value in SPECIAL_CODES:
            return
        if item.asked_if is None or facts_hold(item.asked_if, facts, unanswered=True):
            read = fact_value(item, value)
            if read is not None:
                facts[item.id] = read

    for item in known.values():
        if WORKING_GROUP in library.groups_of(item):
            work_out(item)
    # In the order of the questionnaires, whatever waited for what.
    in_order = {name: facts[name] for name in known if name in facts}
    return Applies(library, in_order, form, frozenset(chosen))


def fact_value(item: Item, value: str) -> frozenset[str] | float | None:
    """An answer to a fact as conditions read it; None where it is no number and should be one."""
    if item.kind == "number":
        try:
            return float(value)
        except ValueError:
            return None
    return frozenset(part.strip() for part in value.split(";"))


def _why(condition: Condition, facts: Facts, library: Library) -> str:
    """What keeps a condition from holding, in words: by what it is called, else by fact."""
    failing = list(_failing(condition, facts))
    called = list(dict.fromkeys(part.called for part in failing if part.called))
    by_fact: dict[str, list[Condition]] = {}
    for leaf in failing:
        if leaf.called is None and leaf.fact in facts:
            assert leaf.fact is not None
            by_fact.setdefault(leaf.fact, []).append(leaf)
    parts = [f"nothing that you said points to {listed(called, 'or')}"] if called else []
    parts += [
        _describe(library.items[fact], leaves, facts, library) for fact, leaves in by_fact.items()
    ]
    return "; ".join(parts)


def _failing(condition: Condition, facts: Facts) -> Iterator[Condition]:
    """What keeps the whole from holding: parts that have a name, else conditions on one fact."""
    if facts_hold(condition, facts, unanswered=True):
        return
    if condition.called is not None or condition.fact is not None:
        yield condition
        return
    for part in condition.all or condition.any or ():
        yield from _failing(part, facts)


def _describe(item: Item, leaves: list[Condition], facts: Facts, library: Library) -> str:
    question = _quoted(_question(item))
    labels = {option.code: option.label for option in library.options(item)}
    value = facts[item.id]
    if not isinstance(value, frozenset):
        return f"the answer to {question} is {value:g}"
    if item.kind == "choice":
        text = " and ".join(_quoted(labels.get(code, code)) for code in sorted(value))
        return f"the answer to {question} is {text}"
    wanted = _each(labels[leaf.includes] for leaf in leaves if leaf.includes in labels)
    unwanted = _each(labels[leaf.excludes] for leaf in leaves if leaf.excludes in labels)
    parts = []
    if wanted:
        parts.append(f"{listed(wanted, 'or')} is not ticked under {question}")
    if unwanted:
        parts.append(f"{listed(unwanted, 'or')} is ticked under {question}")
    return "; ".join(parts)


def _question(item: Item) -> str:
    """The question itself, without what explains it."""
    text = item.text.for_group(WORKING_GROUP, None) or next(iter(item.text.variants().values()))
    question, mark, _ = text.partition("?")
    return f"{question}{mark}"


def _each(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_quoted(label) for label in labels))


def _quoted(text: str) -> str:
    return f"“{text.rstrip('.')}”"
