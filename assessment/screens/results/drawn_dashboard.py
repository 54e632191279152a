"""A dashboard as it is drawn: once, then kept. A rerun only puts it on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup

from assessment.render.result_json import dumps, result_json
from assessment.report.basics import with_peer_workers
from assessment.report.blocks.distributions import of_group
from assessment.report.model import AnswerBlock, Report
from assessment.screens.results.cards import Card, card, stacked_cards
from assessment.screens.results.explained import dimension_explained, domains_explained
from assessment.screens.results.first_screen import first_screen
from assessment.screens.results.start_card import start_card
from assessment.screens.shared import markup
from assessment.screens.shared.links import talk_card
from questionnaires.content_folder import use

#: The cards below the first screen, in their order.
ORDER = (
    *("start", "path", "blocked", "kinds"),
    *("gates", "domains", "dimensions"),
    *("gaps", "groups", "statements", "answers", "ladder", "boundaries", "tallies"),
    *("own_words", "talk"),
    *("actions", "all_actions", "concerns"),
    *("agreed", "before_agreement", "claimed", "respondents", "quality", "annex", "take-away"),
)
#: Where one is: the places that the head names, each with what follows it.
PLACES = (
    ("start", "The start"),
    ("gates", "Holding back"),
    ("dimensions", "All scores"),
    ("gaps", "Differences"),
    ("statements", "Statements"),
    ("answers", "The answers"),
    ("ladder", "Say"),
    ("boundaries", "Limits"),
    ("tallies", "Also asked"),
    ("own_words", "Own words"),
    ("actions", "First things"),
    ("all_actions", "Whole list"),
    ("concerns", "Worries"),
    ("agreed", "Agreed"),
    ("respondents", "Who answered"),
    ("annex", "Annex"),
    ("take-away", "Files"),
)
EVERYBODY = "All groups"
#: Thirty explanations would double the page, for numbers that few readers ask about at once.
ELSEWHERE = Markup(
    '<p class="pw-more-link"><a href="#answers" target="_self">Open a number</a></p>'
)
ASKED = Markup('<p class="pw-question">What did people answer?</p>') + markup.muted(
    "Choose what it is about: its answers stand below, and its number opens."
)

PRINT = markup.muted(
    "Print this page, or save it as a PDF: the reasons stand open on paper. How numbers are worked "
    "out, tables, and answers beyond the three most common worries are printed where you have "
    "opened them."
) + Markup(
    '<p class="pw-buttons"><button type="button" class="pw-button pw-quiet" data-print-page>'
    "Print this page</button></p>"
)


@dataclass(frozen=True)
class Drawn:
    """A report as it is put on the page, from the top to the foot."""

    head: Markup
    places: Markup
    before_answers: Markup
    after_answers: Markup


@dataclass(frozen=True)
class Dashboard:
    """A report, and its cards as they were drawn. Published figures only.

    Attributes:
        sheet_at: where the conversation sheet for peer workers is; empty for no way to it.
        sheet_why: why there is one.
    """

    report: Report
    sheet_at: str = ""
    sheet_why: str = ""
    _opened: dict[str, Markup] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nobody has answered anything."""
        profile = self.report.result.profile
        return not profile.respondents and not profile.evidence.practices

    @property
    def organisation(self) -> str:
        return self.report.organisation

    def workbook(self) -> bytes:
        """The results workbook; made when it is asked for."""
        from assessment.render.xlsx import write_workbook  # noqa: PLC0415  openpyxl is slow

        return write_workbook(self.report)

    def json(self) -> str:
        """The result as other programs read it."""
        return dumps(result_json(self.report.result, self.report.round))

    @cached_property
    def drawn(self) -> Drawn:
        """The page; drawn once."""
        with use(self.report.result.library.content):
            return _draw(self)

    @cached_property
    def choices(self) -> dict[str, str]:
        """The dimensions that open, by their ids: their answers, their number, or both."""
        profile = self.report.result.profile
        library = profile.evidence.library
        scored = {name for name, found in profile.dimensions.items() if found.score is not None}
        return {
            dimension.id: f"{dimension.title} ({library.domains[dimension.domain].title.lower()})"
            for dimension in library.dimensions.values()
            if dimension.id in self._entries.keys() | scored
        }

    @cached_property
    def first_choice(self) -> str:
        """The dimension with the largest gap between groups, else the first; empty where there is
        none."""
        gaps = [gap.dimension for gap in self.report.result.profile.gaps]
        return next((name for name in (*gaps, *self.choices) if name in self.choices), "")

    def groups(self, dimension: str) -> dict[str, str]:
        """Whose answers to a dimension can be seen apart."""
        entry = self._entries.get(dimension)
        bars = (bar for row in entry.rows for bar in row.bars) if entry else ()
        return {EVERYBODY: EVERYBODY} | {bar.group: bar.title for bar in bars if bar.shares}

    def opened(self, dimension: str, group: str) -> Markup:
        """How the answers to a dimension spread, and how its number came about.

        Args:
            group: the answers of this group alone, or of all groups; those are kept.
        """
        with use(self.report.result.library.content):
            if group != EVERYBODY:
                return self._open(dimension, group)
            if dimension not in self._opened:
                self._opened[dimension] = self._open(dimension, group)
            return self._opened[dimension]

    def _open(self, dimension: str, group: str) -> Markup:
        explained = dimension_explained(self.report.result.profile, dimension)
        entry = self._entries.get(dimension)
        if entry is None:
            finding = "Nobody's answers to this can be shown; the number rests on what was agreed"
            return markup.heading("", finding) + explained
        block = (
            entry.block
            if group == EVERYBODY
            else of_group(entry, group, self.report.result.profile.context)
        )
        return card(replace(block, question="")).html + explained

    @cached_property
    def _entries(self) -> dict[str, AnswerBlock]:
        return {entry.id: entry for entry in self.report.answer_blocks}


def banner(organisation: str) -> Markup:
    """Says that an organisation is invented, with the way to one's own."""
    return Markup(
        '<p class="pw-banner" role="note">Demonstration: {} is invented. '
        '<a href="/set-up" target="_self">Start your own</a></p>'
    ).format(organisation)


def places(cards: Mapping[str, Card]) -> Markup:
    """Where one is on the page and what else there is, as links; it stays in sight."""
    return markup.contents(
        (name, title)
        for name, title in (("top", "In short"), *PLACES)
        if name in cards or name == "top"
    )


def _draw(dashboard: Dashboard) -> Drawn:
    """Every card of a report."""
    result = dashboard.report.result
    explained = {
        "domains": domains_explained(result.profile),
        "dimensions": ELSEWHERE,
    }
    cards = {
        block.id: card(block, explained=explained.get(block.id, Markup()))
        for block in dashboard.report.blocks
    }
    cards["start"] = Card("start", start_card(dashboard.report))
    if dashboard.choices:
        cards["answers"] = Card("answers", ASKED, open=True)
    if dashboard.sheet_at and with_peer_workers(result.profile, result.rulebook):
        cards["talk"] = Card("talk", talk_card(dashboard.sheet_at, dashboard.sheet_why))
    take = (
        markup.heading("What can I take away?", "The same numbers, on paper and as files") + PRINT
    )
    cards["take-away"] = Card("take-away", take, open=True)
    middle = ORDER.index("answers") + 1
    before, after = (
        stacked_cards(cards[name] for name in names if name in cards)
        for names in (ORDER[:middle], ORDER[middle:])
    )
    return Drawn(first_screen(dashboard.report), places(cards), before, after)
