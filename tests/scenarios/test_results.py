"""What the results say, sentence by sentence: ``tests/scenarios/results.yaml``."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.render.text import report_text
from assessment.report.build import build_report
from assessment.report.model import Report
from assessment.report.round_details import Round, Team
from scoring.profile import profile
from scoring.result import Result, noted_answers
from tests.support.organisations import guidance, merged, read
from tests.support.reports import walk
from tests.support.scenarios import FILES, base

SENTENCES = [pytest.param(entry, id=entry["name"]) for entry in FILES["results"]["sentences"]]
#: The annex is for the careful: figures have their place there.
ANNEX = "annex"


def report_for(entry: dict[str, Any]) -> Report:
    """The report of an entry's organisation."""
    answers = read(merged(base(entry["starts_from"]), entry))
    found = profile(answers, guidance())
    known = entry.get("round", {})
    team = Team(**known["team"]) if "team" in known else None
    start = found.recommendation.start.offer.id
    certain = {start: entry.get("certain", 1.0)}
    result = Result(found, certain, guidance(), noted_answers(answers))
    return build_report(result, Round(known.get("closed", False), team=team))


def words(of: Report) -> str:
    """Everything that is told, but for the annex."""
    parts: list[Any] = [f"{of.band_title}{of.band_sentence}"]
    parts += [part for name, part in vars(of).items() if name not in ("blocks", "result")]
    parts += [block for block in of.blocks if block.id != ANNEX]
    return "\n".join(text for part in parts for text in walk(part) if isinstance(text, str))


@pytest.mark.parametrize("entry", SENTENCES)
def test_the_results_say_it_truly(entry: dict[str, Any]) -> None:
    of = report_for(entry)
    text = words(of)
    assert [sentence for sentence in entry["says"] if sentence not in text] == []
    assert [sentence for sentence in entry.get("never", ()) if sentence in text] == []
    assert report_text(of)
