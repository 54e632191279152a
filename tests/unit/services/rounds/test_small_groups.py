"""Groups that are too small, and with whom they can be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.rounds.small_groups import LONGEST, PlannedGroup, combined, partners
from questionnaires.reference_data import GROUP_SIDES

MANAGERS = PlannedGroup("manager", "Managers", "manager", 2)
STAFF = PlannedGroup("staff", "Staff", "staff", 9)
VOLUNTEERS = PlannedGroup("1", "Volunteers", "staff", 4)
PEERS = PlannedGroup("peer_worker", "Peer workers", "peer_worker", 3)
EVERY = [MANAGERS, STAFF, VOLUNTEERS, PEERS]


def test_a_group_is_asked_with_others_of_its_own_side_the_smallest_first() -> None:
    assert [one.title for one in partners(MANAGERS, EVERY)] == ["Volunteers", "Staff"]
    assert partners(PEERS, EVERY) == []


def test_two_groups_become_one_that_is_asked_what_the_larger_one_is() -> None:
    both = combined(MANAGERS, STAFF)
    assert (both.title, both.asked_like, both.head_count) == ("Staff and managers", "staff", 11)
    assert combined(STAFF, MANAGERS) == both


def test_the_two_sides_are_never_merged() -> None:
    with pytest.raises(ValueError, match="different sides"):
        combined(PEERS, STAFF)


GROUPS = st.builds(
    PlannedGroup,
    st.text(min_size=1),
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.sampled_from(sorted(GROUP_SIDES)),
    st.integers(1, 1000),
)


@given(GROUPS, st.lists(GROUPS))
def test_whoever_is_offered_can_be_combined(
    group: PlannedGroup, others: list[PlannedGroup]
) -> None:
    for other in partners(group, others):
        both = combined(group, other)
        assert both.side == group.side == other.side
        assert both.head_count == group.head_count + other.head_count
        assert 0 < len(both.title) <= LONGEST
