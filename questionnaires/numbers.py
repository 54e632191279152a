"""Numbers as people type them, in the ways of many countries, and never guessed.

``7,5``, ``1 200``, ``1’200.50`` and ``١٢`` are read. What can be read in two ways, such as
``12.500``, is not, unless the question allows only one of the two; nor is a number with words
beside it, since words change it ("12 thousand", "under 12").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from questionnaires.problems import Place, Problem

#: What divides the whole part from the rest: the point, the comma, and the Arabic mark.
DECIMAL_MARKS = ".,٫"
#: What people put between groups of digits; every blank and apostrophe has become one of them.
GROUP_MARKS = ".,٬ '"
APOSTROPHES = "’‘ʼ´＇"
FULL_WIDTH = str.maketrans("．，－", ".,-")
#: Fractions that have a sign of their own, and an end.
FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
#: A longer text is no number.
LONGEST = 60
MOST_DIGITS, MOST_DECIMALS = 15, 9
#: Four digits and more are shown in groups, with a blank that does not break: nobody takes it for
#: a decimal mark.
GROUPING = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Limits:
    """What numbers a question takes; None where there is no end."""

    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def beyond(self, value: Decimal) -> Problem | None:
        """Why a number is too small or too large; None where it is neither."""
        for code, limit in (("number_too_small", self.minimum), ("number_too_large", self.maximum)):
            if limit is None:
                continue
            over = value - Decimal(str(limit))
            if over < 0 if code == "number_too_small" else over > 0:
                details = {"or_label": "", "limit": shown(Decimal(str(limit)))}
                return Problem(code, Place(), written(value), details=details)
        return None

    def problem(self, value: Decimal) -> Problem | None:
        """Why a number is not taken; None where it is."""
        if self.whole and value % 1:
            return Problem("number_not_whole", Place(), as_stored(value), details={"or_label": ""})
        return self.beyond(value)


def read(text: str, limits: Limits) -> Decimal | Problem:
    """The number that somebody typed, or why it cannot be told, without a place.

    Args:
        text: as it was typed, with blanks around it or not, but not empty.
    """
    found = _readings(text)
    if limits.whole:
        # Nobody writes heads with three decimals: there ``1.200`` and ``1.000`` are thousands.
        found = found[:1]
    if not found:
        details = {"or_label": "", "example": "12" if limits.whole else "12 or 7.5"}
        return Problem("number_unread", Place(), text.strip(), details=details)
    possible = [value for value in found if limits.beyond(value) is None]
    if len(possible) > 1:
        first, second = map(written, possible)
        details = {"or_label": "", "first": first, "second": second}
        return Problem("number_two_ways", Place(), text.strip(), details=details)
    if not possible:
        beyond = limits.beyond(found[0])
        assert beyond is not None
        return beyond
    value = possible[0]
    if problem := limits.problem(value):
        return replace(problem, found=text.strip())
    whole, _, decimals = written(value).lstrip("-").partition(".")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        return Problem("number_too_long", Place(), text.strip(), details={"or_label": ""})
    return value


def as_stored(value: Decimal) -> str:
    """A number as answers carry it: digits, with a point before decimals, if it has any."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def written(value: Decimal) -> str:
    """A number as anybody may type it: it can be read in one way only."""
    plain = as_stored(value)
    return f"{plain}0" if len(plain.partition(".")[2]) == 3 else plain


def shown(value: Decimal) -> str:
    """A number as it is repeated to the person who typed it: ``12 500``, ``7.5``."""
    whole, point, decimals = written(value).partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.lstrip("-")
    return sign + f"{int(digits):,}".replace(",", GROUPING) + point + decimals


def _readings(text: str) -> list[Decimal]:
    """Every number that a text can stand for, the one with groups of digits first."""
    if len(text) > LONGEST:
        return []
    plain = _plain(text)
    sign = plain[:1] if plain[:1] in ("-", "+") and plain[1:2].strip() else ""
    whole, fraction = plain[len(sign) :], ""
    if whole[-1:] in FRACTIONS:
        fraction, whole = FRACTIONS[whole[-1]], whole[:-1].rstrip()
        candidates: list[tuple[str, str]] = [(whole, fraction)]
    else:
        candidates = [(whole, ""), *_divided(whole)]
    found = []
    for digits, decimals in candidates:
        integer = _ungrouped(digits) if digits or not decimals else "0"
        if integer is None:
            continue
        value = Decimal(f"{sign}{integer}.{decimals or 0}")
        if value not in found:
            found.append(value)
    return found


def _plain(text: str) -> str:
    """A text with digits, blanks and marks in one form, without what cannot be seen and without
    a sign of money at either end."""
    signs = []
    for sign in text.translate(FULL_WIDTH):
        category = unicodedata.category(sign)
        if category == "Cf":  # directions, joiners: on paper they are not there
            continue
        if category == "Nd":
            signs.append(str(unicodedata.decimal(sign)))
        elif category == "Zs" or sign == "\t":
            signs.append(" ")
        else:
            signs.append("'" if sign in APOSTROPHES else "-" if sign == "−" else sign)
    plain = "".join(signs).strip()
    for end in (0, -1):
        if plain and unicodedata.category(plain[end]) == "Sc":
            plain = (plain[1:] if end == 0 else plain[:-1]).strip()
            break
    return plain


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Whole part and decimals, by each mark that can divide them."""
    for mark in DECIMAL_MARKS:
        whole, _, decimals = text.partition(mark)
        if re.fullmatch("[0-9]+", decimals):
            yield whole, decimals


def _ungrouped(text: str) -> str | None:
    """The digits of a whole number, in groups or not; None where it is none. Groups are three
    digits each, in India two before the last three."""
    if re.fullmatch("[0-9]+", text):
        return text
    for mark in GROUP_MARKS:
        between = re.escape(mark)
        threes = f"[1-9][0-9]{{0,2}}({between}[0-9]{{3}})+"
        twos = "[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}"
        if re.fullmatch(threes, text) or (mark == "," and re.fullmatch(twos, text)):
            return text.replace(mark, "")
    return None
