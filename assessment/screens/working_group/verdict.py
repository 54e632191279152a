"""After the first sitting: go, or not yet, as far as the working group itself can say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.screens.shared.links import results_link
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.screens.working_group.sittings import AnswersByItem, back_and_title
from assessment.services.working_group.agreed_answers import WorkingGroupRound
from assessment.services.working_group.sittings import Sitting, first_unanswered
from assessment.services.working_group.verdict import Verdict, VerdictState, verdict
from questionnaires.phrases import lower
from scoring.recommendation.gates import GateResult

HEADLINES: dict[VerdictState, str] = {
    "go": "It is a go, as far as you can say",
    "advice": "Advice may begin; the rest not yet",
    "not_yet": "Not yet",
    "too_early": "Too early to say",
}


def draw(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """What is met, what is open, what nobody has answered, and what to do next."""
    found = verdict(round_, answers)
    survey = (
        "This rests on your own answers. What service users, staff and managers say in the survey "
        "counts as well, and can still speak against a start."
    )
    st.html(back_and_title(HEADLINES[found.state]) + markup.texts([_lead(found), survey]))
    _list("Open: to put right first", found.open, "!", fix=True)
    _list("Not answered yet", found.unanswered, "?")
    _list("In place", found.met, "✓")
    _onward(round_, all_sittings, answers)


def _lead(found: Verdict) -> str:
    met, all_ = len(found.met), len(found.gates)
    counted = f"{met} of the {all_} things that every start needs are in place"
    match found.state:
        case "go":
            if found.start is not None:
                return (
                    f"All {all_} are in place. What fits first: {lower(found.start.offer.title)}."
                )
            return f"All {all_} things that every start needs are in place."
        case "advice":
            return (
                f"{counted}. What is missing is not needed for a panel that advises on plans and "
                "policies."
            )
        case "not_yet":
            return f"{counted}. Nothing makes up for those that are open."
    return f"{counted}. What nobody has answered counts as unknown, not as absent."


def _list(title: str, gates: Sequence[GateResult], mark: str, *, fix: bool = False) -> None:
    if not gates:
        return
    text = Markup("<strong>{}</strong><br>{}") if fix else Markup("{}")
    style = "pw-mark pw-careful" if fix else "pw-mark"
    rows = (text.format(found.gate.title, found.gate.to_meet) for found in gates)
    with st.container(key=f"card-verdict-{mark == '✓'}-{fix}"):
        st.html(markup.heading("", f"{title} ({len(gates)})") + markup.marked(rows, mark, style))


def _onward(
    round_: WorkingGroupRound, all_sittings: tuple[Sitting, ...], answers: AnswersByItem
) -> None:
    """The next sitting, or from a quick look to the results and deeper."""
    at = next((number for number, s in enumerate(all_sittings) if s.decides), 0)
    after = all_sittings[at + 1 :]
    links: list[Markup] = []
    if after and round_.takes_answers:
        place = f"/together?at={first_unanswered(after[0], answers)}"
        links.append(link(f"Go on with sitting {after[0].number}", place, BUTTON))
    if onward := results_link(round_.record, QUIET if after else BUTTON):
        links.append(onward)
    links.append(link("What is still open", "/together?at=review", QUIET))
    st.html(buttons(*links))
    if round_.record.form == "quick":
        st.html(
            '<p class="pw-hint">This was a quick look. Whoever looks after the round can '
            "deepen it into a full round; what you agreed comes along.</p>"
        )
