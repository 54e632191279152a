"""The first sheet: the headline, what limits it, what may start, and how to read the rest."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.exchange.xlsx import styles
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.sheets.gaps import draw_gaps
from assessment.render.xlsx.sheets.scores import draw_domains
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.model import Report
from assessment.report.wording.flags import flag_in_words
from scoring.rules import bands
from scoring.thresholds import thresholds

#: A circle that fills, beside every band word, so that grey print and any eye can read it.
DISCS = {"groundwork": "○", "emerging": "◔", "nearly_ready": "◑", "ready": "●"}
INVENTED = "This organisation is invented, a demonstration. Nobody's real answers are in here."
READING = (
    "A cell with words instead of a number is not shown, so that nobody can be recognised, or was "
    "not asked. It enters no other figure either.",
    "Use it to talk, not to rank: where groups differ, ask each what it sees.",
)
PRINTING = (
    "For a meeting, print Summary, Profile, Gaps, Recommendation, Next steps and Actions: a few "
    "pages each. The other sheets are for looking things up. The numbers behind the charts are on "
    "the hidden sheet 'Chart data'."
)


def write_summary(page: Page, source: WorkbookSource, others: Mapping[str, str]) -> None:
    """Write the sheet.

    Args:
        others: what stands on the other sheets, by their titles.
    """
    profile, report = source.profile, source.report
    page.top("Readiness for peer work", " ".join(report.headline), f"{report.meta}.")
    if any(flag.flag == "invented" for flag in profile.quality):
        bold = styles.font(bold=True, colour=styles.WARN)
        page.line(INVENTED, bold, fill=styles.fill(styles.WARN_WASH))
    disc = f"{DISCS[report.band]} " if report.band else ""
    page.line(
        f"{disc}{report.band_title}{report.after_band}.",
        styles.font(12, bold=True, colour=styles.BRAND),
    )
    _briefs(page, report)
    for name in ("domains", "concerns"):
        if finding := source.report.block(name).finding:
            page.line(f"{finding}.")
    page.heading("Who answered")
    who = source.report.block("respondents")
    if who.table is not None:
        page.table(who.table)
    if profile.quality:
        page.heading("What to keep in mind")
        for flag in profile.quality:
            page.line(f"–  {flag_in_words(flag, profile)}")
    page.heading("How to read this")
    for sentence in (*_scores_in_words(), *READING):
        page.line(sentence)
    page.end_print()  # links are of no use on paper
    page.heading("What is on the other sheets")
    page.line(PRINTING)
    for name, about in others.items():
        page.line(f"{name}: {about}", styles.font(colour=styles.BRAND), link=name)
    draw_domains(page, source)
    draw_gaps(page, source)


def _scores_in_words() -> tuple[str, str]:
    """How to read bands and ranges, with the thresholds in use."""
    first, second, third = bands.starts()
    return (
        f"Scores run from 0 to 100. Groundwork is under {first}, Emerging under {second}, Nearly "
        f"ready under {third}, Ready from {third} on. These thresholds are our judgement; nothing "
        "here is a validated norm.",
        f"From and To allow for chance in who answered ({thresholds().confidence_level:.0%}); "
        "whoever did not answer may see it differently. What the working group agreed has no "
        "range.",
    )


def _briefs(page: Page, report: Report) -> None:
    """The four short answers of the first screen."""
    for brief in report.key_messages:
        page.heading(brief.question, f"{brief.finding}.")
        if brief.chips:
            page.line(" · ".join(brief.chips))
        for sentence in brief.lines:
            page.line(sentence)
        for number, doing in enumerate(brief.tasks, 1):
            page.line(f"{number}.  {doing.what}" + (f" ({doing.who})" if doing.who else ""))
    page.line(f"{report.next_sentence}.")
