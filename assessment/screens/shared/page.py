"""What every screen starts with: the look in the theme that is in use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from assessment.brand.theme import THEMES, Theme, ThemeName

STYLES = Path(__file__).parents[2] / "web" / "static"


def theme_name() -> ThemeName:
    """The theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def theme() -> Theme:
    return THEMES[theme_name()]


@dataclass(frozen=True)
class _Ready:
    """HTML that is shown as it is. A plain text would be searched for indents at every rerun."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def put(html: str) -> None:
    """Put HTML of ours on the page."""
    st.html(_Ready(html))


@cache
def _colours(name: ThemeName) -> str:
    colours = THEMES[name]
    variables = {
        "ink": colours.ink,
        "soft": colours.soft,
        "paper": colours.paper,
        "card": colours.card,
        "line": colours.line,
        "brand": colours.brand,
        "brandink": colours.brandink,
        "wash": colours.wash,
        "warn": colours.warn,
        "warnwash": colours.warnwash,
    }
    declared = "".join(f"--pw-{key}:{value};" for key, value in variables.items())
    return f"<style>:root{{{declared}}}</style>"


#: The upload's drop zone is marked as decoration and carries a name all the same, which axe
#: refuses and some screen readers stumble over. The button inside has the name already.
MEND_UPLOADS = """<script>
  new MutationObserver(() => document
    .querySelectorAll('[data-testid="stFileUploaderDropzone"][aria-label]')
    .forEach(zone => { zone.removeAttribute('aria-label'); zone.removeAttribute('aria-disabled');
                       zone.removeAttribute('tabindex'); })
  ).observe(document.body, {childList: true, subtree: true});
</script>"""


#: The head of the results says where one is: the last place that has scrolled up to it.
MARK_PLACE = """<script>
  addEventListener('scroll', () => {
    const places = [...document.querySelectorAll('.pw-contents a')];
    const passed = places.filter(place => {
      const at = document.getElementById(place.hash.slice(1));
      return at && at.getBoundingClientRect().top < 120;
    });
    const here = passed[passed.length - 1];
    if (!here || here.hasAttribute('aria-current')) return;
    for (const place of places) place.removeAttribute('aria-current');
    here.setAttribute('aria-current', 'location');
    const list = here.closest('ul');
    list.scrollLeft = here.offsetLeft - list.offsetLeft - list.clientWidth / 3;
  }, {capture: true, passive: true});
</script>"""


def page_styles() -> str:
    """What the page that loads the app carries, so that no screen needs to send it again.

    It has to stand in the body: there it comes after Streamlit's own rules and outweighs them.
    """
    sheets = [sheet.read_text(encoding="utf-8") for sheet in sorted(STYLES.glob("*.css"))]
    return f"<style>{shortened(' '.join(sheets))}</style>{MEND_UPLOADS}{MARK_PLACE}"


def shortened(rules: str) -> str:
    """Style rules without comments and without the spaces that only people need."""
    without = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", without)).strip()


def colours() -> str:
    """The colours of the theme in use, as HTML for the top of a screen."""
    return _colours(theme_name())


def apply_theme() -> None:
    """Lay our look over the page."""
    put(colours())
