"""What every screen starts with: the look in the theme that is in use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from assessment.charts.theme import THEMES, Theme, ThemeName

STYLES = Path(__file__).with_name("style")


def theme_name() -> ThemeName:
    """The theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def theme() -> Theme:
    return THEMES[theme_name()]


@cache
def _style(name: ThemeName) -> str:
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
    declared = " ".join(f"--pw-{key}: {value};" for key, value in variables.items())
    sheets = [sheet.read_text(encoding="utf-8") for sheet in sorted(STYLES.glob("*.css"))]
    # On one line: Streamlit looks through every line of it at every rerun.
    rules = " ".join(" ".join(sheets).split())
    return f"<style>:root {{ {declared} }} {rules}</style>"


#: The upload's drop zone is marked as decoration and carries a name all the same, which axe
#: refuses and some screen readers stumble over. The button inside has the name already.
MEND_UPLOADS = """<script>
if (!window.pwMending) {
  const mend = () => document
    .querySelectorAll('[data-testid="stFileUploaderDropzone"][aria-label]')
    .forEach(zone => { zone.removeAttribute('aria-label'); zone.removeAttribute('aria-disabled');
                       zone.removeAttribute('tabindex'); });
  window.pwMending = new MutationObserver(mend);
  window.pwMending.observe(document.body, {childList: true, subtree: true});
  mend();
}
</script>"""


def look() -> None:
    """Lay our look over the page."""
    st.html(_style(theme_name()))
    st.html(MEND_UPLOADS, unsafe_allow_javascript=True)
