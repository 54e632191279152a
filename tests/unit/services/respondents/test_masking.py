"""What leads to a person is taken out of what somebody wrote; everything else stays as it was."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.respondents.masking import masked

#: From Ofcom's numbers for use in drama, RFC 2606 and RFC 5737: nobody has these.
MASKED = {
    "Ring me on 07700 900 123.": "Ring me on [number].",
    "Tel 0049 (0)30/123-45 67": "Tel [number]",
    "+44 (0)1632 960 001 ext": "[number] ext",
    "my NHS number is 943 476 5919": "my NHS number is [number]",
    "born 12/03/1981": "born [number]",
    "٠٧٧٠٠٩٠٠١٢٣": "[number]",
    "０７７００９００１２３": "[number]",
    "0·7·7·0·0 900123": "[number]",
    "write to anna.b+x@example.co.uk!": "write to [e-mail address]",
    "<anna@example.org>, please": "<[e-mail address]>, please",
    "anna (at) example (dot) org": "[e-mail address]",
    "anna ＠ example.org": "[e-mail address]",
    "müller@exämple.de": "[e-mail address]",
    "see www.example.org/me and https://a.example/c?d=1": "see [web address] and [web address]",
    "it is on example.com": "it is on [web address]",
    "I am @sam_99 there": "I am [profile name] there",
    "I live at 12 Mill Lane": "I live at [address]",
    "at 12b, Old Mill Lane.": "at [address]",
    "Hauptstraße 12b": "[address]",
    "in rue du Port 8": "in [address]",
    "near SW1A 1AA now": "near [address] now",
}
#: Nothing of this leads to anybody.
KEPT = (
    "In 2019 and 2021 we had 12,500 pounds",
    "2 of 10 staff, 3-4 days, 9:30-16:00, 24/7",
    "Step 1. 2. 3.",
    "It was good.Me too",
    "the house on the hill, 5 ways",
    "room 101, 20 beds",
    "I earn £9.50 an hour",
    "= 1+1",
    "<b>Do not</b> & never",
    "Pünktlich um 7 am Platz 3",
)


@pytest.mark.parametrize(("text", "kept"), MASKED.items())
def test_addresses_and_long_numbers_are_taken_out(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize("text", KEPT)
def test_all_else_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=300))
def test_what_is_masked_once_stays_as_it_is(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.integers(10_000, 10**15), st.sampled_from(["", " ", "-", ".", "/", " - "]))
def test_no_long_number_gets_through_however_it_is_divided(number: int, between: str) -> None:
    assert not any(sign.isdigit() for sign in masked(f"It is {between.join(str(number))} now"))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "@",
        "a.",
        "1a ",
        "12 a b c ",
        "www.",
        "a@",
        "(",
        "straße ",
        "rue a b ",
        "1.",
        "[at",
    ],
)
def test_the_longest_text_takes_no_time(piece: str) -> None:
    text = (piece * 4000)[:4000]
    begin = time.perf_counter()
    masked(text)
    # A pattern that goes back and forth would take minutes; a tenth of a second is generous.
    assert time.perf_counter() - begin < 0.5
