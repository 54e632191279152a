"""Taking a part out of a text leaves words out, and does nothing else to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.own_words.text_review import shortened
from assessment.services.rounds.changes import NotChangedError

TEXT = "Sam shouts at us.\n\nWe want a rule, and Sam should know it."


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        (
            "[...] shouts at us.\n\nWe want a rule, and [...] should know it.",
            "[…] shouts at us.\n\nWe want a rule, and […] should know it.",
        ),
        ("[…]We want a rule[…]", "[…]We want a rule[…]"),
        ("[...] should know it.", "[…] should know it."),
        ("Sam shouts [. . .]", "Sam shouts […]"),
    ],
)
def test_what_is_left_out_is_marked(typed: str, left: str) -> None:
    assert shortened(TEXT, typed) == left


@pytest.mark.parametrize(
    "typed",
    [
        TEXT,
        "We want a rule, and […] should know it.",
        "Sam shouts at us. […] and Sam should know",
        "[…] does not shout at us. We want a rule, and Sam should know it.",
        "[…] We want no rule, and Sam should know it.",
        "We want a rule […] Sam shouts at us.",
        "[…] Sam […] Sam […] Sam […]",
        "[…]",
        "",
        "  […] . […]",
    ],
)
def test_whatever_else_is_done_to_it_is_refused(typed: str) -> None:
    with pytest.raises(NotChangedError):
        shortened(TEXT, typed)


@given(st.text(st.characters(categories=["L", "P", "Zs"]), min_size=3, max_size=60), st.data())
def test_no_letter_comes_that_was_not_there(text: str, data: st.DataObject) -> None:
    signs = st.sampled_from([*sorted(set(text)), "[...]"])
    typed = "".join(data.draw(st.lists(signs, max_size=30)))
    try:
        left = shortened(text, typed)
    except NotChangedError:
        return
    rest = iter("".join(text.split()))
    assert all(sign in rest for sign in "".join(left.replace("[…]", "").split()))
