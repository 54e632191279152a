"""The list of items: as JSON for other programs, as text for people."""

from __future__ import annotations

import json
from typing import Any

from questionnaires.forms import FORMS
from questionnaires.library import Library
from questionnaires.model import Item


def entry(item: Item, library: Library) -> dict[str, Any]:
    """One item in the form that is documented for other programs."""
    dimension = library.dimensions.get(item.dimension or "")
    questionnaire = library.questionnaire_of[item.id]
    options: list[dict[str, Any]] = [
        {"code": option.code, "label": option.label, "score": option.score}
        for option in library.options(item)
    ]
    options += [
        {"code": code, "label": library.special[code].default, "score": None}
        for code in item.offers
    ]
    return {
        "questionnaire": questionnaire.id,
        "item": item.id,
        "dimension": item.dimension,
        "domain": dimension.domain if dimension else None,
        "kind": item.kind,
        "groups": list(library.groups_of(item)),
        "forms": {form: list(library.forms.groups(form, item, questionnaire)) for form in FORMS},
        "asked_if": item.asked_if.model_dump(exclude_none=True) if item.asked_if else None,
        "asked_if_of": {
            group: condition.model_dump(exclude_none=True)
            for group, condition in questionnaire.asked_if.items()
        },
        "options": options,
        "text": item.text.variants(),
        "steps": dict(item.steps) or None,
        "steps_of": {group: dict(steps) for group, steps in item.steps_of.items()} or None,
        "area": item.area,
        "situation": item.situation,
        "aspect": item.aspect,
        "minimum": item.minimum,
        "maximum": item.maximum,
        "whole": item.whole if item.kind == "number" else None,
        "unit": item.unit.model_dump() if item.unit else None,
        "tags": list(item.tags),
        "source": [reference.model_dump(exclude_none=True) for reference in item.source],
    }


def as_json(library: Library) -> str:
    """Every item as JSON."""
    entries = [entry(item, library) for item in library.items.values()]
    return json.dumps(entries, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_text(library: Library) -> str:
    """Every item as lines: questionnaire by questionnaire."""
    lines: list[str] = []
    for questionnaire in library.questionnaires:
        lines += [f"{questionnaire.id}  ({', '.join(questionnaire.groups)})", ""]
        for item in questionnaire.items():
            text = next(iter(item.text.variants().values()))
            codes = [option.code for option in library.options(item)] + list(item.offers)
            lines.append(f"  {item.id}  [{item.dimension or item.kind}]")
            lines.append(f"    {text}")
            lines.append(f"    asked of: {', '.join(library.groups_of(item))}")
            if quick := library.forms.groups("quick", item, questionnaire):
                lines.append(f"    in a quick look: {', '.join(quick)}")
            if codes:
                lines.append(f"    answers: {', '.join(codes)}")
        lines.append("")
    return "\n".join(lines)
