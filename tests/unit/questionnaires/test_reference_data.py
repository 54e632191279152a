"""What stands in groups.yaml, and which mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires import reference_data
from questionnaires.content_folder import INSTALLED
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES, RESERVED_GROUPS
from tests.support.content_files import read_reference_from

VOLUNTEERS = (
    "groups:\n  - id: volunteer\n    title: Volunteers\n    one: volunteer\n"
    "    side: organisation\n    description: They help.\n"
)


def test_every_group_has_a_title_and_no_name_with_a_meaning_of_its_own() -> None:
    assert [*GROUP_SIDES, "working_group"] == [g for g in GROUP_TITLES if g not in RESERVED_GROUPS]
    assert {g for g in GROUP_TITLES if g in RESERVED_GROUPS} <= set(RESERVED_GROUPS)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", VOLUNTEERS + "    asked_like: staff\n", None),
        ("", VOLUNTEERS + "    asked_like: staf\n", "did you mean 'staff'"),
        ("", VOLUNTEERS + "    asked_like: service_user\n", "allowed: staff, manager, board"),
        ("", VOLUNTEERS.replace("volunteer\n", "other\n", 1), "a meaning of its own"),
        ("", VOLUNTEERS.replace("    one: volunteer\n", ""), "write its side"),
        ("  other: ", "  others: ", "did you mean 'other'"),
        ("- id: working_group", "- id: working_grp\n    side: organisation", "write its side"),
        ("  - id: working_group\n    title:", "  #", "'working_group' is missing"),
    ],
)
def test_a_mistake_in_the_groups_is_named(
    old: str, new: str, expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (INSTALLED.reference / "groups.yaml").read_text(encoding="utf-8")
    file = tmp_path / "groups.yaml"
    text = text.replace("groups:\n", new, 1) if not old else text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    read_reference_from(tmp_path, monkeypatch)
    found = reference_data.read_groups()
    if expected is None:
        assert not found.problems
        assert found.groups["volunteer"].asked_like == "staff"
        assert found.titles["volunteer"] == "Volunteers"
        return
    texts = [str(problem) for problem in found.problems]
    assert any(expected in text and "groups.yaml:" in text for text in texts), texts
    assert not found.groups
