"""The first sheet: the headline, what limits it, what may start, and how to read the rest."""

from __future__ import annotations

from assessment.render.xlsx import styles
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.sheets import gaps, scores
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.model import Report
from assessment.report.wording.flags import flag_in_words
from scoring.rules import bands
from scoring.thresholds import thresholds

WIDTHS = (26, 14, 62)
#: A circle that fills, beside every band word, so that grey print and any eye can read it.
DISCS = {"groundwork": "○", "emerging": "◔", "nearly_ready": "◑", "ready": "●"}

SHEETS = (
    ("Profile", "Each domain and dimension: score, interval, answers, agreement"),
    ("Groups", "Every dimension by every group"),
    ("Gaps", "Where two groups see it differently"),
    ("Distributions", "How the answers to each question spread"),
    ("Boundaries", "What each group would have as the rule"),
    ("Ladders", "How much say people have: now, wanted, and shown by practices"),
    ("Concerns", "What worries people"),
    ("Responses", "What answers the concerns, with sources"),
    ("Gates", "What must be in place before peer work, and why; what is not answered yet"),
    ("Recommendation", "What may start, what else is possible, what the rest waits for"),
    ("Next steps", "The fewest changes that unlock each further offer"),
    ("Risk", "Every risk point with its reason"),
    ("Working group", "Who it is, what it did not agree on, what shows its answers"),
    ("Actions", "What to do about what is weak, with room for names and dates"),
    ("All actions", "Everything that would help, by domain, to tick off"),
    ("Method", "How every figure is worked out, and what it rests on"),
    ("Group figures", "Each group's score, interval, answers and spread"),
    ("Statistics", "For the careful: agreement and reliability"),
)
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


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    profile, report = source.profile, source.report
    page.top("Readiness for peer work", report.headline, f"{report.meta}.")
    if any(flag.flag == "invented" for flag in profile.quality):
        page.line(
            "This organisation is invented, a demonstration. Nobody's real answers are in here.",
            styles.font(bold=True, colour=styles.WARN),
            fill=styles.fill(styles.WARN_WASH),
        )
    disc = f"{DISCS[report.band]} " if report.band else ""
    if source.so_far:
        page.line(
            source.so_far,
            styles.font(bold=True, colour=styles.WARN),
            fill=styles.fill(styles.WARN_WASH),
        )
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
    for name, description in SHEETS:
        page.line(f"{name}: {description}", styles.font(colour=styles.BRAND), link=name)
    scores.domain_chart(page, source)
    gaps.draw(page, source)


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
