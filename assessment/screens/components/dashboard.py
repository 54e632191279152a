"""The dashboard: one long calm page, the decision first, the reasons below, all from the story.

Everything is drawn once for each theme and kept; a rerun only puts it on the page. What opens is
plain HTML and asks nobody. Only the choice of a dimension and a group runs again, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

import streamlit as st

from assessment.charts.theme import THEMES, ThemeName
from assessment.exchange.result_json import dumps, result
from assessment.screens.components import markup
from assessment.screens.components.cards import Card, Hung, below_each_other, card, show
from assessment.screens.components.explained import dimensions_explained, domains_explained
from assessment.screens.components.page import put, theme_name
from assessment.services.evaluate import Evaluation
from assessment.story import Answers, Block, StackedChart, Story, story
from assessment.story.spread import of_group

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: The first screen, left and right: on a narrow one what stands right comes first, since it says
#: what may start. Then everything else in this order, with its words in the contents.
LEFT, RIGHT = ("domains", "gaps", "concerns"), ("start", "actions")
BELOW = (
    ("path", "The way ahead"),
    ("blocked", "What blocks the rest"),
    ("gates", "What must be there first"),
    ("kinds", "Kinds of peer work"),
    ("dimensions", "All dimensions"),
    ("groups", "Group by group"),
    ("answers", "The answers"),
    ("ladder", "Say and power"),
    ("boundaries", "Boundaries"),
    ("quality", "Keep in mind"),
    ("annex", "For the careful"),
    ("take-away", "Take it away"),
)
EVERYBODY = "All groups"
ANSWERS = (
    '<span class="pw-anchor" id="answers"></span><p class="pw-question">What did people answer?</p>'
)

Pieces = tuple[str | Hung, ...]


@dataclass(frozen=True)
class Drawn:
    """A story as it is put on the page in one theme, from the top to the foot."""

    head: str
    right: Pieces
    left: Pieces
    before_answers: Pieces
    after_answers: Pieces


@dataclass(frozen=True)
class Told:
    """An evaluation with its story, and its cards as they were drawn. Published figures only."""

    found: Evaluation
    story: Story
    _drawn: dict[ThemeName, Drawn] = field(default_factory=dict)
    _answers: dict[tuple[ThemeName, str], str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nobody has answered anything."""
        profile = self.found.profile
        return not profile.respondents and not profile.evidence.practices

    def workbook(self, so_far: str = "") -> bytes:
        """The results workbook; made when it is asked for."""
        from assessment.reports.workbook import write_workbook  # noqa: PLC0415  openpyxl is slow

        found = self.found
        return write_workbook(found.profile, found.stability, found.guidance, so_far=so_far)

    def json(self) -> str:
        """The result as other programs read it."""
        return dumps(result(self.found.profile, self.found.stability))

    def drawn(self, theme: ThemeName) -> Drawn:
        """The page in a theme; drawn once."""
        if theme not in self._drawn:
            self._drawn[theme] = _draw(self, theme)
        return self._drawn[theme]

    def answers(self, theme: ThemeName, dimension: str, group: str) -> str:
        """How the answers to a dimension spread, in one group or in all; those are kept."""
        entry = next(entry for entry in self.story.answers if entry.id == dimension)
        if group != EVERYBODY:
            return _spread(of_group(entry, group), theme)
        if (theme, dimension) not in self._answers:
            self._answers[theme, dimension] = _spread(entry.block, theme)
        return self._answers[theme, dimension]


def tell(found: Evaluation) -> Told:
    """Tell an evaluation. Keep what this returns: drawing is most of the work."""
    return Told(found, story(found.profile, found.stability, found.guidance))


def dashboard(told: Told, *, invented: bool = False, above: str = "", so_far: str = "") -> None:
    """Put the dashboard on the page.

    Args:
        above: HTML that stands above the headline.
        invented: the organisation is the demonstration's; the page says so at the top.
        so_far: a sentence for the workbook that says that the numbers are not final.
    """
    if invented:
        above += banner(told.story.organisation.removesuffix(" (invented)"))
    drawn = told.drawn(theme_name())
    put(above + drawn.head)
    with st.container(key="first-screen", gap=None):
        show(drawn.right)
        with st.container(gap=None):
            show(drawn.left)
    with st.container(key="below", gap=None):
        show(drawn.before_answers)
        if told.story.answers:
            _answers(told)
        show(drawn.after_answers)
        take_away(told, so_far)


def take_away(told: Told, so_far: str = "") -> None:
    """The results as files; each is made when somebody asks for it."""
    name = "-".join(re.findall(r"\w+", told.story.organisation.lower())) or "organisation"
    with st.container(key="take-away-files", horizontal=True):
        st.download_button(
            "Results as an Excel workbook",
            lambda: told.workbook(so_far),
            file_name=f"{name}-results.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            icon=":material/download:",
            key="take-workbook",
        )
        st.download_button(
            "Results as data (JSON)",
            told.json,
            file_name=f"{name}-results.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
            key="take-json",
        )


def banner(organisation: str) -> str:
    """Says that an organisation is invented, with the way to one's own."""
    return (
        f'<p class="pw-banner" role="note">Demonstration: {escape(organisation)} is invented. '
        '<a href="/set-up" target="_self">Start your own</a></p>'
    )


def headline(told: Story) -> str:
    """The headline with the band and what holds it down."""
    fill = FILL.get(told.band or "", 0)
    joint = "" if told.band_sentence.startswith(":") else " "
    first, *others = told.headline.split(". ")
    lines = "<br>".join(
        escape(line if line.endswith(".") else f"{line}.") for line in (first, *others)
    )
    return (
        f'<p class="pw-meta">{escape(told.organisation)} · {escape(told.meta)}</p>'
        f'<h1 class="pw-headline pw-whole">{lines}</h1>'
        f'<p class="pw-band"><span class="pw-disc" style="--pw-fill: {fill}%" '
        f'aria-hidden="true"></span><span><strong>{escape(told.band_title)}</strong>{joint}'
        f"{escape(told.band_sentence)}.</span></p>"
    )


def contents(cards: Mapping[str, Card], told: Story) -> str:
    """The contents of the page below the first screen, as links."""
    links = "".join(
        f'<li><a href="#{name}" target="_self">{escape(title)}</a></li>'
        for name, title in BELOW
        if name in cards or name == "take-away" or (name == "answers" and told.answers)
    )
    return f'<nav class="pw-contents" aria-label="On this page"><ul>{links}</ul></nav>'


def _draw(told: Told, theme: ThemeName) -> Drawn:
    """Every card of a story in one theme."""
    colours = THEMES[theme]
    explained = {
        "domains": domains_explained(told.found.profile),
        "dimensions": dimensions_explained(told.found.profile),
    }
    cards = {
        block.id: card(block, colours, explained=explained.get(block.id, ""))
        for block in told.story.blocks
    } | {"start": Card("start", _start(told.story))}

    def pieces(names: Iterable[str]) -> Pieces:
        return below_each_other(cards[name] for name in names if name in cards)

    order = [name for name, _ in BELOW]
    middle = order.index("answers")
    first, *before = pieces(order[:middle]) or ("",)
    *after, last = pieces(order[middle:]) or ("",)
    take = markup.heading("What can I take away?", "The same numbers, as files")
    closing = f'<div class="pw-card pw-card-top" id="take-away">{take}</div>'
    return Drawn(
        headline(told.story),
        pieces(RIGHT),
        pieces(LEFT),
        (f"{contents(cards, told.story)}{first}", *before),
        (*after, f"{last}{closing}"),
    )


def _start(told: Story) -> str:
    """The recommended start: why, at what risk, on which sources, and what comes next."""
    about = told.start
    opening = [
        markup.fold(
            "Why this offer, and where it comes from",
            markup.texts([about.reason]) + markup.sources(about.sources),
        )
    ]
    if about.risk_sentence:
        risk = markup.texts([about.risk_sentence]) + markup.points(about.risk)
        opening.append(markup.fold("What makes the risk", risk))
    later = told.next[1:]
    return (
        markup.heading(about.question, about.title)
        + markup.chips(about.chips)
        + markup.texts([about.about])
        + markup.points(about.reasons)
        + markup.folds(opening)
        + markup.steps(told.next_sentence, told.next[:1])
        + (markup.fold("The offers after that", markup.steps("", later)) if later else "")
    )


@st.fragment
def _answers(told: Told) -> None:
    """How the answers spread, for a dimension and a group of the reader's choice."""
    by_id = {entry.id: entry for entry in told.story.answers}
    with st.container(key="card-answers"):
        put(ANSWERS)
        chosen = st.selectbox(
            "What people answered about",
            list(by_id),
            index=list(by_id).index(_widest(told)),
            format_func=lambda name: f"{by_id[name].title} ({by_id[name].heading.lower()})",
            key="answers-dimension",
        )
        groups = {EVERYBODY: EVERYBODY, **_groups(by_id[chosen])}
        group = st.selectbox(
            "How this group answered",
            list(groups),
            format_func=lambda name: groups[name],
            key="answers-group",
        )
        put(told.answers(theme_name(), chosen, group))


def _spread(block: Block, theme: ThemeName) -> str:
    return card(replace(block, question=""), THEMES[theme]).html


def _widest(told: Told) -> str:
    """The dimension with the largest gap between groups, else the first."""
    known = [entry.id for entry in told.story.answers]
    gaps = [gap.dimension for gap in told.found.profile.gaps if gap.dimension in known]
    return (gaps or known)[0]


def _groups(entry: Answers) -> dict[str, str]:
    return {
        bar.group: bar.title
        for chart in entry.block.charts
        if isinstance(chart, StackedChart)
        for row in chart.rows
        for bar in row.bars
        if bar.shares
    }
