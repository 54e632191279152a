"""Coming in with a code: the box to type it in, and the way to where it leads."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.page import script

#: Longer than any code with blanks and dashes.
LONGEST_CODE = 60


def code_entry(
    title: str = "Do you have a code?",
    details: str = "It is on your link or on the poster, or you wrote it down when you stopped.",
    button: str = "Open my questions",
) -> None:
    """The box for a code, under a title of its own."""
    with st.container(key="card-code"):
        details += " Small letters and blanks do not matter."
        st.html(markup.heading("", title) + markup.texts([details]))
        with st.form("code", border=False, enter_to_submit=True):
            code = st.text_input(
                "Your code",
                key="typed-code",
                autocomplete="off",
                placeholder="K7QMX-4PD9R-TCH",
            )
            went = st.form_submit_button(button, type="primary")
        if went:
            _follow(code or "")


def begun_before() -> None:
    """The box for a code, for somebody who wants their answers back."""
    code_entry("Began before?", "Type your code, and you go on where you stopped.")


def _follow(code: str) -> None:
    """Go where a code leads, or say what is missing."""
    if not any(sign.isalnum() for sign in code):
        st.html('<p class="pw-error" role="alert">Type the code first.</p>')
        return
    if len(code.strip()) > LONGEST_CODE:
        st.html(
            '<p class="pw-error" role="alert">This is longer than a code. Type only the code: '
            "three or four short parts, such as K7QMX-4PD9R-TCH.</p>"
        )
        return
    # A code is an address of the server, not a screen: the browser has to go there itself.
    address = f"/code?code={quote(code.strip())}"
    st.html(
        Markup(
            '<p class="pw-text" role="status">Opening. If nothing happens, '
            '<a href="{}" target="_self">go on here</a>.</p>{}'
        ).format(address, script("on_visit/open_code", address=address)),
        unsafe_allow_javascript=True,
    )
