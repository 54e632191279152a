"""Mistakes in gates, offers, risk and choice that would make advice unsafe are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from questionnaires.content_folder import INSTALLED
from questionnaires.problems import ProblemsError
from scoring.rules.loading import load_guidance
from tests.support.content_files import assert_named, file_with
from tests.support.organisations import library

COMBINED = "  - id: integrated_programme\n"


@pytest.mark.parametrize(
    ("file", "entry", "old", "new", "expected"),
    [
        (
            "offers",
            COMBINED,
            r"      D: \"The same people[^\n]*\n",
            "",
            "its part 'buddying' has D under 'exposes', which is missing here",
        ),
        (
            "offers",
            COMBINED,
            r"      - free_choice\n",
            "",
            "its part 'buddying' has free_choice under 'gates', which is missing here",
        ),
        ("offers", COMBINED, r", buddying\]", ", budding]", "'budding' cannot be a part"),
        (
            "offers",
            "  - id: advisory_panel\n",
            "need: redesign",
            "need: redesing",
            "'redesing' is no answer to 'fit.needs' (did you mean 'redesign'?)",
        ),
        (
            "offers",
            "  - id: advisory_panel\n",
            "points: 40",
            "points: 45",
            "another need and the points under 'fits' reach 60; they must stay under 60",
        ),
        (
            "offers",
            "  - id: buddying\n",
            r"    safeguards: \[[^\]]*\]\n",
            "",
            "work of this kind needs at least one safeguard of its own",
        ),
        ("offers", "  - id: buddying\n", r"    begin:\n(      .*\n)+", "", "write under 'begin'"),
        (
            "risk",
            "unguarded:\n",
            "points: 8",
            "points: 1",
            "offer accompaniment reaches 8 points with no safeguard in place",
        ),
        (
            "choice",
            "need:\n",
            "main_fact: fit.main_need",
            "main_fact: fit.needs",
            "allowed: choice",
        ),
        (
            "choice",
            "running:\n",
            "fact: fit.already_running",
            "fact: fit.wants",
            "'fit.wants' has no answer for the offers",
        ),
        (
            "gates",
            "  - id: lived_experience_heard\n",
            r"too_few_to_show: \[service_user\]",
            "too_few_to_show: [service_users]",
            "there is no group 'service_users' (did you mean 'service_user'?)",
        ),
        (
            "gates",
            "  - id: basic_training\n",
            r"except_role_levels: \[advisory\]",
            "except_role_levels: [advice]",
            "except_role_levels",
        ),
        (
            "choice",
            "need:\n",
            "document: doing-peer-work",
            "document: doing-peer-works",
            "there is no source document 'doing-peer-works'",
        ),
        (
            "choice",
            "running:\n",
            "document: doing-peer-work",
            "document: doing-peer-works",
            "there is no source document 'doing-peer-works'",
        ),
        (
            "risk",
            "unguarded:\n",
            "document: doing-peer-work",
            "document: doing-peer-works",
            "there is no source document 'doing-peer-works'",
        ),
        (
            "thresholds",
            "  - id: sd_from\n",
            "value: 10",
            "value: 4",
            "sd_from: found 4; allowed: at least 10",
        ),
    ],
)
def test_what_would_make_advice_unsafe_is_named_with_its_line(
    file: str, entry: str, old: str, new: str, expected: str, tmp_path: Path
) -> None:
    copy = shutil.copytree(INSTALLED.guidance, tmp_path / "guidance")
    path = file_with(entry, copy, file)
    before, found, after = path.read_text(encoding="utf-8").partition(entry)
    assert found
    changed, count = re.subn(old, new, after, count=1)
    assert count == 1
    path.write_text(before + found + changed, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_guidance(library(), folder=copy)
    assert_named(caught.value.problems, expected)
