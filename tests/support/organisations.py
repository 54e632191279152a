"""Invented organisations for tests: a few words about each group become a table of answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP, Item
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies, applies
from scoring.answers.matrix import COLUMNS, Answers, Context, read_answers
from scoring.profile import Profile, profile
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance
from tests.support.places import PACKS


@cache
def library() -> Library:
    return load()


@cache
def with_own_words() -> Library:
    """The built-in questionnaires and three in which people write, choose several, and give a
    number: none of ours asks a group for that now."""
    with TemporaryDirectory() as folder:
        for name in ("text.yaml", "choices.yaml", "number.yaml"):
            shutil.copy(PACKS / name, folder)
        return load([Path(folder)])


@cache
def guidance() -> Guidance:
    return load_guidance(library())


#: What stands after an item's id in the names of the texts beside its agreed answer.
ITS_TEXTS = re.compile(r"\.(earlier_note|earlier_reason|earlier|note|reason)$")


def answers_table(organisation: Mapping[str, Any], library: Library) -> pd.DataFrame:
    """The answers of an organisation that is described as in ``scenarios/bases.yaml``."""
    rows: list[tuple[str, str, str, str, str]] = []
    team = dict.fromkeys(
        (i.id for i in library.items.values() if i.kind == "practice"),
        organisation.get("practices"),
    )
    if organisation.get("only_asked"):
        asked = _applies(organisation, library)
        team = {i: v for i, v in team.items() if asked.asked(library.items[i], WORKING_GROUP)}
    team |= organisation.get("agreed") or {}
    for item_id, value in {**team, **(organisation.get("facts") or {})}.items():
        if value is not None:
            rows.append(_row("team", WORKING_GROUP, library, item_id, _text(value)))
    for member in organisation.get("working_group_members") or ():
        rows.append(_row(member, WORKING_GROUP, library, "fit.pay", "paid"))
    for group, spec in (organisation.get("groups") or {}).items():
        rows += _group_rows(group, spec, library, organisation)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _group_rows(
    group: str, spec: Mapping[str, Any], library: Library, organisation: Mapping[str, Any]
) -> list[tuple[str, str, str, str, str]]:
    sides = {**GROUP_SIDES, **((organisation.get("context") or {}).get("sides") or {})}
    # A group that nobody explained answers like staff, for the reader to refuse.
    side = sides.get(group, "organisation")
    asked = [i for i in library.items.values() if library.asks(i, group, side)]
    if organisation.get("only_asked"):
        known = _applies(organisation, library)
        asked = [item for item in asked if known.asked(item, group)]
    own = spec.get("items") or {}
    rows = []
    for number in range(spec["people"]):
        for item in asked:
            value = own[item.id] if item.id in own else _usual(item, spec.get("by_kind") or {})
            if isinstance(value, list):
                value = value[number % len(value)]
            if value is not None:
                name = f"{group}-{number:03d}"
                rows.append(_row(name, group, library, item.id, str(value)))
        for item_id, value in own.items():
            if item_id not in library.items or library.items[item_id] not in asked:
                text = value[number % len(value)] if isinstance(value, list) else value
                if text is not None:
                    rows.append(_row(f"{group}-{number:03d}", group, library, item_id, str(text)))
    return rows


def _applies(organisation: Mapping[str, Any], library: Library) -> Applies:
    """What an organisation asks, by its facts and the length of its assessment."""
    facts = {item: _text(value) for item, value in (organisation.get("facts") or {}).items()}
    return applies(library, facts, (organisation.get("context") or {}).get("form", "full"))


def _usual(item: Item, by_kind: Mapping[str, Any]) -> Any:
    if item.kind == "boundary" and item.scale == "boundary_confirm":
        return None
    return by_kind.get(item.kind)


def _row(
    respondent: str, group: str, library: Library, item: str, value: str
) -> tuple[str, str, str, str, str]:
    base = ITS_TEXTS.sub("", item)
    questionnaire = library.questionnaire_of.get(base)
    return respondent, group, questionnaire.id if questionnaire else "unknown", item, value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return f"{value}"


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A base with a scenario's changes; None takes a group away."""
    result = {key: base.get(key) for key in ("practices", "agreed", "facts", "groups", "context")}
    for key in ("agreed", "facts", "context"):
        result[key] = {**(base.get(key) or {}), **(change.get(key) or {})}
    if "practices" in change:
        result["practices"] = change["practices"]
    groups = {name: dict(spec) for name, spec in (base.get("groups") or {}).items()}
    for name, spec in (change.get("groups") or {}).items():
        if spec is None:
            groups.pop(name, None)
            continue
        before = groups.get(name, {})
        groups[name] = {
            **before,
            **spec,
            "by_kind": {**(before.get("by_kind") or {}), **(spec.get("by_kind") or {})},
            "items": {**(before.get("items") or {}), **(spec.get("items") or {})},
        }
    result["groups"] = groups
    if change.get("only_asked", base.get("only_asked")):
        result["only_asked"] = True
    if "working_group_members" in change:
        result["working_group_members"] = change["working_group_members"]
    return result


def read(organisation: Mapping[str, Any]) -> Answers:
    context = Context.model_validate(organisation.get("context") or {})
    return read_answers(answers_table(organisation, library()), library(), context)


def evaluated(organisation: Mapping[str, Any]) -> Profile:
    return profile(read(organisation), guidance())
