"""How HTML, styles and scripts of ours come onto a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from assessment.brand.theme import DARK, LIGHT, Theme, chart_colours, plain_colours

STATIC = Path(__file__).parents[2] / "web" / "static"
ON_VISIT = STATIC / "on_visit"


@dataclass(frozen=True)
class _Ready:
    """HTML that is shown as it is. A plain text would be searched for indents at every rerun."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def put(html: Markup) -> None:
    """Put HTML of ours on the page."""
    st.html(_Ready(str(html)))


def _rule(named: Mapping[str, str]) -> str:
    """Colours by their names as a style rule."""
    return f":root{{{''.join(f'--pw-{name}:{colour};' for name, colour in named.items())}}}"


def colours(of: Callable[[Theme], Mapping[str, str]] = plain_colours) -> str:
    """Colours of both themes as style rules; the reader's system says which of them holds. Paper is
    light, whatever the screen is."""
    dark = f"@media screen and (prefers-color-scheme: dark){{{_rule(of(DARK))}}}"
    return f"{_rule(of(LIGHT))} {dark}"


def shell() -> Markup:
    """What the page that loads the app carries, so that no screen needs to send it again.

    It has to stand in the body: there its styles come after Streamlit's own and outweigh them.
    """
    sheets = (sheet.read_text(encoding="utf-8") for sheet in sorted(STATIC.glob("*.css")))
    scripts = Markup().join(script(file.stem) for file in sorted(STATIC.glob("*.js")))
    return _style(" ".join((colours(chart_colours), *sheets))) + scripts


def ground() -> Markup:
    """The colours, and the look of a page until the app has drawn; it waits for no other file."""
    sheet = (STATIC / "loading/loading.css").read_text(encoding="utf-8")
    return _style(f"{colours()} {sheet}")


def _style(rules: str) -> Markup:
    return Markup("<style>{}</style>").format(_unescaped(shortened(rules)))


def sheet(name: str) -> Markup:
    """A style sheet of ``web/static/on_visit`` as an element, for the one screen that needs it."""
    return _style((ON_VISIT / f"{name}.css").read_text(encoding="utf-8"))


def script(name: str, **values: str) -> Markup:
    """A script of ``web/static`` as an element.

    Args:
        values: what the script finds in ``document.currentScript.dataset``.
    """
    data = Markup().join(Markup(' data-{}="{}"').format(*value) for value in values.items())
    return Markup("<script{}>{}</script>").format(data, _source(name))


def run_script(name: str, **values: str) -> None:
    """Run a script of ``web/static/on_visit`` on this page; it runs anew when a value changes."""
    st.html(script(f"on_visit/{name}", **values), unsafe_allow_javascript=True)


@cache
def added_scripts() -> tuple[str, ...]:
    """The text of each script that a screen may run on a page that stands already."""
    return tuple(_source(f"on_visit/{file.stem}") for file in sorted(ON_VISIT.glob("*.js")))


@cache
def added_styles() -> tuple[str, ...]:
    """The text of each style sheet that a screen may add to a page that stands already."""
    return tuple(
        shortened(file.read_text(encoding="utf-8")) for file in sorted(ON_VISIT.glob("*.css"))
    )


def leave_for(address: str) -> None:
    """Go on at an address of the server that is no screen: the browser has to go there itself."""
    st.html(
        Markup(
            '<p class="pw-text" role="status">If nothing happens, <a href="{}" '
            'target="_self">go on here</a>.</p>{}'
        ).format(address, script("on_visit/leave_for", address=address)),
        unsafe_allow_javascript=True,
    )


@cache
def _source(name: str) -> Markup:
    """A script without the lines that are comments."""
    text = (STATIC / f"{name}.js").read_text(encoding="utf-8")
    return _unescaped(re.sub(r"^\s*//.*\n", "", text, flags=re.MULTILINE))


def _unescaped(text: str) -> Markup:
    """The text of a file of ours."""
    return Markup(text)  # noqa: S704


def shortened(rules: str) -> str:
    """Style rules without comments and without the spaces that only people need."""
    without = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", without)).strip()
