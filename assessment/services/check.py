"""Check all content: questionnaires, guidance, and what ties them together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from questionnaires.library import GUIDANCE, PACKS, load
from questionnaires.yaml_source import ContentError, Problem, read
from scoring.coverage import check_coverage
from scoring.guidance_library import load_guidance


def check_content(folders: Sequence[Path]) -> tuple[list[Problem], str]:
    """Every problem in the content, and one line that counts what was checked."""
    problems: list[Problem] = []
    files = [*PACKS.glob("*.yaml"), *GUIDANCE.rglob("*.yaml"), PACKS.parent / "scales.yaml"]
    for folder in folders:
        files += [*folder.glob("*.yaml"), *folder.glob("*.yml")]
    try:
        for path in sorted(files):
            problems += read(path).repeated_keys()
        library = load(folders)
        guidance = load_guidance(library, deep=True)
        problems += check_coverage(guidance, library)
        if problems:
            return problems, ""
    except ContentError as error:
        known = set(problems)
        return [*problems, *(p for p in error.problems if p not in known)], ""
    counted = (
        f"Everything fits together: {len(library.questionnaires)} questionnaires with "
        f"{len(library.items)} items, {len(guidance.gates)} gates, {len(guidance.offers)} offers, "
        f"{len(guidance.actions)} actions, {len(guidance.responses)} responses to concerns."
    )
    return [], counted
