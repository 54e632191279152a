"""The look of charts: colours of both themes, and a colour and a shape for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]
#: A ground and the text upon it; the text reaches 4.5:1.
Tone = tuple[str, str]


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
    return theme.groups.get(group, theme.ink), group_shape(group, position)


def group_shape(group: str, position: int) -> str:
    """The shape of a group: everywhere the same."""
    return SHAPES.get(group) or MORE_SHAPES[position % len(MORE_SHAPES)]


def group_colour(group: str) -> str:
    """The colour of a group as a style value, which follows the theme."""
    return f"var(--pw-group-{group})" if group in SHAPES else "var(--pw-ink)"


def plain_colours(theme: Theme) -> dict[str, str]:
    """The colours of a theme that every page needs, by the names of their style variables."""
    return {name: value for name, value in vars(theme).items() if isinstance(value, str)}


def chart_colours(theme: Theme) -> dict[str, str]:
    """The colours of charts in a theme, by the names of their style variables."""
    found = {f"band-{step}": colour for step, colour in enumerate(theme.bands)}
    found |= {f"group-{group}": colour for group, colour in theme.groups.items()}
    for kind, tones in (("heat", theme.heat), ("spread", theme.spread)):
        for step, (ground, ink) in enumerate(tones):
            found |= {f"{kind}-{step}": ground, f"{kind}-{step}-ink": ink}
    return found
