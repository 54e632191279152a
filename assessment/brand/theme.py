"""The look of charts: colours of both themes, and a colour and a shape for each group."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

ThemeName = Literal["light", "dark"]
#: A ground and the text upon it; the text reaches 4.5:1.
Tone = tuple[str, str]
FONT = '"Source Sans", "Source Sans 3", sans-serif'


@dataclass(frozen=True)
class Theme:
    """Colours of one theme. Text reaches 6:1 on its ground, marks 3:1."""

    ink: str
    soft: str
    paper: str
    card: str
    line: str
    brand: str
    brandink: str
    wash: str
    warn: str
    warnwash: str
    bands: tuple[str, str, str, str]
    groups: dict[str, str]
    #: Ground and text of the cells of a heatmap, in the steps of the bands.
    heat: tuple[Tone, Tone, Tone, Tone]
    #: Ground and text of answers: lowest, low, neutral, high, highest.
    spread: tuple[Tone, Tone, Tone, Tone, Tone]


LIGHT = Theme(
    ink="#1D2B33",
    soft="#52626B",
    paper="#FAF8F4",
    card="#FFFFFF",
    line="#DDD8CE",
    brand="#0B5B5A",
    brandink="#FFFFFF",
    wash="#E6F0EE",
    warn="#8A4B08",
    warnwash="#FBF0DF",
    bands=("#CFE3DF", "#8FC1B9", "#3F8F88", "#0B5B5A"),
    groups={
        "service_user": "#D55E00",
        "peer_worker": "#CC79A7",
        "staff": "#0072B2",
        "manager": "#009E73",
        "board": "#7A5BA8",
    },
    heat=(
        ("#E3EFEC", "#1D2B33"),
        ("#B4D7D0", "#1D2B33"),
        ("#7DB5AD", "#1D2B33"),
        ("#0B5B5A", "#FFFFFF"),
    ),
    spread=(
        ("#9A5B13", "#FFFFFF"),
        ("#EBCB9B", "#1D2B33"),
        ("#E4DFD5", "#1D2B33"),
        ("#8FC1B9", "#1D2B33"),
        ("#0B5B5A", "#FFFFFF"),
    ),
)
DARK = Theme(
    ink="#ECEFEF",
    soft="#A9B6BA",
    paper="#12191D",
    card="#1A2429",
    line="#33424A",
    brand="#6CC5BB",
    brandink="#0D1B1C",
    wash="#1F3336",
    warn="#F0BC77",
    warnwash="#33291A",
    bands=("#2C4A4A", "#3F7F7A", "#6CC5BB", "#B9EBE3"),
    groups={
        "service_user": "#FF8A3D",
        "peer_worker": "#E79AC6",
        "staff": "#5CB3EA",
        "manager": "#4CC9A2",
        "board": "#B79AE0",
    },
    heat=(
        ("#26393D", "#ECEFEF"),
        ("#35706C", "#ECEFEF"),
        ("#6CC5BB", "#0D1B1C"),
        ("#B9EBE3", "#0D1B1C"),
    ),
    spread=(
        ("#F0BC77", "#0D1B1C"),
        ("#7A5B31", "#ECEFEF"),
        ("#3A4A53", "#ECEFEF"),
        ("#2F605C", "#ECEFEF"),
        ("#6CC5BB", "#0D1B1C"),
    ),
)
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}

SHAPES = {
    "service_user": "circle",
    "peer_worker": "diamond",
    "staff": "square",
    "manager": "triangle-up",
    "board": "triangle-down",
}
#: Shapes for groups of an organisation's own, in the order in which they appear.
MORE_SHAPES = ("pentagon", "hexagon", "star", "cross", "hourglass")


def group_mark(group: str, position: int, theme: Theme) -> tuple[str, str]:
    """The colour and the shape of a group: everywhere the same."""
    if group in SHAPES:
        return theme.groups[group], SHAPES[group]
    return theme.ink, MORE_SHAPES[position % len(MORE_SHAPES)]


def layout(theme: Theme, height: int, **more: Any) -> dict[str, Any]:
    """The layout that all charts share: no frame, no legend, no interaction."""
    return {
        "height": height,
        "margin": {"l": LABELS, "r": 14, "t": 2, "b": 26},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": theme.ink},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        **more,
    }


#: Room for the labels of rows, pixels: two lines of them fit beside a chart on a phone.
LABELS = 114
#: The most signs of one line of a label.
LINE = 15


def wrapped(label: str) -> Markup:
    """A label in lines that fit beside a chart."""
    lines = textwrap.wrap(label, LINE, break_on_hyphens=False) or [" "]
    return Markup("<br>").join(lines)


def row_axis(
    theme: Theme, places: Sequence[int], labels: Sequence[str], height: int
) -> dict[str, Any]:
    """The axis of rows, from the top; its labels stand left of the rows."""
    return {
        "tickvals": list(places),
        "ticktext": list(map(str, labels)),  # plotly takes no Markup
        "tickfont": {"size": 14, "color": theme.ink},
        "range": [height, 0],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
    }


def points_axis(theme: Theme, ticks: tuple[int, ...]) -> dict[str, Any]:
    """The axis from 0 to 100 points."""
    return {
        "range": [-2, 103],
        "tickvals": list(ticks),
        "tickfont": {"size": 13, "color": theme.soft},
        "gridcolor": theme.line,
        "zeroline": False,
        "fixedrange": True,
        "showline": False,
    }
