"""What stands on each sheet after the first, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assessment.render.xlsx.page import Page
from assessment.render.xlsx.sheets.answers import draw_boundaries, draw_distributions, drawn
from assessment.render.xlsx.sheets.concerns import draw_concerns
from assessment.render.xlsx.sheets.gaps import draw_gaps
from assessment.render.xlsx.sheets.groups import shade_groups
from assessment.render.xlsx.sheets.ladders import draw_ladders, explain_steps
from assessment.render.xlsx.sheets.method import explain_method
from assessment.render.xlsx.sheets.recommendation import explain_start, write_certainty
from assessment.render.xlsx.sheets.risk import draw_risk
from assessment.render.xlsx.sheets.scores import draw_dimensions, draw_domains
from assessment.render.xlsx.source import WorkbookSource
from assessment.report.model import Block, Report
from assessment.report.terms import band_starts

Notes = Callable[[Block, WorkbookSource], Iterable[str]]
Write = Callable[[Page, WorkbookSource], None]


@dataclass(frozen=True)
class Sheet:
    """A sheet: a finding as its title, then a table of the report with what belongs to it.

    Attributes:
        about: what the first sheet says of it.
        widths: of the columns; the last one holds for all further columns of the table.
        table: the id of the report's table; empty where it has no such table.
        question, finding: where the block has none.
        notes: what stands below the finding; how it was worked out unless it says more.
        block: what question, finding and notes are from; the report's block with the id of the
            table unless it says another.
        before: what is written above the table.
        after: what is written below the table and drawn beside it, where there is one.
        needs_rows: a table without rows is left out, with its header.
        needs_block: without the block of the table there is no sheet either.
    """

    description: str
    widths: tuple[float, ...]
    table: str = ""
    question: str = ""
    finding: str = ""
    notes: Notes = lambda block, _: block.how
    block: Callable[[WorkbookSource], Block] | None = None
    before: tuple[Write, ...] = ()
    after: tuple[Write, ...] = ()
    needs_rows: bool = False
    needs_block: bool = False

    def stands_in(self, report: Report) -> bool:
        """Whether the workbook of a report has it."""
        return not self.needs_block or bool(report.block(self.table).question)

    def widths_for(self, report: Report) -> tuple[float, ...]:
        """A width for each column."""
        table = report.tables.get(self.table)
        further = len(table.columns) - len(self.widths) if table else 0
        return (*self.widths, *self.widths[-1:] * further)

    def write(self, page: Page, source: WorkbookSource) -> None:
        """Write it, from top to bottom."""
        block = self.block(source) if self.block else source.report.block(self.table)
        question, finding = block.question or self.question, block.finding or self.finding
        page.top(question, finding, *self.notes(block, source))
        for write in self.before:
            write(page, source)
        table = source.report.tables.get(self.table)
        if table is None or (self.needs_rows and not table.rows):
            return
        page.table(table, main=True)
        for write in self.after:
            write(page, source)


def _list_points(page: Page, source: WorkbookSource) -> None:
    """Who the working group is."""
    block = source.report.block("agreed")
    for point in block.points:
        page.point(point)
    if block.table is not None:
        page.gap()


def _explain(*blocks: str) -> Write:
    """Writes how the findings of some blocks were worked out."""

    def write(page: Page, source: WorkbookSource) -> None:
        for name in blocks:
            for sentence in source.report.block(name).how:
                page.line(sentence)

    return write


def _first_answers(source: WorkbookSource) -> Block:
    """The first of those that are drawn, under a question about them all."""
    first = next((part.block for part in drawn(source)), Block("answers", "", ""))
    return replace(first, question="")


def _start(source: WorkbookSource) -> Block:
    start = source.report.start
    why = f"{start.risk_sentence} Rests on: {start.sources}. {start.reason}".strip()
    return Block(
        "start", start.question, " ".join(source.report.headline), how=(start.description, why)
    )


def _notes_on_ladders(_: Block, source: WorkbookSource) -> tuple[str, ...]:
    rungs = source.guidance.ladder(source.library.ladder).rungs
    return (
        source.hidden_note,
        f"Steps from 1 to {len(rungs)}; a group's step is the mean of its people's answers, to the "
        "nearest half. The steps stand below.",
    )


def _notes_on_risk(_: Block, source: WorkbookSource) -> tuple[str, ...]:
    rules = source.guidance.risk
    return (
        f"Up to {rules.low_up_to} points is low, up to {rules.moderate_up_to} moderate, above that "
        "high. A gate that is not met is not also a risk point.",
        rules.reason,
    )


#: What a decision needs first, what it rests on after it, the statistics at the end.
SHEETS = {
    "Profile": Sheet(
        "Each domain and dimension: score, interval, answers, agreement",
        (34, 9, 8, 8, 15, 10, 12, 16, 13, 42),
        table="scores",
        question="What do the answers say?",
        finding="Nothing can be shown yet",
        notes=lambda block, _: (
            block.note,
            "Bold rows are domains; each is the mean of the dimensions below it.",
        ),
        block=lambda source: source.report.block("domains"),
        after=(_explain("domains", "dimensions"), draw_domains, draw_dimensions),
    ),
    "Groups": Sheet(
        "Every dimension by every group",
        (34, 18, 18, 18, 18, 18),
        table="groups",
        question="How does each group see it?",
        finding="No group can be shown",
        notes=lambda _, source: (
            source.hidden_note,
            f"Scores from 0 to 100. Darker is higher: the shade changes at {band_starts()}.",
        ),
        after=(shade_groups, _explain("groups")),
    ),
    "Gaps": Sheet(
        "Where two groups see it differently",
        (32, 30, 30, 15, 9, 9, 30),
        table="gaps",
        question="Where do we see it differently?",
        finding="There are not two groups to compare",
        notes=lambda block, source: (source.hidden_note, *block.how),
        after=(draw_gaps,),
    ),
    "Distributions": Sheet(
        "How the answers to each question spread",
        (62, 18, 13),
        table="answers",
        question="How do the answers spread?",
        finding="Nothing can be shown yet",
        notes=lambda block, source: (source.hidden_note, *block.how),
        block=_first_answers,
        after=(draw_distributions,),
        needs_rows=True,
    ),
    "Boundaries": Sheet(
        "What each group would have as the rule",
        (54, 18, 20, 17, 17, 17, 12),
        table="boundaries",
        question="Where do we draw the line?",
        finding="No boundary can be shown",
        notes=lambda block, source: (source.hidden_note, *block.how, block.note),
        after=(draw_boundaries,),
    ),
    "Also asked": Sheet(
        "What people answered to questions without a score",
        (54, 20, 80, 10),
        table="tallies",
        notes=lambda block, source: (source.hidden_note, *block.how, block.note),
        needs_block=True,
    ),
    "Own words": Sheet(
        "What people wrote, as it may be shown",
        (54, 110),
        table="own_words",
        notes=lambda block, _: block.how,
        needs_block=True,
    ),
    "Statements": Sheet(
        "What groups say in words of their own",
        (26, 110, 40),
        table="statements",
        notes=lambda block, _: block.how,
        needs_block=True,
    ),
    "Ladders": Sheet(
        "How much say people have: now, wanted, and shown by practices",
        (44, 12, 12, 16, 66),
        table="ladder",
        question="How much say do people have?",
        finding="Nobody has said yet how much say people have",
        notes=_notes_on_ladders,
        after=(explain_steps, draw_ladders),
    ),
    "Concerns": Sheet(
        "What worries people",
        (64, 18, 18, 14),
        table="concerns",
        question="What worries people, and what answers it?",
        finding="No concern can be shown",
        notes=lambda _, source: (
            source.hidden_note,
            "Shares of those who answered, to the nearest tenth and therefore in words. A serious "
            "concern is also counted under some or serious. Concerns differ by group.",
        ),
        after=(draw_concerns,),
    ),
    "Responses": Sheet(
        "What answers the concerns, with sources",
        (30, 11, 26, 48, 36, 26),
        table="responses",
        question="What answers the concerns?",
        finding="A ready response to each concern, to say in your own words",
        notes=lambda *_: (
            "A concern is a good question, not a fault. It changes no score and closes no offer.",
        ),
        needs_rows=True,
    ),
    "Gates": Sheet(
        "What must be in place before peer work, and why; what is not answered yet",
        (14, 28, 26, 46, 32, 26),
        table="gates",
        notes=lambda block, _: (
            "Nothing makes up for a gate that is not in place: each is asked for by itself. Not in "
            "place is no blame; it is what to do first.",
            block.note,
        ),
    ),
    "Recommendation": Sheet(
        "What may start, what else is possible, what the rest waits for",
        (17, 28, 24, 18, 9, 9, 56, 28),
        table="offers",
        block=_start,
        before=(write_certainty,),
        after=(explain_start,),
    ),
    "Next steps": Sheet(
        "The fewest changes that unlock each further offer",
        (36, 18, 11, 64, 12, 18, 44),
        table="next",
        question="What comes next?",
        notes=lambda *_: (
            "For each offer that is not possible yet and could be: the fewest changes after which "
            "it is. The nearest comes first. Each list was tried out by evaluating again.",
        ),
        block=lambda source: Block("next", "", source.report.next_sentence),
        needs_rows=True,
    ),
    "Risk": Sheet(
        "Every risk point with its reason",
        (32, 18, 12, 60, 40),
        table="risk",
        question="What could go wrong?",
        finding="Building involvement exposes nobody to the risks of peer work",
        notes=_notes_on_risk,
        block=lambda source: Block("risk", "", source.report.start.risk_sentence),
        after=(draw_risk,),
    ),
    "Working group": Sheet(
        "Who it is, what it did not agree on, why it answers so and what shows it",
        (64, 34, 44, 62),
        table="agreed",
        question="What did the working group decide?",
        finding="Nothing is noted beside its answers",
        before=(_list_points,),
    ),
    "Before agreement": Sheet(
        "How its members saw it alone, before they agreed",
        (64, 44, 34),
        table="before_agreement",
        needs_block=True,
    ),
    "Agreed and claimed": Sheet(
        "What others say of the same practices, the largest difference first",
        (64, 34, 24, 34, 12),
        table="claimed",
        needs_block=True,
    ),
    "Actions": Sheet(
        "What to do about what is weak, with room for names and dates",
        (6, 24, 24, 48, 26, 12, 16, 12, 36, 22),
        table="actions",
        question="What do we do next, and who?",
        finding="Nothing is weak enough to need an action now",
        notes=lambda block, _: (*block.how, "The two empty columns are yours to fill in."),
    ),
    "All actions": Sheet(
        "Everything that would help, by domain, to tick off",
        (7, 58, 60, 14, 20, 14),
        table="all_actions",
        question="What else would help?",
        finding="Nothing can be listed before somebody has answered",
        needs_rows=True,
    ),
    "Method": Sheet(
        "How every figure is worked out, and what it rests on",
        (32, 100, 12, 14),
        question="How is this worked out?",
        finding="From published figures only, each step in words",
        notes=lambda *_: (
            "Thresholds are our judgement where no source gives them; nothing here is a validated "
            "norm. The lowest of several scores tends to look a little too low.",
        ),
        before=(explain_method,),
    ),
    "Group figures": Sheet(
        "Each group's score, interval, answers and spread",
        (34, 34, 10, 10, 10, 12, 12, 14),
        table="figures",
        question="What are the figures behind each group's score?",
        finding="Each group's figures, dimension by dimension",
        notes=lambda _, source: (
            source.hidden_note,
            "Spread is the standard deviation of the people's scores, points. It stays empty where "
            "so few answered that it could tell what each of them said.",
        ),
    ),
    "Statistics": Sheet(
        "For the careful: agreement and reliability",
        (34, 14, 10, 10, 10, 10, 10, 12, 42),
        table="statistics",
        question="For the careful",
        finding="How far answers agree, and how well questions hang together",
        notes=lambda *_: (
            "By person: the mean weighted by people instead of by groups. AD: how far answers lie "
            "from their mean, in steps of the scale. r*wg: 1 is full agreement, 0 what chance "
            "would give. Alpha: how well the questions of a dimension hang together, with Feldt's "
            "interval, from 20 complete answers on.",
        ),
        block=lambda source: source.report.block("annex"),
        after=(_explain("annex"),),
    ),
}
