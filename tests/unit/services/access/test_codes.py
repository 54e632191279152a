"""Random codes and ids."""

from __future__ import annotations

import pytest

from assessment.services.access import codes
from assessment.services.access.codes import is_id, new_code, new_id


def test_a_new_id_is_one() -> None:
    assert is_id(new_id())


@pytest.mark.parametrize(
    "text", ["", "x", "../../etc", "F" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"]
)
def test_nothing_else_is(text: str) -> None:
    assert not is_id(text)


def test_a_code_that_somebody_comes_by_is_made_slowly_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code, other = new_code(), new_code()
    first = codes.opened_lately(code)
    assert first == codes.opened(code) != codes.opened_lately(other)
    monkeypatch.setattr(codes, "Argon2id", None)  # nothing is made any more
    # However it is typed.
    assert codes.opened_lately(code.lower().replace("-", " ")) is first
    monkeypatch.setattr(codes, "derived", lambda _: b"the secret of another installation")
    with pytest.raises(TypeError):
        codes.opened_lately(code)
