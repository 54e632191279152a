"""YAML with places: read fast, and find the line again when something in it is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

try:  # the C parser is about eight times as fast; both read the same
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a PyYAML without its C part
    from yaml import SafeLoader as Loader

Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One mistake in a content file: where, what was found, what is allowed."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class ContentError(Exception):
    """Content that cannot be used; carries every problem that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Document:
    """A YAML file: its content as plain values, and the line of any place in it."""

    path: Path
    text: str
    content: Any

    @property
    def name(self) -> str:
        """The path as a person would write it: from the working folder where that is shorter."""
        try:
            return self.path.resolve().relative_to(Path.cwd()).as_posix()
        except ValueError:
            return self.path.as_posix()

    def line(self, place: Path_) -> int | None:
        """The line of a place such as ``("sections", 0, "title")``, or of its nearest parent."""
        node = yaml.compose(self.text, Loader=Loader)
        if node is None:
            return None
        line = node.start_mark.line + 1
        for step in place:
            found = None
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == str(step):
                        found, line = value, key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                found = node.value[step] if step < len(node.value) else None
                line = found.start_mark.line + 1 if found else line
            if found is None:
                break
            node = found
        return line

    def problem(self, place: Path_, message: str) -> Problem:
        return Problem(self.name, self.line(place), message)

    def repeated_keys(self) -> list[Problem]:
        """Keys that stand twice in one mapping: YAML would silently take the last."""
        problems: list[Problem] = []
        waiting = [node] if (node := yaml.compose(self.text, Loader=Loader)) else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                seen: dict[str, int] = {}
                for key, value in node.value:
                    line = key.start_mark.line + 1
                    if key.value in seen:
                        first = seen[key.value]
                        problems.append(
                            Problem(
                                self.name,
                                line,
                                f"{key.value!r} stands twice here, first on line {first}: "
                                "keep one of them",
                            )
                        )
                    seen[key.value] = line
                    waiting.append(value)
            elif isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)
        return sorted(problems, key=lambda problem: problem.line or 0)


def read(path: Path) -> Document:
    """Read a YAML file.

    Raises:
        ContentError: the file is missing, not UTF-8, or not YAML; names the line and column.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ContentError([Problem(str(path), None, "there is no such file")]) from None
    except OSError as error:
        said = (error.strerror or "cannot be read").lower()
        raise ContentError([Problem(str(path), None, said)]) from None
    return parse(content, path)


def parse(raw: bytes, path: Path) -> Document:
    """The same from the bytes of a file."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start + 1}): save it as UTF-8 text"
        raise ContentError([Problem(str(path), None, message)]) from None
    try:
        content = yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        said = getattr(error, "problem", None) or "cannot be read"
        message = (
            f"not YAML: {said}. Often a missing space after ':', a tab, or a sentence with ': ' "
            "in it that needs quotes"
        )
        raise ContentError([Problem(str(path), line, message)]) from None
    return Document(path, text, content)


def build(model: type[M], content: Any, document: Document, at: Path_ = ()) -> M:
    """Make a model of what stands at a place of a document.

    Raises:
        ContentError: with one problem for each mistake, in the words of ``explain``.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ContentError(
            [
                document.problem((*at, *fault["loc"]), explain(model, fault, content))
                for fault in error.errors()
            ]
        ) from None


def nearest(word: str, allowed: Iterable[str]) -> str:
    """ " (did you mean 'x'?)" where an allowed word is close, else nothing."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def listing(words: Iterable[str], most: int = 12) -> str:
    """The words with commas, the rest counted."""
    every = list(words)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" and {rest} more" if rest > 0 else "")


def explain(model: type[BaseModel], fault: Any, content: Any) -> str:
    """A validation error in words: what was found and what is allowed."""
    *parents, last = fault["loc"] or ("",)
    where = " > ".join(_name(part) for part in (*parents, last) if part != "")
    found = fault.get("input")
    match fault["type"]:
        case "extra_forbidden":
            fields = _fields_at(model, parents)
            return f"{where}: there is no field {last!r}{nearest(str(last), fields)}; " + (
                f"allowed: {listing(fields, 30)}" if fields else "it is not known here"
            )
        case "missing":
            return f"{where}: {last!r} is missing; write it"
        case "literal_error":
            return f"{where}: {found!r} is not allowed; allowed: {fault['ctx']['expected']}"
        case "string_pattern_mismatch":
            return (
                f"{where}: {found!r} is not a possible id; use small letters, digits, _ and -, "
                "starting with a letter (items may have parts joined by '.')"
            )
        case "value_error":
            said = str(fault["ctx"]["error"])
            return f"{where}: {said}" if where else said
        case _:
            shown = repr(found)
            shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
            return f"{where}: found {shown}; {_lower_first(fault['msg'])}"


def _name(part: str | int) -> str:
    return f"number {part + 1}" if isinstance(part, int) else part


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


def is_id(text: str) -> bool:
    """Whether a text could be an id of an item, gate, offer or action."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*", text))
