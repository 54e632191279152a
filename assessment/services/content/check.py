"""Check all content: questionnaires, guidance, and what ties them together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from questionnaires.checks.length_limits import limits
from questionnaires.content_files.yaml_files import read
from questionnaires.content_files.yaml_folder import files_of
from questionnaires.content_folder import content_in_use
from questionnaires.conversation import load_conversation
from questionnaires.library import load, pack_files
from questionnaires.problems import Problem, ProblemsError
from questionnaires.statement_guide import load_statement_guide
from scoring.rules.coverage import check_coverage
from scoring.rules.loading import load_guidance


def check_content(folders: Sequence[Path]) -> tuple[list[Problem], str]:
    """Every problem in the content, and one line that counts what was checked."""
    problems: list[Problem] = []
    counted = ""
    try:
        content = content_in_use()
        beside = (
            *(content.guidance, content.reference, content.forms),
            *(content.conversation, content.statements),
        )
        read_from = (*pack_files(folders), *beside)
        for file in sorted({file for path in read_from for file in files_of(path)}):
            problems += _repeated_keys(file)
        library = load(folders)
        guidance = load_guidance(library, deep=True)
        problems += check_coverage(guidance, library)
        problems += limits(library)
        load_conversation(library)
        load_statement_guide(library)
        counted = (
            f"Everything fits together: {len(library.questionnaires)} questionnaires with "
            f"{len(library.items)} items, {len(guidance.gates)} gates, {len(guidance.offers)} "
            f"offers, {len(guidance.actions)} actions, {len(guidance.responses)} responses to "
            "concerns."
        )
    except ProblemsError as error:
        problems += error.problems
    return list(dict.fromkeys(problems)), counted


def _repeated_keys(path: Path) -> Sequence[Problem]:
    try:
        return read(path).repeated_keys()
    except ProblemsError as error:
        return error.problems
