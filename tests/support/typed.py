"""What a person may type."""

from __future__ import annotations

from hypothesis import strategies as st

#: Every sign that a person may type: no half of a pair, no control sign but a new line, no byte
#: order mark, and none that stands for no sign.
SIGNS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff"
)
TYPED = st.text(st.one_of(SIGNS, st.sampled_from("\n\u00a0\u200c\u200d👩🤝 ;,\"'=")), max_size=40)
