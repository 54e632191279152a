"""The dashboard: one long calm page, the decision first, the reasons below, all from the story.

Everything is drawn once for each theme and kept; a rerun only puts it on the page. What opens is
plain HTML and asks nobody. Only the choice of a dimension and a group runs again, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

import streamlit as st

from assessment.charts.theme import THEMES, ThemeName
from assessment.exchange.result_json import dumps, result
from assessment.screens.components import markup
from assessment.screens.components.cards import Card, anchor, card, put, show
from assessment.screens.components.explained import dimensions_explained, domains_explained
from assessment.screens.components.page import theme_name
from assessment.services.evaluate import Evaluation
from assessment.story import Answers, StackedChart, Story, story
from assessment.story.spread import of_group

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: The first screen, left and right: on a narrow one what stands right comes first, since it says
#: what may start. Then everything else in this order, with its words in the contents.
LEFT, RIGHT = ("domains", "gaps", "actions"), ("start", "concerns")
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


@dataclass(frozen=True)
class Told:
    """An evaluation with its story, and its cards as they were drawn. Published figures only."""

    found: Evaluation
    story: Story
    drawn: dict[ThemeName, dict[str, Card]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nobody has answered anything."""
        profile = self.found.profile
        return not profile.respondents and not profile.evidence.practices

    def workbook(self) -> bytes:
        """The results workbook; made when it is asked for."""
        from assessment.reports.workbook import write_workbook  # noqa: PLC0415  openpyxl is slow

        found = self.found
        return write_workbook(found.profile, found.stability, found.guidance)

    def json(self) -> str:
        """The result as other programs read it."""
        return dumps(result(self.found.profile, self.found.stability))

    def cards(self, theme: ThemeName) -> dict[str, Card]:
        if theme not in self.drawn:
            self.drawn[theme] = _draw(self, theme)
        return self.drawn[theme]


def tell(found: Evaluation) -> Told:
    """Tell an evaluation. Keep what this returns: drawing is most of the work."""
    return Told(found, story(found.profile, found.stability, found.guidance))


def dashboard(told: Told, *, invented: bool = False, above: str = "") -> None:
    """Put the dashboard on the page.

    Args:
        above: HTML that stands above the headline.
        invented: the organisation is the demonstration's; the page says so at the top.
    """
    if invented:
        above += banner(told.story.organisation.removesuffix(" (invented)"))
    cards = told.cards(theme_name())
    put(above + headline(told.story) + contents(cards, told.story))
    with st.container(key="first-screen"):
        right, left = st.columns([1, 1.12], gap="medium")
    for place, names in ((right, RIGHT), (left, LEFT)):
        with place:
            _cards([cards[name] for name in names if name in cards])
    order = [name for name, _ in BELOW]
    middle = order.index("answers")
    _cards([cards[name] for name in order[:middle] if name in cards])
    if told.story.answers:
        _answers(told)
    _cards([cards[name] for name in order[middle:] if name in cards])
    take_away(told)


def take_away(told: Told) -> None:
    """The results as files; each is made when somebody asks for it."""
    name = "-".join(re.findall(r"\w+", told.story.organisation.lower())) or "organisation"
    with st.container(key="card-take-away"):
        words = markup.heading("What can I take away?", "The same numbers, as files")
        put(anchor("take-away") + words)
        with st.container(horizontal=True):
            st.download_button(
                "Results as an Excel workbook",
                told.workbook,
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
        f'<h1 class="pw-headline">{lines}</h1>'
        f'<p class="pw-band"><span class="pw-disc" style="--pw-fill: {fill}%" '
        f'aria-hidden="true"></span><span><strong>{escape(told.band_title)}</strong>{joint}'
        f"{escape(told.band_sentence)}.</span></p>"
    )


def contents(cards: dict[str, Card], told: Story) -> str:
    """The contents of the page below the first screen, as links."""
    links = "".join(
        f'<li><a href="#{name}" target="_self">{escape(title)}</a></li>'
        for name, title in (("actions", "What to do next"), *BELOW)
        if name in cards or name == "take-away" or (name == "answers" and told.answers)
    )
    return f'<nav class="pw-contents" aria-label="On this page"><ul>{links}</ul></nav>'


def _section(drawn: Card) -> str:
    return f'<section class="pw-card" id="{drawn.id}">{drawn.html}</section>'


def _cards(drawn: Iterable[Card]) -> None:
    """Put cards on the page, those without pictures together: fewer elements, faster reruns."""
    for plain, some in groupby(drawn, key=lambda entry: entry.plain):
        if plain:
            put(f'<div class="pw-cards">{"".join(map(_section, some))}</div>')
            continue
        for entry in some:
            show(entry)


def _draw(told: Told, theme: ThemeName) -> dict[str, Card]:
    """Every card of a story in one theme."""
    colours = THEMES[theme]
    explained = {
        "domains": domains_explained(told.found.profile),
        "dimensions": dimensions_explained(told.found.profile),
    }
    cards = {
        block.id: card(block, colours, explained=explained.get(block.id, ""))
        for block in told.story.blocks
    }
    return cards | {"start": Card("start", (_start(told.story),))}


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
        put(f'{anchor("answers")}<p class="pw-question">What did people answer?</p>')
        first, second = st.columns(2)
        chosen = first.selectbox(
            "What people answered about",
            list(by_id),
            index=list(by_id).index(_widest(told)),
            format_func=lambda name: f"{by_id[name].title} ({by_id[name].heading.lower()})",
            key="answers-dimension",
        )
        groups = {EVERYBODY: EVERYBODY, **_groups(by_id[chosen])}
        group = second.selectbox(
            "How this group answered",
            list(groups),
            format_func=lambda name: groups[name],
            key="answers-group",
        )
        entry = by_id[chosen]
        block = entry.block if group == EVERYBODY else of_group(entry, group)
        drawn = card(replace(block, question=""), THEMES[theme_name()])
        put(drawn.html)


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
