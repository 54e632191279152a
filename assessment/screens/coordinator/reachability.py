"""Whether people's phones can open the links, in plain words, with a try by one's own phone."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.services.rounds import overview, reachability
from assessment.services.rounds.qr import qr_image
from assessment.services.rounds.reachability import PHONE, Reach, has_come, new_try

#: What the session knows: the mark of its try.
MARK = "phone-try"
#: For the reader who does not run the tool.
ELSE = "If somebody else runs this tool, ask that person to"
#: What was found, and what to do, step by step.
FOUND: dict[Reach, tuple[str, tuple[str, ...]]] = {
    Reach.HERE: (
        "Phones cannot open these links. The address works on this computer alone.",
        (
            "Stop this tool and start it again with its address in your network: the README has "
            f"the line to type, under “Let phones in”. {ELSE} do it.",
            "Open this page under the new address: the links and QR codes then have it, too. Try "
            "it with your own phone before you send anything out.",
        ),
    ),
    Reach.NETWORK: (
        "Phones in the same network can open these links: we tried the address, and this tool "
        "answers there. Phones elsewhere cannot.",
        ("Let people use the wifi of the house, or bring a device for them to use.",),
    ),
    Reach.INTERNET: (
        "The address is on the internet: we tried it, and this tool answers there.",
        (),
    ),
    Reach.UNKNOWN_NAME: (
        "Nobody can open these links now: the name in the address is not known.",
        (
            f"Look at the address with which this tool was started, letter by letter. {ELSE} look.",
            "If the name is new, wait: it can take a day until it is known everywhere.",
        ),
    ),
    Reach.SILENT: (
        "We tried the address, and nothing answers there. Phones can probably not open these "
        "links.",
        (
            "Try it with your phone. Some networks let a computer not ask its own address, and "
            "phones can still open it.",
            "If the phone cannot either, a firewall may stand between, the certificate may be "
            f"missing, or the address may lead to another computer. {ELSE} look.",
        ),
    ),
    Reach.ANOTHER: (
        "Something answers at the address, but it is not this tool.",
        (f"Find out where the address leads to. {ELSE} look. Send nothing out before.",),
    ),
    Reach.UNTRIED: (
        "We could not try this address from here.",
        ("Try it with your phone before you send anything out.",),
    ),
}


def reachability_card() -> None:
    """What was found about the address, and a QR code to try it with a phone."""
    address = overview.base_address(st.context.url)
    found = reachability.reach(address)
    words, steps = FOUND[found]
    good = found in (Reach.NETWORK, Reach.INTERNET)
    with st.container(key="card-reach"):
        st.html(
            markup.heading("", "Can people’s phones open it?")
            + Markup(
                '<p class="pw-text">The links begin with <span class="pw-address">{}</span></p>{}'
            ).format(address, markup.notice(words, style="pw-notice" if good else "pw-banner"))
            + _steps(steps)
        )
        if found is not Reach.HERE:
            _phone(address)


def _steps(steps: tuple[str, ...]) -> Markup:
    """What to do: numbered where one thing comes after the other."""
    if len(steps) > 1:
        return markup.tasks([(step, "") for step in steps])
    return markup.marked(steps, "·") if steps else Markup()


@st.fragment(run_every="10s")
def _phone(address: str) -> None:
    """A QR code until a phone has come."""
    mark = st.session_state.setdefault(MARK, new_try())
    if has_come(mark):
        done = "A phone has opened it. People’s phones in the same place can, too."
        st.html(markup.notice(done, role="status", style="pw-done"))
        return
    page = f"{address}{PHONE}?try={mark}"
    st.html(
        markup.fold(
            "Try it with your phone",
            Markup(
                '<p class="pw-text">Point its camera here. If it says “Your phone can open this '
                "tool”, this page says so too. We keep nothing about the phone.</p>"
                '<p class="pw-qr"><img src="{}" alt="QR code: try it with your phone"></p>'
            ).format(qr_image(page)),
        )
    )
