"""Groups that are asked like another one: they read its questions, in its words, at its length.

``groups.yaml`` says so with ``asked_like``. Where a questionnaire or a form says something of such
a group itself, that stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from questionnaires.forms import FORMS, FormsFile, GroupForm, Length
from questionnaires.model import Item, Questionnaire, Section, Wording
from questionnaires.reference_data import GROUPS

T = TypeVar("T")


def groups_alike() -> dict[str, str]:
    """By group: the group that it is asked like."""
    return {group.id: group.asked_like for group in GROUPS.values() if group.asked_like}


def widened(pack: Questionnaire, alike: Mapping[str, str] | None = None) -> Questionnaire:
    """A questionnaire that is also asked of the groups that are asked like one of its own.

    Args:
        alike: as from ``groups_alike``, from which it comes if None.
    """
    alike = groups_alike() if alike is None else alike
    if not any(like in pack.groups for like in alike.values()):
        return pack
    return pack.model_copy(
        update={
            "groups": _with(pack.groups, alike),
            "optional_for": _with(pack.optional_for, alike),
            "asked_if": _each(pack.asked_if, alike),
            "title": _wording(pack.title, alike),
            "sections": tuple(_section(section, alike) for section in pack.sections),
        }
    )


def lengths(forms: FormsFile, alike: Mapping[str, str] | None = None) -> FormsFile:
    """The two lengths, with what groups are asked that are asked like another one.

    Args:
        alike: as for ``widened``.
    """
    alike = groups_alike() if alike is None else alike
    return forms.model_copy(update={form: _length(forms.length(form), alike) for form in FORMS})


def _length(length: Length, alike: Mapping[str, str]) -> Length:
    groups, limits = dict(length.groups), _each(length.limits, alike)
    for group, like in alike.items():
        if group not in groups and like in groups:
            groups[group] = GroupForm(same_as=groups[like].same_as or like)
    return length.model_copy(update={"groups": groups, "limits": limits})


def _section(section: Section, alike: Mapping[str, str]) -> Section:
    return section.model_copy(
        update={
            "title": _wording(section.title, alike),
            "intro": _wording(section.intro, alike) if section.intro else None,
            "items": tuple(widened_item(item, alike) for item in section.items),
        }
    )


def widened_item(item: Item, alike: Mapping[str, str]) -> Item:
    return item.model_copy(
        update={
            "groups": _with(item.groups, alike),
            "text": _wording(item.text, alike),
            "help": _wording(item.help, alike) if item.help else None,
            "steps_of": _each(item.steps_of, alike),
            "offered_to": {code: _with(groups, alike) for code, groups in item.offered_to.items()},
        }
    )


def _wording(wording: Wording, alike: Mapping[str, str]) -> Wording:
    return wording.model_copy(update={"groups": _each(wording.groups, alike)})


def _with(groups: Sequence[str], alike: Mapping[str, str]) -> tuple[str, ...]:
    """The groups, and those asked like one of them."""
    more = [group for group, like in alike.items() if like in groups and group not in groups]
    return (*groups, *more)


def _each(by_group: Mapping[str, T], alike: Mapping[str, str]) -> dict[str, T]:
    """What stands for each group, and for those asked like one of them."""
    more = {group: by_group[like] for group, like in alike.items() if like in by_group}
    return {**more, **by_group}
