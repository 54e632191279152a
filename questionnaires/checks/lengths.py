"""Whether the two lengths can be asked: ids, groups, conditions, and one within the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from questionnaires.checks.conditions import asked_if_faults
from questionnaires.checks.questionnaire_files import Fault
from questionnaires.content_files.yaml_files import Document, Problem
from questionnaires.forms import ASKED, FORMS, Entry, Form, FormsFile, GroupForm, items_of
from questionnaires.model import Item, Questionnaire, Scale
from questionnaires.phrases import listing, nearest


def lengths(
    forms_file: FormsFile,
    document: Document,
    questionnaires: Mapping[str, Questionnaire],
    scales: Mapping[str, Scale],
) -> list[Problem]:
    """Every mistake in the lists: ids, groups, questions that a group is not asked, repeats.

    Args:
        questionnaires: the built-in ones by id.
    """
    problems: list[Problem] = []
    bank = _Bank(questionnaires, scales)
    asked: dict[tuple[Form, str], set[str]] = {}
    for form in FORMS:
        length = forms_file.length(form)
        for group in ASKED:
            if group not in length.groups:
                message = (
                    f"say what {group!r} is asked: add it, such as '{group}: {{as: staff}}', or "
                    "write 'asked_like' in groups.yaml"
                )
                problems.append(document.problem((form, "groups"), message))
        for part, groups in (("groups", length.groups), ("limits", length.limits)):
            for group in groups:
                if group not in ASKED:
                    near = f"{nearest(group, ASKED)}; allowed: {listing(ASKED)}"
                    message = f"there is no group {group!r}{near}"
                    problems.append(document.problem((form, part, group), message))
        for group in (group for group in ASKED if group in length.groups):
            found, asked[form, group] = _group(group, length.groups, bank)
            problems += [
                document.problem((form, "groups", group, *inner), message)
                for inner, message in found
            ]
    for group in ASKED:
        more = sorted(asked.get(("quick", group), set()) - asked.get(("full", group), set()))
        if more and ("full", group) in asked:
            message = (
                f"{group!r} is asked {more[0]!r} in a quick look and not in a full round: a full "
                "round asks all that a quick look asks"
            )
            problems.append(document.problem(("quick", "groups", group), message))
    return problems


@dataclass(frozen=True)
class _Bank:
    """The questions that the lengths are made from."""

    questionnaires: Mapping[str, Questionnaire]
    scales: Mapping[str, Scale]

    @cached_property
    def owner(self) -> dict[str, Questionnaire]:
        return {item.id: q for q in self.questionnaires.values() for item in q.items()}

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.id: item for q in self.questionnaires.values() for item in q.items()}


def _group(
    group: str, groups: Mapping[str, GroupForm], bank: _Bank
) -> tuple[list[Fault], set[str]]:
    """The mistakes in what a group is asked, and the items that are listed for it."""
    found: list[Fault] = []
    seen: set[str] = set()
    own = groups[group]
    if own.same_as is not None and (
        own.same_as not in groups or groups[own.same_as].same_as is not None
    ):
        message = f"'as' names a group with a list of its own; found {own.same_as!r}"
        return [(("as",), message)], seen
    for number, entry in enumerate((groups[own.same_as] if own.same_as else own).entries):
        found += [((number, *inner), message) for inner, message in _entry(entry, group, bank)]
        listed = list(items_of(entry, group, bank.questionnaires))
        twice = sorted({item for item in listed if item in seen or listed.count(item) > 1})
        if twice:
            found.append(((number,), f"{twice[0]!r} is listed twice for {group!r}: keep one"))
        seen.update(listed)
    return found, seen


def _entry(entry: Entry, group: str, bank: _Bank) -> Iterator[Fault]:
    for number, item in enumerate(entry.items or ()):
        if item not in bank.items:
            yield ("items", number), f"there is no item {item!r}{nearest(item, bank.items)}"
        elif group not in bank.owner[item].groups_of(bank.items[item]):
            asked = listing(bank.owner[item].groups_of(bank.items[item]))
            yield ("items", number), f"{item!r} is not asked of {group!r}; asked of: {asked}"
    questionnaires = bank.questionnaires
    if entry.all is not None and entry.all not in questionnaires:
        near = f"{nearest(entry.all, questionnaires)}; allowed: {listing(questionnaires)}"
        yield ("all",), f"there is no questionnaire {entry.all!r}{near}"
    elif entry.items is None and not list(items_of(entry, group, questionnaires)):
        yield (), f"nothing of this is asked of {group!r}: take the entry away"
    for name, condition in (("asked_if", entry.asked_if), ("known_if", entry.known_if)):
        if condition:
            for message in asked_if_faults(condition, list(questionnaires.values()), bank.scales):
                yield (name,), message
