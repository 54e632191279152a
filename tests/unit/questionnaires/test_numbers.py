"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.numbers import Limits, as_stored, read, shown, written
from questionnaires.problems import Problem

ANY, WHOLE = Limits(), Limits(whole=True)
PEOPLE = Limits(whole=True, minimum=1, maximum=100_000)
HOURS = Limits(minimum=0, maximum=2000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("  12\n", "12"),
        ("007", "7"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        (",5", "0.5"),
        ("0.500", "0.5"),
        ("0,125", "0.125"),
        ("12.50", "12.5"),
        ("1 200", "1200"),
        ("12 500", "12500"),
        ("12\N{NO-BREAK SPACE}500", "12500"),
        ("12\N{NARROW NO-BREAK SPACE}500,75", "12500.75"),
        ("1\N{THIN SPACE}234\N{THIN SPACE}567", "1234567"),
        ("1’200", "1200"),
        ("1'200.50", "1200.5"),
        ("1,200.50", "1200.5"),
        ("1.200,50", "1200.5"),
        ("1,234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("12,34,567", "1234567"),
        ("1,00,000.25", "100000.25"),
        ("١٢", "12"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("१२", "12"),
        ("\N{RIGHT-TO-LEFT MARK}١٢", "12"),
        ("１２，５", "12.5"),
        ("½", "0.5"),
        ("7½", "7.5"),
        ("2 ¼", "2.25"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("+3", "3"),
        ("€ 12 500", "12500"),
        ("12,50 €", "12.5"),
        ("$1,200.00", "1200"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: str) -> None:
    found = read(text, ANY)
    assert not isinstance(found, Problem), found.message
    assert as_stored(found) == number


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("12.500", "12500", "12.5"),
        ("12,500", "12500", "12.5"),
        ("1,200", "1200", "1.2"),
        ("1.234", "1234", "1.2340"),
        ("-1.234", "-1234", "-1.2340"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_for(text: str, first: str, second: str) -> None:
    found = read(text, ANY)
    assert isinstance(found, Problem)
    assert found.in_words("typed") == (
        f"Do you mean {first} or {second}? Please write it in one of these two ways."
    )
    for answer in (first, second):  # what it proposes is taken
        assert isinstance(read(answer, ANY), Decimal)


@pytest.mark.parametrize(
    ("text", "limits", "number"),
    [
        ("1.200", PEOPLE, "1200"),
        ("1,200", PEOPLE, "1200"),
        ("12.0", PEOPLE, "12"),
        ("12,00", PEOPLE, "12"),
        # 12 500 hours are more than there may be.
        ("12.500", HOURS, "12.5"),
        ("1.500", Limits(minimum=100), "1500"),
    ],
)
def test_what_only_one_reading_of_is_possible_is_taken(
    text: str, limits: Limits, number: str
) -> None:
    found = read(text, limits)
    assert not isinstance(found, Problem), found.message
    assert as_stored(found) == number


@pytest.mark.parametrize(
    "text",
    [
        "about 12", "12 people", "12k", "12 thousand", "10-12", "10–12", "10 12", "1 20", "12%",
        "1e3", "12²", "1/2", "⅓", "½½", "1.2.3", "1,2,3", "12.34.567", "1 200 50", "1'20", "5'11",
        "12.", "12,", ".", "-", "- 5", "5-", "--5", "1\n2", "0x10", "1_000", "twelve", "٪", "∞",
        "1,200,50", "1.200.50", "0,500,000", "1 200.500.000", "NaN", "inf", "9" * 61,
        "1, 200", "1 .5", "12:30", "$", "$$5",
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_not_guessed(text: str) -> None:
    found = read(text, ANY)
    assert isinstance(found, Problem)
    assert found.code == "number_unread"
    assert "12 or 7.5" in found.in_words("typed")


@pytest.mark.parametrize(
    ("text", "limits", "sentence"),
    [
        ("7,5", PEOPLE, "Please write a whole number, such as 12."),
        ("0.500", PEOPLE, "Please write 1 or more."),
        ("0", PEOPLE, "Please write 1 or more."),
        # Not 1: nobody writes people with decimals.
        ("1.000", Limits(whole=True, maximum=200), "Please write 200 or less."),
        ("2001", HOURS, "Please write 2\N{NO-BREAK SPACE}000 or less."),
        ("-1", HOURS, "Please write 0 or more."),
        (
            "1234567890123456",
            ANY,
            "Please write a shorter number: at most 15 digits, and 9 after the point.",
        ),
        (
            "0.1234567890",
            ANY,
            "0.123456789",
        ),
        (
            "0.1234567891",
            ANY,
            "Please write a shorter number: at most 15 digits, and 9 after the point.",
        ),
    ],
)
def test_what_is_not_possible_is_told(text: str, limits: Limits, sentence: str) -> None:
    found = read(text, limits)
    if isinstance(found, Problem):
        assert found.in_words("typed") == sentence
    else:
        assert as_stored(found) == sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("12", "12"),
        ("7.5", "7.5"),
        ("1200", "1 200"),
        ("12500.75", "12 500.75"),
        ("-1234567", "-1 234 567"),
        ("1.234", "1.2340"),
        ("-0.5", "-0.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_repeated_so_that_nobody_takes_it_for_another(number: str, words: str) -> None:
    assert shown(Decimal(number)).replace("\N{NO-BREAK SPACE}", " ") == words


NUMBERS = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=3
) | st.integers(-(10**9), 10**9).map(Decimal)
#: How a country groups digits and marks decimals.
CONVENTIONS = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\N{NARROW NO-BREAK SPACE}", ","),
    "ch": ("’", "."),
    "sv": ("\N{NO-BREAK SPACE}", ","),
    "ar": ("٬", "٫"),
    "plain": ("", "."),
    "plain comma": ("", ","),
}
ARABIC, DEVANAGARI = (
    str.maketrans("0123456789", digits) for digits in ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९")
)


def indian(digits: str) -> str:
    head, last = digits[:-3], digits[-3:]
    groups = []
    while head:
        head, groups = head[:-2], [head[-2:], *groups]
    return ",".join([*groups, last])


def formatted(number: Decimal, country: str, decimals: int) -> str:
    """A number as it is written in a country, with so many decimals."""
    sign, digits = ("-" if number < 0 else ""), f"{abs(number):,.{decimals}f}"
    whole, _, rest = digits.partition(".")
    if country == "in":
        return sign + indian(whole.replace(",", "")) + (f".{rest}" if rest else "")
    group, mark = CONVENTIONS[country]
    return sign + whole.replace(",", group) + (mark + rest if rest else "")


@given(
    NUMBERS,
    st.sampled_from([*CONVENTIONS, "in"]),
    st.integers(0, 4),
    st.sampled_from([{}, ARABIC, DEVANAGARI]),
    st.sampled_from([ANY, HOURS, WHOLE, PEOPLE, Limits(minimum=0)]),
)
def test_a_number_in_any_convention_is_read_back_or_refused_and_never_another_one(
    number: Decimal, country: str, decimals: int, digits: dict[int, int], limits: Limits
) -> None:
    if limits.whole:  # which nobody writes with as many decimals as thousands have noughts
        decimals = min(decimals, 2)
    number = round(number, decimals)
    # Of what the question does not take, another reading may be the one that it takes.
    if limits.beyond(number) or (limits.whole and number % 1):
        return
    found = read(formatted(number, country, decimals).translate(digits), limits)
    if isinstance(found, Problem):
        assert found.code in ("number_two_ways", "number_too_long")
    else:
        assert found == number


@given(NUMBERS)
def test_what_is_repeated_is_read_as_the_same_number(number: Decimal) -> None:
    assert read(shown(number), ANY) == read(written(number), ANY) == number
    assert Decimal(as_stored(number)) == number


@given(st.text(max_size=80))
def test_no_text_is_more_than_refused(text: str) -> None:
    found = read(text, ANY)
    assert isinstance(found, Problem | Decimal)
    if isinstance(found, Decimal):
        assert read(written(found), ANY) == found
