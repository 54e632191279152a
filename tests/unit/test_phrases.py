"""Days, lists and counts in words, the same on every machine."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from questionnaires.phrases import counted, day, days, listed, moment, month, zone_name

ROOT = Path(__file__).resolve().parents[2]
#: Directives that follow the language of the machine, as ``strftime`` and format strings have them.
BY_LANGUAGE = re.compile(r"%[-#^_0]?[aAbBcpxX]\b")


class Foreign(date):
    """A day on a machine of another language: what follows the machine cannot be used."""

    def __format__(self, code: str) -> str:
        raise AssertionError(f"{code!r} follows the language of the machine")

    strftime = __format__


def test_a_day_reads_the_same_whatever_the_language_of_the_machine() -> None:
    assert day(Foreign(2026, 3, 3)) == "3 March 2026"
    assert month(Foreign(2026, 12, 31)) == "December 2026"
    assert days(Foreign(2026, 5, 1), Foreign(2026, 5, 14)) == "1 May 2026 to 14 May 2026"
    year = {day(Foreign(2026, 1, 1) + timedelta(at)).split()[1] for at in range(365)}
    assert len(year) == 12 and "October" in year


def test_no_module_writes_days_in_the_language_of_the_machine() -> None:
    sources = [p for top in ("assessment", "questionnaires", "scoring") for p in ROOT.glob(top)]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for source in sources
        for path in source.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if BY_LANGUAGE.search(line) or ".strftime(" in line
    ]
    assert not found


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_has_commas_and_a_last_and(words: list[str], text: str) -> None:
    assert listed(words) == text
    assert listed(words, "or") == text.replace("and", "or")


def test_a_count_names_one_or_several() -> None:
    assert counted(1, "person", "people") == "1 person"
    assert counted(0, "person", "people") == "0 people"
    assert counted(3, "question") == "3 questions"
    assert counted(3, "change", in_words=True) == "three changes"
    assert counted(1, "change", in_words=True) == "one change"
    assert counted(13, "change", in_words=True) == "13 changes"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-12-19T00:00", "Friday 18 December 2026, midnight (Berlin time)"),
        ("2026-12-18T15:20", "Friday 18 December 2026, 3:20pm (Berlin time)"),
        ("2026-12-18T02:00", "Friday 18 December 2026, 2am (Berlin time)"),
        ("2026-12-18T12:00", "Friday 18 December 2026, noon (Berlin time)"),
        ("2026-12-18T12:05", "Friday 18 December 2026, 12:05pm (Berlin time)"),
        ("2026-12-18T00:05", "Friday 18 December 2026, 12:05am (Berlin time)"),
        ("2027-01-01T00:00", "Thursday 31 December 2026, midnight (Berlin time)"),
    ],
)
def test_a_moment_is_told_with_its_weekday_its_hour_and_its_place(when: str, words: str) -> None:
    then = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert moment(then) == words


def test_a_place_is_the_city_of_its_time_zone() -> None:
    for zone, words in (
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
    ):
        assert zone_name(datetime(2026, 1, 1, tzinfo=ZoneInfo(zone))) == words
