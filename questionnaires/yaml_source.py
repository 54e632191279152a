"""YAML with places: read fast, and find the line again when something in it is wrong."""

from __future__ import annotations

import difflib
import re
import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The places of everything; read once, and only when something is wrong."""
        return yaml.compose(self.text, Loader=Loader)

    def line(self, place: Path_) -> int | None:
        """The line of a place such as ``("sections", 0, "title")``, or of its nearest parent."""
        node = self._root
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
        waiting = [self._root] if self._root else []
        looked_at: set[int] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in looked_at:  # an alias (*name) leads here a second time
                continue
            looked_at.add(id(node))
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
    unread = Document(path, "", None)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        said = f"not UTF-8 text: byte 0x{raw[error.start]:02x} cannot be read; save it as UTF-8"
        raise ContentError([Problem(unread.name, line, said)]) from None
    try:
        content = yaml.load(text, Loader=Loader)
    except Exception as error:  # PyYAML lets ValueError, KeyError and others through
        line, said = _unreadable(error, text)
        raise ContentError([Problem(unread.name, line, f"not YAML: {said}")]) from None
    return Document(path, text, content)


def _unreadable(error: Exception, text: str) -> tuple[int | None, str]:
    """The line and the reason why a text is no YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        return line, "a character stands here that no text has; write the line anew"
    if not isinstance(error, yaml.MarkedYAMLError):
        return None, f"a value cannot be read ({error}); put dates and codes in quotes"
    line = error.problem_mark.line + 1 if error.problem_mark else None
    said = error.problem or "cannot be read"
    if r"'\t'" in said:
        return line, "a tab stands here; indent with spaces"
    return line, (
        f"{said}. Often a missing space after ':', a quote or bracket that is not closed, or a "
        "sentence with ': ' in it that needs quotes"
    )


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


def build_list(model: type[M], document: Document, key: str) -> list[tuple[Path_, M]]:
    """Make a model of each entry of the list under a key, each with its place.

    Raises:
        ContentError: there is no such list, or entries are wrong; names every mistake in it.
    """
    content = document.content
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise ContentError([document.problem((key,), f"expected '{key}:' with a list below it")])
    found: list[tuple[Path_, M]] = []
    problems: list[Problem] = []
    for number, entry in enumerate(content[key]):
        try:
            found.append(((key, number), build(model, entry, document, (key, number))))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    return found


def nearest(word: str, allowed: Iterable[str]) -> str:
    """ " (did you mean 'x'?)" where an allowed word is close, else nothing."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def listing(words: Iterable[str], most: int = 12) -> str:
    """The words with commas, the rest counted."""
    every = list(words)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" and {rest} more" if rest > 0 else "")


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


def explain(model: type[BaseModel], fault: Any, content: Any) -> str:
    """A validation error in words: what was found and what is allowed."""
    *parents, last = [part for part in fault["loc"] if part != "[key]"] or [""]
    where = " > ".join(_name(part) for part in (*parents, last) if part != "")
    where = f"{where}: " if where else ""
    found = fault.get("input")
    shown = "nothing" if found is None else _shown(found)
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
            return f"{where}{shown} is not allowed{near}; allowed: {expected}"
        case "string_pattern_mismatch":
            return (
                f"{where}{shown} is not a possible id; use small letters, digits, _ and -, "
                "starting with a letter (items may have parts joined by '.')"
            )
        case "value_error":
            return f"{where}{fault['ctx']['error']}"
        case "string_type" if isinstance(found, bool):
            return f"{where}found {shown}; yes, no, on and off need quotes to be text"
        case "string_type" if isinstance(found, int | float | date):
            return f"{where}found {shown}; put it in quotes to make it text"
        case kind:
            wanted = WANTED.get(kind)
            said = wanted.format(**fault.get("ctx", {})) if wanted else _lower_first(fault["msg"])
            return f"{where}found {shown}; {said}"


def _name(part: str | int) -> str:
    # YAML reads yes and no without quotes as true and false, even where a name stands.
    if isinstance(part, int) and not isinstance(part, bool):
        return f"number {part + 1}"
    return str(part).lower() if isinstance(part, bool) else part


def _shown(found: Any) -> str:
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
