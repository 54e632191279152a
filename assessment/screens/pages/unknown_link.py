"""A link or a code that opens nothing."""

from __future__ import annotations

import streamlit as st

from assessment.screens.shared.code_entry import code_entry

with st.container(key="narrow-unknown"):
    st.html(
        '<h1 class="pw-title">This link or code opens nothing</h1>'
        '<p class="pw-text">Nothing is lost. Three things happen now and then:</p>'
        '<ul class="pw-promises">'
        "<li><strong>A letter got lost.</strong> A code has 13 letters and numbers, such as "
        "K7QMX-4PD9R-TCH. Small or capital letters are both fine. It never has the letters I, L or "
        "O, nor the numbers 0 or 1.</li>"
        "<li><strong>You asked for a new code later on.</strong> Then only the newest one works."
        "</li>"
        "<li><strong>Your answers are handed in.</strong> Then the code has done its work.</li>"
        "</ul>"
        '<p class="pw-text">If it still does not work, ask the person who gave it to you.</p>'
    )
    code_entry("Type a code", "Look at it letter by letter.")
