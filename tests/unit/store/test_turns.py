"""Writers take turns in the order in which they came, and nobody waits for ever."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from assessment.store.turns import Turns

#: Long enough for anything that comes at all, seconds.
LONG = 60.0


@pytest.fixture
def at_once() -> Iterator[None]:
    """Threads change places as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def started(run: Callable[[], None]) -> Thread:
    thread = Thread(target=run)
    thread.start()
    return thread


def until_waiting(turns: Turns, number: int) -> None:
    while turns.waiting < number:
        Event().wait(0.001)


def test_who_came_first_is_first_and_one_who_comes_again_is_last() -> None:
    turns, order = Turns(), list[int]()

    def come(number: int) -> None:
        with turns.turn(LONG):
            order.append(number)

    with turns.turn(LONG):
        people = []
        for number in range(8):
            people.append(started(lambda number=number: come(number)))
            until_waiting(turns, number + 1)
    come(99)
    for person in people:
        person.join(LONG)
    assert order == [*range(8), 99]


@pytest.mark.usefixtures("at_once")
def test_there_is_never_more_than_one() -> None:
    turns, inside, most = Turns(), 0, 0

    def come() -> None:
        nonlocal inside, most
        for _ in range(200):
            with turns.turn(LONG):
                inside += 1
                most = max(most, inside)
                inside -= 1

    people = [started(come) for _ in range(8)]
    for person in people:
        person.join(LONG)
    assert (most, inside, turns.waiting) == (1, 0, 0)


def test_whose_patience_ends_is_told_and_the_next_one_has_the_turn() -> None:
    turns = Turns()
    with turns.turn(LONG):
        with pytest.raises(TimeoutError), turns.turn(0.01):
            pytest.fail("two at once")
        assert turns.waiting == 0
    with turns.turn(0):
        pass


def test_a_fault_within_a_turn_ends_it() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.turn(LONG):
        raise KeyError
    with turns.turn(0):
        pass


@pytest.mark.usefixtures("at_once")
def test_patience_that_ends_as_the_turn_comes_loses_no_turn() -> None:
    turns = Turns()

    def come() -> None:
        for _ in range(300):
            try:
                with turns.turn(0.000_05):
                    pass
            except TimeoutError:
                pass

    people = [started(come) for _ in range(6)]
    for person in people:
        person.join(LONG)
    with turns.turn(0):
        pass
    assert turns.waiting == 0
