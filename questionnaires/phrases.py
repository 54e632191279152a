"""Words for messages and sentences: days, lists, counts, shares, the nearest allowed word.

In English, and in no other place: whoever adds a language begins here. Nothing here follows the
language of the machine, as ``strftime`` does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """ " (did you mean 'x'?)" where an allowed word is close, else nothing."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""


def listing(words: Iterable[str], most: int = 12) -> str:
    """The words with commas, the rest counted."""
    every = list(words)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" and {rest} more" if rest > 0 else "")


def quoted(text: str, most: int = 60) -> str:
    """The text in quotes as it stands in a message: cut if it is long, controls written out."""
    return repr(text if len(text) <= most else f"{text[: most - 3]}...")


def lower(text: str) -> str:
    """The text with a small first letter, to stand within a sentence; "I" and names stay."""
    first = text.split(" ", 1)[0]
    if first == "I" or first.startswith("I'") or (len(first) > 1 and first.isupper()):
        return text
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """The text with a capital first letter, to begin a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words with commas and a last "and" or another word: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, one: str, many: str = "", *, in_words: bool = False) -> str:
    """How many there are of something: ``1 person``, ``3 people``; in words ``three people``.

    Args:
        many: the name of several; that of one with an s if empty.
    """
    name = one if count == 1 else many or f"{one}s"
    return f"{number(count) if in_words else count} {name}"


def number(count: int) -> str:
    """A number within a sentence: small ones as words."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def day(when: date) -> str:
    """A day as people write it: ``3 March 2026``."""
    return f"{when.day} {month(when)}"


def month(when: date) -> str:
    """The month of a day: ``March 2026``."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def days(first: date, last: date) -> str:
    """From one day to another: ``3 March 2026 to 14 March 2026``."""
    return f"{day(first)} to {day(last)}"


def moment(when: datetime) -> str:
    """A moment where it is told: ``Friday 18 December 2026, 3:20pm (Berlin time)``. Midnight is the
    end of a day, as in ``Friday 18 December 2026, midnight (Berlin time)``."""
    day_told = when.date()
    if (when.hour, when.minute) == (0, 0):
        day_told -= timedelta(days=1)
    return f"{WEEKDAYS[day_told.weekday()]} {day(day_told)}, {hour(when)} ({zone_name(when)})"


def hour(when: datetime) -> str:
    """The time of day: ``3:20pm``, ``2am``, ``noon``, ``midnight``."""
    if (when.hour % 12, when.minute) == (0, 0):
        return "noon" if when.hour else "midnight"
    minutes = f":{when.minute:02}" if when.minute else ""
    return f"{when.hour % 12 or 12}{minutes}{'pm' if when.hour >= 12 else 'am'}"


def zone_name(when: datetime) -> str:
    """What people call the time zone of a moment, by the city that it is named after."""
    key = str(when.tzinfo)
    return f"{city(key)} time" if "/" in key else key


def city(time_zone: str) -> str:
    """The city that a time zone is named after: ``Buenos Aires``."""
    return time_zone.rsplit("/", 1)[-1].replace("_", " ")
