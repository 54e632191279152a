"""The results in short, for everybody who was invited: what was found, and what may start."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.report.model import Quotation, Report, Task


@dataclass(frozen=True)
class Finding:
    """One thing that was found: the question that it answers, and a line or two."""

    question: str
    finding: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What a report says in short.

    Attributes:
        meta: who answered.
        headline: what may begin and what may not yet, by sentences.
        band: the word for where the organisation is, with what limits it.
        start: what may start, or why nothing may yet; ``start_text`` says what that is.
        steps: the first steps of the start.
        first: what comes first of all, and who does it.
        statements: what groups say in words of their own; there were none before they were kept.
    """

    organisation: str
    meta: str
    headline: tuple[str, ...]
    band: str
    findings: tuple[Finding, ...]
    start: str
    start_text: str
    steps: tuple[Task, ...]
    first: tuple[Task, ...]
    statements: tuple[Quotation, ...] = ()


def summary_of(report: Report) -> Summary:
    """The short form of a report. It holds no figure that the report does not."""
    start = report.start
    return Summary(
        report.organisation,
        report.meta,
        report.headline,
        f"{report.band_title}{report.after_band}".strip().rstrip("."),
        tuple(
            Finding(message.question, message.finding, message.lines)
            for message in report.key_messages
            if message.block != "start" and not message.tasks
        ),
        start.title,
        start.description,
        start.first_steps,
        next((message.tasks for message in report.key_messages if message.tasks), ()),
        report.block("statements").quotations,
    )
