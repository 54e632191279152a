"""What is wrong with a value, in words: what was found and what is allowed."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from questionnaires.phrases import listing, nearest

#: What is asked for, in words, by pydantic's name of the mistake.
WANTED = {
    "string_type": "write text",
    "string_too_short": "write something",
    "string_too_long": "at most {max_length} characters are allowed",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "finite_number": "write an ordinary number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "greater_than": "it must be above {gt}",
    "greater_than_equal": "the smallest allowed is {ge}",
    "less_than": "it must be below {lt}",
    "less_than_equal": "the largest allowed is {le}",
    "tuple_type": "write a list, such as [one, two]",
    "list_type": "write a list, such as [one, two]",
    "too_short": "at least {min_length} needed",
    "too_long": "at most {max_length} allowed",
    "dict_type": "write lines of the form 'name: value' below it",
    "model_type": "write lines of the form 'name: value' below it",
    "model_attributes_type": "write lines of the form 'name: value' below it",
    "invalid_key": "put the name in quotes",
}


def explain(model: type[BaseModel], fault: Any) -> str:
    """A validation error in words: what was found and what is allowed."""
    *parents, last = _place(fault) or [""]
    where = " > ".join(_name(part) for part in (*parents, last) if part != "")
    where = f"{where}: " if where else ""
    found = fault.get("input")
    found_text = "nothing" if found is None else _quoted(found)
    match fault["type"]:
        case "extra_forbidden":
            fields = _fields_at(model, parents)
            return f"{where}there is no field {last!r}{nearest(str(last), fields)}; " + (
                f"allowed: {listing(fields, 30)}" if fields else "it is not known here"
            )
        case "missing":
            return f"{where}{last!r} is missing; write it"
        case "literal_error":
            expected = fault["ctx"]["expected"]
            near = nearest(str(found), re.findall(r"'([^']*)'", expected))
            return f"{where}{found_text} is not allowed{near}; allowed: {expected}"
        case "string_pattern_mismatch":
            return (
                f"{where}{found_text} is not a possible id; use small letters, digits, _ and -, "
                "starting with a letter (items may have parts joined by '.')"
            )
        case "value_error":
            return f"{where}{fault['ctx']['error']}"
        case "string_type" if isinstance(found, bool):
            return f"{where}found {found_text}; yes, no, on and off need quotes to be text"
        case "string_type" if isinstance(found, int | float | date):
            return f"{where}found {found_text}; put it in quotes to make it text"
        case kind:
            wanted = WANTED.get(kind)
            limits = {name: _plain(limit) for name, limit in fault.get("ctx", {}).items()}
            text = wanted.format(**limits) if wanted else _lower_first(fault["msg"])
            return f"{where}found {found_text}; {text}"


def _place(fault: Any) -> list[str | int]:
    """The fields that lead to the mistake; to the fields' parent where a name itself is wrong."""
    place = list(fault["loc"])
    if fault["type"] == "invalid_key":
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


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


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
