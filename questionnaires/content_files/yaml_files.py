"""YAML with places: read fast, and find the line again when something in it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from questionnaires.content_files.validation_messages import explain

try:  # the C parser is about eight times as fast; both read the same
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a PyYAML without its C part
    from yaml import SafeLoader as Loader

#: The largest file that is read, in bytes; the longest of ours has a tenth of it.
LARGEST = 2_000_000
#: The most levels within each other; ours have about a dozen.
DEEPEST = 50

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
    """A YAML file, or a folder read as one: plain values, and the file and line of any place."""

    path: Path
    text: str
    content: Any
    #: Of a folder: the file that each piece of the content comes from, and its place there.
    pieces: Mapping[Path_, tuple[Document, Path_]] = field(default_factory=dict)

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

    @cached_property
    def _children(self) -> dict[int, dict[str, tuple[yaml.Node, int]]]:
        """What stands below each node that was looked at, with its line."""
        return {}

    def _below(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, int]]:
        if id(node) not in self._children:
            below: dict[str, tuple[yaml.Node, int]] = {}
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    below[str(key.value)] = value, key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode):
                for number, value in enumerate(node.value):
                    below[str(number)] = value, value.start_mark.line + 1
            self._children[id(node)] = below
        return self._children[id(node)]

    def _file_of(self, place: Path_) -> tuple[Document, Path_]:
        """The file in which a place stands, and the place within it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.pieces:
                document, start = self.pieces[place[:length]]
                return document, (*start, *place[length:])
        return self, place

    def line(self, place: Path_) -> int:
        """The line of a place such as ``("sections", 0, "title")``, or of its nearest parent."""
        if self.pieces:
            document, inner = self._file_of(place)
            return document.line(inner)
        node, line = self._root, 1
        if node is not None:
            line = node.start_mark.line + 1
        for step in place:
            if node is None or str(step) not in self._below(node):
                break
            node, line = self._below(node)[str(step)]
        return line

    def file_name(self, place: Path_) -> str:
        """The name of the file in which a place stands."""
        return self._file_of(place)[0].name

    def beside(self, place: Path_, reader: Path_) -> str:
        """Where a place is, for somebody who reads another one: a line, or a file with its line."""
        if self.file_name(place) == self.file_name(reader):
            return f"on line {self.line(place)}"
        return f"in {self.file_name(place)}:{self.line(place)}"

    def problem(self, place: Path_, message: str) -> Problem:
        return Problem(self.file_name(place), self.line(place), message)

    def repeated_keys(self) -> list[Problem]:
        """Keys that stand twice in one mapping: YAML would silently take the last."""
        if self.pieces:
            files = {document.path: document for document, _ in self.pieces.values()}
            return [problem for file in files.values() for problem in file.repeated_keys()]
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
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ContentError([Problem(str(path), None, "there is no such file")]) from None
    except OSError as error:
        said = (error.strerror or "cannot be read").lower()
        raise ContentError([Problem(str(path), None, said)]) from None
    return parse(content, path)


def parse(raw: bytes, path: Path) -> Document:
    """The same from the bytes of a file."""
    unread = Document(path, "", None)
    if len(raw) > LARGEST:
        said = f"has more than {LARGEST / 1e6:.0f} MB, which is the most that is read"
        raise ContentError([Problem(unread.name, None, said)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        said = f"not UTF-8 text: byte 0x{raw[error.start]:02x} cannot be read; save it as UTF-8"
        raise ContentError([Problem(unread.name, line, said)]) from None
    try:
        deep = _too_deep(text)
        content = None if deep else yaml.load(text, Loader=Loader)
    except Exception as error:  # PyYAML lets ValueError, KeyError and others through
        line, said = _unreadable(error, text)
        raise ContentError([Problem(unread.name, line, f"not YAML: {said}")]) from None
    if deep:
        said = f"more than {DEEPEST} levels stand within each other here"
        raise ContentError([Problem(unread.name, deep, said)])
    return Document(path, text, content)


def _too_deep(text: str) -> int | None:
    """The line on which a text is nested too deeply; the C parser would end the whole process."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _unreadable(error: Exception, text: str) -> tuple[int | None, str]:
    """The line and the reason why a text is no YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        return line, "a character stands here that no text has; write the line anew"
    if not isinstance(error, yaml.MarkedYAMLError):
        return None, f"a value cannot be read ({error}); put dates and codes in quotes"
    said, mark = error.problem or "cannot be read", error.problem_mark
    if mark is None:
        return None, said
    line = mark.line + 1
    if text[mark.index : mark.index + 1] == "\t":
        return line, "a tab stands here; indent with spaces"
    if "end of stream" in said and error.context_mark:
        return error.context_mark.line + 1, "a quote is opened here and never closed"
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
        faults = error.errors()
        deeper = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
        raise ContentError(
            [
                document.problem((*at, *fault["loc"]), explain(model, fault))
                for fault in faults
                # A list whose entries are wrong also counts as too short: said once is enough.
                if not (fault["type"] == "too_short" and fault["loc"] in deeper)
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


def repeated_ids(document: Document, entries: Sequence[tuple[Path_, Any]]) -> Iterator[Problem]:
    """Entries of a list whose id stands in it before."""
    first: dict[str, Path_] = {}
    for place, entry in entries:
        if entry.id in first:
            where = document.beside(first[entry.id], (*place, "id"))
            message = f"id {entry.id!r} stands twice, first {where}: every id stands once"
            yield document.problem((*place, "id"), message)
        first.setdefault(entry.id, (*place, "id"))
