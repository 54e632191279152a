"""Mistakes in actions and what they name are told with their line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from questionnaires.content_folder import INSTALLED
from questionnaires.problems import ProblemsError
from scoring.rules.loading import load_guidance
from tests.support.content_files import change, file_with
from tests.support.organisations import library

BRINGS = "brings: [supervision.named_supervisor]"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "actions",
            BRINGS,
            "helps: [supervision.named_supervisor]",
            "gates/every_offer.yaml:LINE: gate named_supervisor asks for practice "
            "'supervision.named_supervisor', and no action in actions brings it; found under "
            "'helps' of: name_a_supervisor; allowed: exactly one action that names it under "
            "'brings'",
        ),
        (
            "actions",
            "brings: [supervision.cover]",
            "brings: [supervision.cover, supervision.named_supervisor]",
            "actions/support/supervision.yaml:LINE: action plan_cover_for_gaps: practice "
            "'supervision.named_supervisor' is brought by 'name_a_supervisor' on line LINE; "
            "allowed: one action that brings it, write it under 'helps' in the other",
        ),
        (
            "actions",
            BRINGS,
            f"{BRINGS}\n    helps: [supervision.named_supervisor]",
            "action name_a_supervisor: practice 'supervision.named_supervisor' stands here twice",
        ),
        (
            "actions",
            BRINGS,
            "brings: [supervision.named_supervisr]",
            "there is no item 'supervision.named_supervisr' (did you mean",
        ),
        (
            "actions",
            BRINGS,
            f"{BRINGS}\n    resources: [white_ethic]",
            "there is no resource 'white_ethic' (did you mean 'white_ethics'?)",
        ),
        ("actions", 'who_else: "or, ', 'who_else: "', "who_else"),
        (
            "resources",
            "- id: jigsaw_peer_education",
            "- id: jigsaw",
            "resource jigsaw: no action names it, so nobody would see it",
        ),
    ],
    ids=lambda value: None,
)
def test_a_mistake_is_named_with_its_line(
    file: str, old: str, new: str, expected: str, tmp_path: Path
) -> None:
    copy = shutil.copytree(INSTALLED.guidance, tmp_path / "guidance")
    change(file_with(old, copy, file), old, new)
    with pytest.raises(ProblemsError) as raised:
        load_guidance(library(), folder=copy, deep=True)
    problems = [
        re.sub(r"line \d+", "line LINE", re.sub(r":\d+: ", ":LINE: ", problem)).replace(
            f"{copy}/", ""
        )
        for problem in map(str, raised.value.problems)
    ]
    assert any(expected in problem for problem in problems), problems


def test_nothing_is_wrong_as_it_stands() -> None:
    assert load_guidance(library(), deep=True).actions
