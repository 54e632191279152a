"""How long a browser may be left alone before somebody is asked whose answers it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessment.services.access import pauses
from assessment.services.access.pauses import MOST, OWN, SHARED, is_over, tap


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass, for a process that knows nobody yet."""
    now = [1000.0]
    monkeypatch.setattr(pauses.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(pauses, "_taps", type(pauses._taps)())

    def pass_(seconds: float) -> None:
        now[0] += seconds

    return pass_


@pytest.mark.parametrize("own_device", [False, True])
def test_a_pause_is_over_when_nobody_has_tapped_for_its_length(
    wait: Callable[[float], None], own_device: bool
) -> None:
    longest = OWN if own_device else SHARED
    tap("token", own_device=own_device)
    for _ in range(3):  # each tap begins it anew
        wait(longest)
        assert not is_over("token")
    wait(longest + 1)
    assert is_over("token")
    assert is_over("token")  # until somebody says whose the answers are
    tap("token", own_device=own_device)
    assert not is_over("token")


def test_ones_own_device_may_be_left_alone_for_longer() -> None:
    assert OWN > SHARED


@pytest.mark.usefixtures("wait")
def test_a_process_that_has_just_started_asks() -> None:
    assert is_over("token")


@pytest.mark.usefixtures("wait")
def test_a_page_that_saw_no_tap_says_so_and_a_session_that_was_left_is_forgotten() -> None:
    tap("one", own_device=True)
    tap("two", own_device=True)
    pauses.forget("one", "never seen")
    assert is_over("one") and not is_over("two")


@pytest.mark.usefixtures("wait")
def test_whoever_was_quiet_longest_is_forgotten_first_and_no_token_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MOST > 10_000
    monkeypatch.setattr(pauses, "MOST", 2)
    for token in ("one", "two", "three"):
        tap(token, own_device=True)
    assert is_over("one") and not is_over("two") and not is_over("three")
    assert not {"one", "two", "three"} & set(pauses._taps)
