"""After leaving: nothing of the person before is on this device."""

from __future__ import annotations

import streamlit as st

from assessment.screens.components.page import look

#: Other windows of this browser still show the questionnaire: they are told to leave it, too.
TELL_OTHERS = """<script>
try { new BroadcastChannel('pw-leaving').postMessage('left'); } catch (error) { }
</script>"""

look()
with st.container(key="narrow-left"):
    st.html(
        '<h1 class="pw-title">Nothing of yours is left on this device</h1>'
        '<p class="pw-text">The next person who uses it cannot see what you answered. What you '
        "answered is kept. If you did not hand it in yet, your code brings it back, on any phone "
        "or computer.</p>"
        '<div class="pw-buttons"><a class="pw-button pw-quiet" href="/" target="_self">'
        "Go to the first page</a></div>"
    )
    st.html(TELL_OTHERS, unsafe_allow_javascript=True)
