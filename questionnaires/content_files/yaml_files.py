"""YAML with places: read fast, and find the line again when something in it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from questionnaires.content_files.validation_messages import explain
from questionnaires.problems import Allowed, Found, Place, Problem, ProblemsError, fault

try:  # the C parser is about eight times as fast; both read the same
    from yaml import CSafeLoader as FastLoader
except ImportError:  # pragma: no cover - a PyYAML without its C part
    from yaml import SafeLoader as FastLoader

#: The largest file that is read, in bytes; the longest of ours has a tenth of it.
LARGEST = 2_000_000
#: The most levels within each other; ours have about a dozen.
DEEPEST = 50

#: YAML's own name for what is neither a number, a date, yes or no, nor nothing.
WORDS = "tag:yaml.org,2002:str"

Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class RefusedError(Exception):
    """YAML that is not read, though it is YAML: the code of why, and the line."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


class Loader(FastLoader):  # pyright: ignore[reportGeneralTypeIssues] - one of two classes
    """Refuses what is nested too deeply: it would end the whole process in the C parser."""

    depth = 0

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        # Words are most of what there is, and stand for themselves: a quarter of the time.
        if node.tag == WORDS and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep=deep)

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        self.depth += 1
        # What stands on the last level may hold single values, and they stand one deeper.
        if current_node is not None and self.depth > DEEPEST + 1:
            raise RefusedError("yaml_too_deep", current_node.start_mark.line + 1)

    def ascend_resolver(self) -> None:
        self.depth -= 1


@dataclass(frozen=True)
class Document:
    """A YAML file, or a folder read as one: plain values, and the file and line of any place."""

    path: Path
    text: str
    content: Any
    #: Of a folder: the file that each piece of the content comes from, and its place there.
    pieces: Mapping[Path_, tuple[Document, Path_]] = field(default_factory=dict)

    @cached_property
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

    def problem(
        self,
        code: str,
        path: Path_,
        found: Found = None,
        allowed: Allowed = (),
        *,
        subject: str = "",
        **details: Any,
    ) -> Problem:
        """A problem at a path, with its file and its line."""
        return self.placed(fault(code, path, found, allowed, subject=subject, **details))

    def placed(self, problem: Problem, at: Path_ = (), subject: str = "") -> Problem:
        """A problem whose path counts from ``at``, with its file and its line."""
        path = (*at, *(problem.place.path or ()))
        place = Place(self.file_name(path), self.line(path), path)
        both = ": ".join(filter(None, (subject, problem.subject)))
        return replace(problem, place=place, subject=both)

    def placed_all(
        self, problems: Iterable[Problem], at: Path_ = (), subject: str = ""
    ) -> Iterator[Problem]:
        """The same for several problems."""
        return (self.placed(problem, at, subject) for problem in problems)

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
                        place, details = Place(self.name, line, ()), {"first": first}
                        problems.append(
                            Problem("repeated_key", place, str(key.value), details=details)
                        )
                    seen[key.value] = line
                    waiting.append(value)
            elif isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)
        return sorted(problems, key=lambda problem: problem.place.line or 0)


def read(path: Path, **limits: Any) -> Document:
    """Read a YAML file.

    Args:
        limits: as ``parse`` has them.

    Raises:
        ProblemsError: the file is missing, not UTF-8, or not YAML; names the line and column.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ProblemsError.of("no_file", str(path)) from None
    except OSError as error:
        raise unreadable(path, error) from None
    return parse(content, path, **limits)


def unreadable(path: Path, error: OSError) -> ProblemsError:
    """A file that the system does not open."""
    reason = (error.strerror or "cannot be read").lower()
    return ProblemsError.of("unreadable_file", str(path), reason=reason)


def parse(raw: bytes, path: Path, *, largest: int = LARGEST, aliases: bool = True) -> Document:
    """The same from the bytes of a file.

    Args:
        largest: the most bytes that are read.
        aliases: whether one place may stand for another. A few lines can stand for billions then,
            so files that anybody may send have none.
    """
    unread = Document(path, "", None)  # its name takes time, and only a fault needs it
    if len(raw) > largest:
        size = f"{largest / 1e6:.0f} MB" if largest >= 1e6 else f"{largest / 1e3:.0f} kB"
        raise ProblemsError.of("file_too_large", unread.name, allowed=size)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(unread.name, raw[: error.start].count(b"\n") + 1, ())
        raise ProblemsError.of("not_utf8", place, f"{raw[error.start]:02x}") from None
    try:
        if not aliases:
            _refuse_aliases(text)
        content = yaml.load(text, Loader=Loader)
    except RefusedError as error:
        raise ProblemsError.of(
            error.code, Place(unread.name, error.line, ()), allowed=DEEPEST
        ) from None
    except Exception as error:  # PyYAML lets ValueError, KeyError and others through
        line, code, reason = _no_yaml(error, text)
        raise ProblemsError.of(code, Place(unread.name, line, ()), reason=reason) from None
    return Document(path, text, content)


def _refuse_aliases(text: str) -> None:
    yaml.compose(text, Loader=Loader)  # so what is too deep, or no YAML, is said first
    for event in yaml.parse(text, Loader=FastLoader):
        if isinstance(event, yaml.AliasEvent):
            raise RefusedError("yaml_alias", event.start_mark.line + 1 if event.start_mark else 1)


def _no_yaml(error: Exception, text: str) -> tuple[int | None, str, str]:
    """The line, the code and the reason why a text is no YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        return text.encode()[: error.position].count(b"\n") + 1, "yaml_sign", ""
    if not isinstance(error, yaml.MarkedYAMLError):
        return None, "yaml_value", str(error)
    reason, mark = error.problem or "cannot be read", error.problem_mark
    if mark is None:
        return None, "not_yaml", reason
    if text[mark.index : mark.index + 1] == "\t":
        return mark.line + 1, "yaml_tab", reason
    if "end of stream" in reason and error.context_mark:
        return error.context_mark.line + 1, "yaml_open_quote", reason
    return mark.line + 1, "yaml_syntax", reason


def build(model: type[M], content: Any, document: Document, at: Path_ = ()) -> M:
    """Make a model of what stands at a place of a document.

    Raises:
        ProblemsError: with one problem for each mistake, as ``explain`` has it.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        mistakes = error.errors()
        places = [mistake["loc"] for mistake in mistakes]
        deeper = {place[:depth] for place in places for depth in range(len(place))}
        raise ProblemsError(
            [
                document.placed(explain(model, mistake), at)
                for mistake in mistakes
                # A list whose entries are wrong also counts as too short: said once is enough.
                if not (mistake["type"] == "too_short" and mistake["loc"] in deeper)
            ]
        ) from None


def build_list(model: type[M], document: Document, key: str) -> list[tuple[Path_, M]]:
    """Make a model of each entry of the list under a key, each with its place.

    Raises:
        ProblemsError: there is no such list, or entries are wrong; names every mistake in it.
    """
    content = document.content
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise ProblemsError([document.problem("no_list", (key,), allowed=key)])
    found: list[tuple[Path_, M]] = []
    problems: list[Problem] = []
    for number, entry in enumerate(content[key]):
        try:
            found.append(((key, number), build(model, entry, document, (key, number))))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return found


def repeated_ids(document: Document, entries: Sequence[tuple[Path_, Any]]) -> Iterator[Problem]:
    """Entries of a list whose id stands in it before."""
    first: dict[str, Path_] = {}
    for place, entry in entries:
        if entry.id in first:
            where = document.beside(first[entry.id], (*place, "id"))
            yield document.problem("repeated_id", (*place, "id"), entry.id, first=where)
        first.setdefault(entry.id, (*place, "id"))
