"""Whether the two lengths can be asked: ids, groups, conditions, and one within the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from questionnaires.checks.conditions import asked_if_faults
from questionnaires.content_files.yaml_files import Document
from questionnaires.forms import ASKED, FORMS, Entry, Form, FormsFile, GroupForm, items_of
from questionnaires.model import Item, Questionnaire, Scale
from questionnaires.problems import Place, Problem, fault


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
                place = (form, "groups")
                problems.append(document.problem("group_without_length", place, allowed=group))
        for part, groups in (("groups", length.groups), ("limits", length.limits)):
            for group in groups:
                if group not in ASKED:
                    place = (form, part, group)
                    problems.append(document.problem("unknown_group", place, group, ASKED))
        for group in (group for group in ASKED if group in length.groups):
            found, asked[form, group] = _group(group, length.groups, bank)
            place = (form, "groups", group)
            problems += [document.placed(problem, place) for problem in found]
    for group in ASKED:
        more = sorted(asked.get(("quick", group), set()) - asked.get(("full", group), set()))
        if more and ("full", group) in asked:
            place = ("quick", "groups", group)
            problems.append(document.problem("not_in_full_round", place, more[0], group=group))
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
) -> tuple[list[Problem], set[str]]:
    """The mistakes in what a group is asked, and the items that are listed for it."""
    found: list[Problem] = []
    seen: set[str] = set()
    own = groups[group]
    if own.same_as is not None and (
        own.same_as not in groups or groups[own.same_as].same_as is not None
    ):
        return [fault("as_without_list", ("as",), own.same_as)], seen
    for number, entry in enumerate((groups[own.same_as] if own.same_as else own).entries):
        found += _entry(entry, number, group, bank)
        listed = list(items_of(entry, group, bank.questionnaires))
        twice = sorted({item for item in listed if item in seen or listed.count(item) > 1})
        if twice:
            found.append(fault("listed_twice_for_group", (number,), twice[0], group=group))
        seen.update(listed)
    return found, seen


def _entry(entry: Entry, at: int, group: str, bank: _Bank) -> Iterator[Problem]:
    for number, item in enumerate(entry.items or ()):
        if item not in bank.items:
            yield fault("unknown_item", (at, "items", number), item, bank.items)
        elif group not in bank.owner[item].groups_of(bank.items[item]):
            asked = bank.owner[item].groups_of(bank.items[item])
            yield fault("not_asked_of_group", (at, "items", number), item, asked, group=group)
    questionnaires = bank.questionnaires
    if entry.all is not None and entry.all not in questionnaires:
        yield fault("unknown_questionnaire", (at, "all"), entry.all, questionnaires)
    elif entry.items is None and not list(items_of(entry, group, questionnaires)):
        yield fault("nothing_of_entry_asked", (at,), group=group)
    for name, condition in (("asked_if", entry.asked_if), ("known_if", entry.known_if)):
        if condition:
            packs = list(questionnaires.values())
            for problem in asked_if_faults(condition, packs, bank.scales):
                yield replace(problem, place=Place(path=(at, name)))
