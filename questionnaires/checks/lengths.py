"""Whether the two lengths can be asked: ids, groups, conditions, and one within the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.checks.conditions import Owned, asked_if_faults, owned
from questionnaires.content_files.yaml_files import Document
from questionnaires.forms import FORMS, Entry, Form, FormsFile, GroupForm, groups_asked, items_of
from questionnaires.model import Questionnaire
from questionnaires.problems import Problem, fault
from questionnaires.reference_data import ReferenceData


def lengths(
    forms_file: FormsFile,
    document: Document,
    questionnaires: Mapping[str, Questionnaire],
    known: ReferenceData,
) -> list[Problem]:
    """Every mistake in the lists: ids, groups, questions that a group is not asked, repeats.

    Args:
        questionnaires: the built-in ones by id.
    """
    problems: list[Problem] = []
    bank = _Bank(questionnaires, owned(questionnaires.values()), known)
    asked: dict[tuple[Form, str], set[str]] = {}
    every = groups_asked()
    for form in FORMS:
        length = forms_file.length(form)
        for group in every:
            if group not in length.groups:
                place = (form, "groups")
                problems.append(document.problem("group_without_length", place, allowed=group))
        for part, groups in (("groups", length.groups), ("limits", length.limits)):
            for group in groups:
                if group not in every:
                    place = (form, part, group)
                    problems.append(document.problem("unknown_group", place, group, every))
        for group in (group for group in every if group in length.groups):
            found, asked[form, group] = _group(group, length.groups, bank)
            place = (form, "groups", group)
            problems += document.placed_all(found, place)
    for group in every:
        more = sorted(asked.get(("quick", group), set()) - asked.get(("full", group), set()))
        if more and ("full", group) in asked:
            place = ("quick", "groups", group)
            problems.append(document.problem("not_in_full_round", place, more[0], group=group))
    return problems


@dataclass(frozen=True)
class _Bank:
    """The questions that the lengths are made from, and what they refer to."""

    questionnaires: Mapping[str, Questionnaire]
    items: Owned
    known: ReferenceData


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
    for number, name in enumerate(entry.items or ()):
        item, pack = bank.items.get(name, (None, None))
        if item is None or pack is None:
            yield fault("unknown_item", (at, "items", number), name, bank.items)
        elif group not in (asked := pack.groups_of(item)):
            yield fault("not_asked_of_group", (at, "items", number), name, asked, group=group)
    questionnaires = bank.questionnaires
    if entry.all is not None and entry.all not in questionnaires:
        yield fault("unknown_questionnaire", (at, "all"), entry.all, questionnaires)
    elif entry.items is None and not list(items_of(entry, group, questionnaires)):
        yield fault("nothing_of_entry_asked", (at,), group=group)
    for field, condition in (("asked_if", entry.asked_if), ("known_if", entry.known_if)):
        if condition:
            yield from asked_if_faults(condition, bank.items, bank.known, (at, field))
