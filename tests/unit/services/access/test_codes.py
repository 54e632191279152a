"""Random codes and ids."""

from __future__ import annotations

import pytest

from assessment.services.access.codes import is_id, new_id


def test_a_new_id_is_one() -> None:
    assert is_id(new_id())


@pytest.mark.parametrize(
    "text", ["", "x", "../../etc", "F" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"]
)
def test_nothing_else_is(text: str) -> None:
    assert not is_id(text)
