"""Everything that an explanation looks through, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaires.content_files.yaml_files import Document, read
from questionnaires.content_files.yaml_folder import files_of
from questionnaires.content_folder import INSTALLED
from questionnaires.conversation import ConversationSheet, load_conversation
from questionnaires.library import Library, load, pack_files
from scoring.rules.coverage import Coverage, load_coverage
from scoring.rules.loading import load_guidance
from scoring.rules.rulebook import Guidance

#: The scenarios lie beside the packages in the project; a copy without tests has none.
SCENARIOS = INSTALLED.root / "tests" / "scenarios"


@dataclass(frozen=True)
class Scenario:
    """A scenario of the tests: its file, its sentence, and every word that may be an id."""

    file: str
    name: str
    words: frozenset[str]


@dataclass(frozen=True)
class Content:
    """What is asked and what is known.

    Attributes:
        scenarios: None where the tests do not lie beside the packages.
        files: the content files with their text, in which an id is looked up.
    """

    library: Library
    guidance: Guidance
    coverage: Coverage
    sheet: ConversationSheet
    scenarios: tuple[Scenario, ...] | None
    files: Sequence[Document]

    def place(self, name: str) -> str:
        """The file and line where an id stands as the id of something."""
        wanted = re.compile(rf"^[\s-]*\{{?\s*id:\s*[\"']?{re.escape(name)}[\"']?\s*(?:[,#}}]|$)")
        for file in self.files:
            for number, line in enumerate(file.text.splitlines(), 1):
                if wanted.match(line):
                    return f"{file.name}:{number}"
        return ""


def read_content(folders: Sequence[Path] = (), scenarios: Path = SCENARIOS) -> Content:
    """Read questionnaires, guidance, coverage and scenarios.

    Raises:
        ProblemsError: with every problem that was found.
    """
    library = load(folders)
    guidance = load_guidance(library)
    _, coverage = load_coverage(guidance)
    # Coverage refers to ids without being one of them.
    guides, reference = library.content.guidance, library.content.reference
    advice = [path for path in sorted(guides.iterdir()) if path.name != "coverage"]
    measures = [reference / "dimensions.yaml", reference / "sources.yaml"]
    places = (*pack_files(folders), *advice, *measures)
    files = [file for path in places for file in files_of(path)]
    return Content(
        library=library,
        guidance=guidance,
        coverage=coverage,
        sheet=load_conversation(library),
        scenarios=tuple(_scenarios(scenarios)) if scenarios.is_dir() else None,
        files=[Document(path, path.read_text(encoding="utf-8-sig"), None) for path in files],
    )


def _scenarios(folder: Path) -> Iterator[Scenario]:
    for path in sorted(folder.glob("*.yaml")):
        content = read(path).content
        lists = content.values() if isinstance(content, Mapping) else ()
        for entries in lists:
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping) and "name" in entry:
                    yield Scenario(path.name, str(entry["name"]), frozenset(_words(entry)))


def _words(value: Any) -> Iterator[str]:
    """Every key and every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
