"""Where a question is asked: only what applies, with the reason in words, and never for good."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from questionnaires.library import Library, load
from questionnaires.skip_logic import Applies, applies
from tests.support.places import PACKS


@cache
def garden() -> Library:
    with TemporaryDirectory() as folder:
        shutil.copy(PACKS / "asked_if.yaml", folder)
        return load([Path(folder)])


def known(**facts: str) -> Applies:
    return applies(garden(), {f"plot.{name}": value for name, value in facts.items()})


def asked(found: Applies) -> set[str]:
    return {
        i.id for i in found.library.items.values() if i.id.startswith("plot.") and found.asks(i)
    }


# -- one question ------------------------------------------------------------------------------


def test_what_nobody_answered_leaves_nothing_out() -> None:
    assert asked(known()) == {"plot.there", "plot.grows", "plot.beds", "plot.watered"}


def test_a_fact_leaves_out_what_cannot_apply() -> None:
    assert asked(known(there="shared")) == {"plot.there", "plot.grows", "plot.watered"}
    assert asked(known(there="shared", grows="weeds")) == {"plot.there", "plot.grows"}


def test_i_dont_know_leaves_nothing_out() -> None:
    assert asked(known(there="dont_know")) == asked(known())


def test_a_fact_that_does_not_apply_itself_counts_as_unanswered() -> None:
    # The beds were counted before the garden was given up; then they decide nothing.
    before = known(there="own", grows="beans", beds="1")
    assert "plot.watered" not in asked(before)
    after = known(there="shared", grows="beans", beds="1")
    assert "plot.beds" not in after.facts
    assert "plot.watered" in asked(after)


def test_the_earlier_answer_counts_again_when_the_fact_changes_back() -> None:
    given = {"plot.there": "own", "plot.grows": "beans", "plot.beds": "1"}
    first = applies(garden(), given)
    changed = applies(garden(), {**given, "plot.there": "none"})
    assert dict(changed.facts) == {"plot.there": frozenset({"none"})}
    back = applies(garden(), {**given, "plot.there": "own"})
    assert back.facts == first.facts


@pytest.mark.parametrize(
    ("facts", "item", "expected"),
    [
        ({"there": "none"}, "beds", "the answer to “Is there a garden?” is “No”"),
        (
            {"there": "own", "grows": "weeds", "beds": "3"},
            "watered",
            "“Flowers” or “Beans” is not ticked under “What grows there?”; "
            "“Weeds alone” is ticked under “What grows there?”",
        ),
        (
            {"there": "own", "grows": "beans", "beds": "1"},
            "watered",
            "the answer to “How many beds are there?” is 1",
        ),
        ({"there": "own"}, "beds", ""),
        ({}, "beds", ""),
    ],
)
def test_the_reason_is_given_in_words(facts: dict[str, str], item: str, expected: str) -> None:
    assert known(**facts).why_not(garden().items[f"plot.{item}"]) == expected


# -- a whole group -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ({}, False),
        ({"there": "dont_know"}, False),
        ({"there": "none"}, False),
        ({"there": "own"}, True),
    ],
)
def test_a_group_is_asked_only_where_it_is_known_to_hold(
    facts: dict[str, str], is_asked: bool
) -> None:
    found = known(**facts)
    own = next(q for q in garden().questionnaires if q.id == "own-asked-if")
    assert found.asks_group(own, "staff") is is_asked
    assert found.asks_group(own, "working_group")
    listed = {item.id for item in found.items_for("staff")}
    assert ("plot.watered" in listed) is is_asked
