"""The look of charts: colours of both themes, and a colour and a shape for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ThemeName = Literal["light", "dark"]
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
        "margin": {"l": 8, "r": 14, "t": 6, "b": 26},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": theme.ink},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        **more,
    }


def points_axis(theme: Theme, ticks: tuple[int, ...]) -> dict[str, Any]:
    """The axis from 0 to 100 points."""
    return {
        "range": [-1.5, 102],
        "tickvals": list(ticks),
        "tickfont": {"size": 13, "color": theme.soft},
        "gridcolor": theme.line,
        "zeroline": False,
        "fixedrange": True,
        "showline": False,
    }
