"""How every figure is worked out, which questionnaires and sources stand behind it."""

from __future__ import annotations

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.tables import Column, table
from questionnaires.model import Questionnaire
from scoring.rules import bands
from scoring.statistics.estimates import quantile
from scoring.thresholds import thresholds


def explain_method(page: Page, source: WorkbookSource) -> None:
    """Each figure in words, then the questionnaires and the sources."""
    page.table(table("method", ("What", "How"), _steps(source).items()), main=True)
    page.heading("Questionnaires")
    counts = Column("Version", "whole"), Column("Questions", "whole")
    asked = source.library.questionnaires
    rows = ((_title(q), q.description, q.version, len(q.items())) for q in asked)
    page.table(table("questionnaires", ("Questionnaire", "What it asks", *counts), rows))
    page.heading("Sources")
    sources = (
        (s.title, f"{s.description} {s.publisher}.", None, str(s.year) if s.year else None)
        for s in source.library.sources.values()
    )
    page.table(table("sources", ("Source", "What it is", "", "Year"), sources))


def _title(questionnaire: Questionnaire) -> str:
    text = questionnaire.title
    return text.default or text.organisation or next(iter(text.variants().values()))


def _steps(source: WorkbookSource) -> dict[str, str]:
    minimum = source.profile.partition.minimum
    limits = thresholds()
    level, normal = f"{limits.confidence_level:.0%}", f"{quantile(float('inf')):.2f}"
    first, second, third = bands.starts()
    rules = source.guidance.risk
    return {
        "Answer": "Each answer on a scale has points from 0 to 100. Don't know, does not apply and "
        "prefer not to say are never points.",
        "A person on a dimension": "The mean of the answers, if at least half of the questions "
        "that apply were answered; else no score.",
        "A group on a dimension": "The mean of its people. Share of don't know = don't know / "
        "(don't know + answers on the scale). How far people lie apart is told, and used, from "
        f"{limits.sd_from} people on; of a single question from {limits.sd_of_one_item_from} and "
        f"of two practices from {limits.sd_of_two_short_items_from}. With fewer it could tell what "
        "they answered. The score of a single question is told in half steps of its scale until "
        "then.",
        "From and To": f"{level} interval: mean ± t(n - 1) · s / √n · √(1 - n/N), cut to 0 and "
        f"100; s is how far people lie apart, at least {limits.sd_floor:g} points, N the group's "
        "head count (unknown: the last factor is 1; more replies than heads: 0). Where s is not "
        f"told: mean ± {normal} · {limits.sd_unless_published:g} / √n · √(1 - n/N). None with "
        f"fewer than {limits.interval_from} people. It allows for chance in who answered, not for "
        "whoever stayed away and sees it differently.",
        "Total of a dimension": "Half for lived experience and half for the organisation, equal "
        "within each side, unless other weights were set; over the groups that are shown. Its "
        "interval after Welch and Satterthwaite; a group without a told s has infinite degrees of "
        "freedom.",
        "Agreed and claimed": "Where the working group agreed at least half of a dimension's "
        "practices, its answer is the score, without an interval. What others claim stands beside "
        "it.",
        "Domain": "The mean of its dimensions, but a band at most one above its weakest critical "
        "dimension; the principles and the culture at most one band above what people with lived "
        "experience alone say.",
        "Overall": "The lowest domain, participation excepted. What every offer needs and is not "
        "met can hold the band down further. No band where nobody with lived experience is shown "
        "in the principles or the culture.",
        "Bands": f"Groundwork under {first}, Emerging from {first}, Nearly ready from {second}, "
        f"Ready from {third}. Uncertain where the ends of the interval lie in different bands.",
        "Agreement": f"Divided: at least {limits.divided_share:.0%} of the people at or below "
        f"{limits.low_end:g} and as many at or above {limits.high_end:g}. Shared: answers lie on "
        "average at most a sixth of the scale's steps from their mean. Else mixed. Told from "
        f"{limits.agreement_from} people on, of two questions from "
        f"{limits.agreement_of_two_items_from} and of a single one from "
        f"{limits.sd_of_one_item_from}.",
        "Gaps": f"Clear: at least {limits.clear_gap_from} points apart and an interval after "
        "Welch, widened for the number of pairs, that leaves out zero. Worth talking about: not "
        f"clear, at least {limits.possible_gap_from} points apart, and its own interval leaves out "
        "zero. From and To are of that interval. Nothing else is told as a gap. In a sentence "
        "stands only a gap that is clear also where the interval is widened for every pair of "
        "every dimension, and that does not rest on one question or two practices of few people.",
        "Ladder": "Mean step by group, to the nearest half. Shown by practices: the highest step "
        "all of whose practices, and those of the steps below, are in place.",
        "Risk": "Points for what an offer's tasks expose people to, for working without staff, and "
        f"for safeguards that are missing. Up to {rules.low_up_to} low, up to "
        f"{rules.moderate_up_to} moderate. {rules.reason}",
        "The start": "Among offers whose gates are met, that answer a stated need and are not too "
        f"risky: the best fit within the lowest risk. {source.guidance.choice.need.reason}",
        "What is not shown": f"A group with fewer than {minimum} replies has no number; its count "
        f"of replies is told where it has at least {minimum} people. A cell needs {minimum} "
        "answers on the scale. Scores are whole points, steps of the ladder halves, shares tenths; "
        "everything else is worked out from these rounded figures and nothing finer.",
    }
