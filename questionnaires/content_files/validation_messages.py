"""What is wrong with a value, as a problem: what was found and what is allowed."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from questionnaires.phrases import lower, nearest
from questionnaires.problems import Problem, fault, sentences

#: What pydantic calls the limit that a value passes.
LIMITS = ("max_length", "min_length", "gt", "ge", "lt", "le")


def explain(model: type[BaseModel], mistake: Any) -> Problem:
    """A validation error as a problem at its path; its code is pydantic's name of the mistake."""
    *parents, last = _place(mistake) or [""]
    subject = " > ".join(_name(part) for part in (*parents, last) if part != "")
    raw, kind, context = mistake.get("input"), mistake["type"], mistake.get("ctx", {})
    found = "nothing" if raw is None else _quoted(raw)
    allowed: Any = ()
    details: dict[str, Any] = {}
    match kind:
        case "extra_forbidden":
            found, allowed = last, _fields_at(model, parents)
            kind = kind if allowed else "nothing_allowed"
        case "missing":
            found, allowed = None, last
        case "literal_error":
            allowed = context["expected"]
            details["near"] = nearest(str(raw), re.findall(r"'([^']*)'", allowed))
        case "value_error":
            found, details["reason"] = None, str(context["error"])
        case "string_type" if isinstance(raw, bool):
            kind = "unquoted_truth"
        case "string_type" if isinstance(raw, int | float | date):
            kind = "unquoted_number"
        case _ if kind not in sentences():
            kind, details["reason"] = "other_type", lower(mistake["msg"])
        case _:
            limits = [context[name] for name in LIMITS if name in context]
            allowed = _plain(limits[0]) if limits else ()
    return fault(kind, mistake["loc"], found, allowed, subject=subject, **details)


def _place(mistake: Any) -> list[str | int]:
    """The fields that lead to the mistake; to the fields' parent where a name itself is wrong."""
    place = list(mistake["loc"])
    if mistake["type"] == "invalid_key":
        return place[:-1]
    return place[:-2] if place and place[-1] == "[key]" else place


def _name(part: str | int) -> str:
    return f"number {part + 1}" if isinstance(part, int) else part


def _plain(limit: Any) -> Any:
    """A limit without a needless '.0'."""
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


def _quoted(found: Any) -> str:
    """What was found, cut where it is long or deep."""
    short = reprlib.Repr()
    short.maxlevel, short.maxstring, short.maxother = 3, 60, 60
    short.maxlist = short.maxtuple = short.maxdict = 4
    return short.repr(found)


def _fields_at(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The field names of the model that stands at a place below another model."""
    current: Any = model
    for step in place:
        if isinstance(step, int) or not hasattr(current, "model_fields"):
            continue
        field = current.model_fields.get(step)
        current = _model_in(field.annotation) if field else None
        if current is None:
            return []
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as ``tuple[Item, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None
