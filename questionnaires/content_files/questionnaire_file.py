"""Reads a questionnaire: a file, or a folder of its sections.

A folder holds ``questionnaire.yaml``, which says everything but the sections and lists those by the
names of their files, and one file for each section. Conditions that several questions share stand
once under ``conditions`` and are called by their name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Document, Path_, build, read
from questionnaires.content_files.yaml_folder import SUFFIXES, read_listed
from questionnaires.problems import Problem, ProblemsError

#: The file of a folder that holds a questionnaire's head and lists its sections.
HEAD = "questionnaire.yaml"
#: Stands for a condition that is called by name while another one is looked at by itself.
ANY_CONDITION = {"fact": "any", "includes": "any"}


def questionnaires_in(folder: Path) -> list[Path]:
    """The questionnaires that lie in a folder, files and folders, by name.

    A folder that is itself a questionnaire is its only one.
    """
    if _lists_its_sections(folder / HEAD):
        return [folder]
    return [
        path
        for path in sorted(folder.iterdir())
        # Names that start with a dot are what editors and systems leave behind.
        if not path.name.startswith(".")
        and ((path / HEAD).is_file() if path.is_dir() else path.suffix in SUFFIXES)
    ]


def _lists_its_sections(head: Path) -> bool:
    """Whether a file is the head of a folder and not a questionnaire by itself."""
    if not head.is_file():
        return False
    try:
        content = read(head).content
    except ProblemsError:  # said where it is read as a questionnaire
        return False
    sections = content.get("sections") if isinstance(content, dict) else None
    return isinstance(sections, list) and any(isinstance(name, str) for name in sections)


def read_questionnaire(path: Path) -> Document:
    """Read a questionnaire, with the conditions that it calls by name in their places.

    Args:
        path: a file, or a folder with ``questionnaire.yaml`` in it.

    Raises:
        ProblemsError: with every mistake that was found, each with its file and line.
    """
    if not path.is_dir():
        return _with_conditions(read(path))
    head, files = read_listed(path / HEAD, "sections")
    content = {**head.content, "sections": [file.content for file in files]}
    pieces: dict[Path_, tuple[Document, Path_]] = {(): (head, ())}
    pieces |= {("sections", number): (file, ()) for number, file in enumerate(files)}
    return _with_conditions(Document(path, "", content, pieces))


def _with_conditions(document: Document) -> Document:
    """The document with each condition in the place of its name."""
    content = document.content
    if not isinstance(content, dict):
        return document
    known = content.get("conditions")
    calls = _Calls(document, known if isinstance(known, dict) else {})
    content = dict(content)
    if isinstance(known, dict):
        content["conditions"] = {
            name: calls.meant(value, ("conditions", name), (name,)) for name, value in known.items()
        }
        calls.look_at_each()
    if isinstance(asked := content.get("asked_if"), dict):
        content["asked_if"] = {
            group: calls.meant(value, ("asked_if", group)) for group, value in asked.items()
        }
    if isinstance(sections := content.get("sections"), list):
        content["sections"] = [
            calls.in_section(section, ("sections", number))
            for number, section in enumerate(sections)
        ]
    if calls.problems:
        raise ProblemsError(list(dict.fromkeys(calls.problems)))
    return replace(document, content=content)


class _Calls:
    """Puts conditions in the place of their names, and says what is wrong with either."""

    def __init__(self, document: Document, known: Mapping[str, Any]) -> None:
        self.document = document
        self.known = known
        self.problems: list[Problem] = []
        #: What each value means, by its identity: YAML lets a value stand within itself.
        self.found: dict[int, Any] = {}

    def in_section(self, section: Any, place: Path_) -> Any:
        if not isinstance(section, dict) or not isinstance(section.get("items"), list):
            return section
        items = [
            {**item, "asked_if": self.meant(item["asked_if"], (*place, "items", i, "asked_if"))}
            if isinstance(item, dict) and "asked_if" in item
            else item
            for i, item in enumerate(section["items"])
        ]
        return {**section, "items": items}

    def meant(self, value: Any, place: Path_, way: tuple[str, ...] = ()) -> Any:
        """A condition without names: what it calls stands in its place."""
        if isinstance(value, str):
            return self._called(value, place, way)
        if not isinstance(value, dict):
            return value
        if id(value) not in self.found:
            self.found[id(value)] = value
            self.found[id(value)] = {
                form: [self.meant(p, (*place, form, n), way) for n, p in enumerate(parts)]
                if form in ("all", "any") and isinstance(parts, list)
                else parts
                for form, parts in value.items()
            }
        return self.found[id(value)]

    def _called(self, name: str, place: Path_, way: tuple[str, ...]) -> Any:
        if name in way:
            circle = " calls ".join((*way[way.index(name) :], name))
            self.problems.append(self.document.problem("circle", place, circle))
            return ANY_CONDITION
        if name not in self.known:
            allowed = list(self.known) or ["none yet"]
            problem = self.document.problem("unknown_condition", place, name, allowed)
            self.problems.append(problem)
            return ANY_CONDITION
        return self.meant(self.known[name], ("conditions", name), (*way, name))

    def look_at_each(self) -> None:
        """Each condition by itself, so that a mistake is named once and not at each call."""
        by_itself = _Calls(self.document, dict.fromkeys(self.known, ANY_CONDITION))
        for name, value in self.known.items():
            place = ("conditions", str(name))
            try:
                build(Condition, by_itself.meant(value, place), self.document, place)
            except ProblemsError as error:
                self.problems.extend(error.problems)
