"""An assessment under way: how many replied, how to invite, and workbooks that come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.screens.coordinator import (
    backups,
    changes,
    invitations,
    returned_workbooks,
    text_review,
)
from assessment.screens.coordinator.follow_ups import follow_ups_card
from assessment.screens.coordinator.nothing_here import NOTHING_HERE
from assessment.screens.coordinator.publishing import publish_card
from assessment.screens.coordinator.reachability import reachability_card
from assessment.screens.results.kept_dashboard import drawn_parts
from assessment.screens.shared import markup
from assessment.screens.shared.access import own_store
from assessment.screens.shared.group_statements import statements_card
from assessment.screens.shared.links import results_link, talk_to_offer
from assessment.screens.shared.markup import BUTTON, QUIET, buttons, link
from assessment.screens.shared.page import run_script, sheet
from assessment.services.content import loaded
from assessment.services.own_words import group_statements
from assessment.services.rounds import dates_in_words, overview
from assessment.services.rounds.reply_counts import ReplyCount, reply_counts
from assessment.services.rounds.states import Act, RoundState, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import upper
from questionnaires.reference_data import GROUP_TITLES

#: The same where some groups wait for what the working group says first.
LEAD_WAITING = (
    "Next, let the working group answer its first questions. Then invite each group; those that do "
    "not wait for it can be invited now."
)
LEAD_AHEAD = (
    "Nobody can answer before that day. You can get everything ready now: print the posters and "
    "hand out the links. Until then, the links say when it opens."
)
LEAD_OPEN = "Next, invite each group. Meanwhile the working group can begin with its own questions."
LEAD_UNDER_WAY = (
    "After the end you publish the results, for everybody at the same time. Until then nobody sees "
    "any."
)
LEAD_CLOSING = "Nobody can begin any more. After that you can publish the results, for everybody."
LEAD_CLOSED = (
    "Nobody can answer any more, and nobody has seen results. Let the working group settle what is "
    "open, then publish."
)
LEAD_PUBLISHED = (
    "Everybody who was invited sees the same results, by the link or code that they were given. "
    "Next, talk about them together, decide what comes first, and write below what was done."
)
LEAD_ARCHIVED = "The results stay as they are, for everybody who was invited."


LEADS = {
    RoundState.CLOSING: LEAD_CLOSING,
    RoundState.CLOSED: LEAD_CLOSED,
    RoundState.PUBLISHED: LEAD_PUBLISHED,
    RoundState.ARCHIVED: LEAD_ARCHIVED,
}


def lead_of(record: AssessmentRecord, *, begun: bool) -> str:
    """What comes next."""
    state = state_of(record)
    if state.ahead:
        return LEAD_AHEAD
    if state in LEADS:
        return LEADS[state]
    if begun:
        return LEAD_UNDER_WAY
    return LEAD_WAITING if overview.waiting_groups(own_store(), record) else LEAD_OPEN


def head(record: AssessmentRecord) -> None:
    # The first reply of a group changes nothing here, or it would be seen.
    counts = reply_counts(own_store(), record)
    begun = any(found.handed_in and found.handed_in.at_least for found in counts)
    until, owner = dates_in_words.state_in_words(record), record.organisation.name
    is_open = allows(record, Act.BEGIN)
    lead, links = Markup(), [link("All rounds", "/", QUIET)]
    if text := lead_of(record, begun=begun):
        day = Markup("<strong>{}.</strong> ").format(upper(until))
        lead = Markup('<p class="pw-text">{}{}</p>').format("" if is_open else day, text)
    if onward := results_link(record, BUTTON):
        # The working group's link leads to the page for everybody, as theirs do.
        short = link("What everybody sees", f"/i/{record.working_group.code}", QUIET)
        links[:0] = [onward, short]
    st.html(
        Markup('<p class="pw-meta">{}</p>{}{}{}').format(
            f"{owner} · {until}" if is_open else owner,
            markup.headline(record.title),
            lead,
            buttons(*links),
        )
    )


def replies(name: str) -> None:
    """How many have replied."""
    record = overview.chosen(own_store(), name)
    if record is None:
        return
    rows = Markup().join(
        _reply(
            found.group.title,
            _counted(record, found),
            found.handed_in and found.handed_in.at_least / found.group.head_count,
        )
        for found in reply_counts(own_store(), record)
    )
    answered, asked = overview.agreed_answers(own_store(), record)
    if asked:
        rows += _reply(
            "Working group", f"{answered} of {asked} questions answered", answered / asked
        )
    st.html(
        Markup(
            '<h2 class="pw-finding">How many have replied</h2>'
            '<ul class="pw-entries pw-meters">{}</ul>'
            '<p class="pw-hint">{}We keep no list of who has replied.</p>'
        ).format(rows, "" if allows(record, Act.SEE_EXACT_COUNTS) else IN_STEPS)
    )


def other_content(record: AssessmentRecord) -> None:
    """That new rounds would ask something else."""
    if words := overview.about_content(own_store(), record):
        st.html(markup.notice(words))


def brought_over(record: AssessmentRecord) -> None:
    """That a full round began with the agreed answers of a quick look."""
    before = overview.chosen(own_store(), record.follows) if record.follows else None
    if before is not None:
        st.html(
            Markup(
                '<p class="pw-text">This full round goes on from the quick look {}: what the '
                "working group had agreed there came along.</p>"
            ).format(link(before.title, _address(before)))
        )


def deepen(record: AssessmentRecord) -> None:
    """From a quick look to a full round: what it adds, what comes along, and the way; or the way to
    the full round that there is already."""
    description = loaded.library(record.ladder).forms.file
    published = allows(record, Act.SEE_RESULTS)
    if not published or record.form != "quick" or description is None:
        return
    with st.container(key="card-deepen"):
        if further := overview.goes_on_in(own_store(), record):
            st.html(
                markup.heading("", "A full round goes on from this quick look")
                + buttons(link(f"Open {further.title}", _address(further), QUIET))
            )
            return
        carried = overview.carried_over(own_store(), record)
        st.html(
            markup.heading("", "This is a quick look. Go deeper when you go on")
            + markup.texts([f"{description.full.description} A full round tells besides:"])
            + listing(description.full.covers[1:], "pw-plain")
            + markup.texts([f"It is a round of its own. {carried}"])
            + buttons(link("Set up the full round", f"/set-up?deepen={quote(record.id)}", QUIET))
        )


def _address(record: AssessmentRecord) -> str:
    return f"/overview?assessment={quote(record.id)}"


#: While people answer, the counts look again by themselves.
live_replies = st.fragment(run_every="20s")(replies)


#: Why the counts are not exact yet.
IN_STEPS = (
    "The counts go in steps of five while people answer, so that nobody can see who has just "
    "handed in. The exact ones come when nobody can hand in any more. "
)


def _counted(record: AssessmentRecord, found: ReplyCount) -> Markup:
    """How many have replied, and what is needed until the group can be shown."""
    least, of = record.minimum_group_size, f"of about {found.group.head_count}"
    if found.handed_in is None:
        told = "Small group: replies are not counted here"
        needed = f"Fewer than {least} people, so it has no numbers of its own"
    else:
        told = f"{upper(found.handed_in.in_words())} {of} handed in"
        enough = found.handed_in.at_least >= least
        final = allows(record, Act.SEE_EXACT_COUNTS)
        needed = "Enough to be shown" if enough else f"Can be shown from {least} on"
        if final and not enough:
            needed = f"Fewer than {least}, so it has no numbers of its own"
    return Markup('{}<span class="pw-muted pw-needed">{}</span>').format(told, needed)


def _reply(title: str, words: Markup | str, share: float | None) -> Markup:
    meter = Markup("<span></span>")
    if share is not None:
        meter = Markup(
            '<span class="pw-meter" aria-hidden="true"><span style="width: {:.0%}"></span></span>'
        ).format(min(share, 1))
    return Markup(
        '<li><span class="pw-meter-name">{}</span>{}<span class="pw-meter-text">{}</span></li>'
    ).format(title, meter, words)


@dataclass(frozen=True)
class Part:
    """A part of the page.

    Attributes:
        title: as the list at the top names it; empty where that does not.
        is_there: whether it is on the page now.
    """

    name: str
    title: str
    is_there: bool
    draw: Callable[[Store, AssessmentRecord], None]


def parts_of(store: Store, record: AssessmentRecord) -> list[Part]:
    """What stands below the head, in its order."""
    invites = allows(record, Act.INVITE)
    asks_members = overview.agreed_answers(store, record)[1] > 0
    members = asks_members and (invites or allows(record, Act.AGREE))
    takes_in = allows(record, Act.TAKE_IN) or allows(record, Act.TAKE_IN_LATE)
    states = allows(record, Act.STATE) or bool(group_statements.statements(store, record))
    members_title = GROUP_TITLES[WORKING_GROUP]
    return [
        Part("replies", "Replies", allows(record, Act.SEE_COUNTS), replies_card),
        Part("publish", "Publish", allows(record, Act.PUBLISH), publish),
        Part("phones", "Phones", invites, lambda *_: reachability_card()),
        Part("members", members_title, members, invitations.working_group),
        Part("invite", "Invite", invites, invitations.invitations),
        Part("follow-ups", "", True, follow_ups_card),
        Part("talk", "", True, lambda _, record: talk_to_offer(record, "overview")),
        Part("workbooks", "Workbooks", takes_in, returned_workbooks.upload_form),
        Part("texts", "", True, text_review.review_link),
        Part("statements", "Statements", states, statements_card),
        Part("deepen", "", True, lambda _, record: deepen(record)),
        Part("change", "Change", True, changes.changes_card),
        Part("backup", "Backup", True, backups.backup_card),
    ]


def replies_card(_: Store, record: AssessmentRecord) -> None:
    """How many have replied; while people answer, it looks again by itself."""
    with st.container(key="card-replies"):
        (replies if state_of(record).final else live_replies)(record.id)


def publish(store: Store, record: AssessmentRecord) -> None:
    """What publishing does, and the way to it."""
    publish_card(store, record, drawn_parts)


def page(store: Store, record: AssessmentRecord) -> None:
    """The head, what there is on the page, and each part of it."""
    # When its state changes, another part is next: the page begins at its top.
    run_script("begin_part", part=f"{record.id} {state_of(record)}")
    changes.show_closed(record)
    head(record)
    shown = [part for part in parts_of(store, record) if part.is_there]
    contents = markup.contents((part.name, part.title) for part in shown if part.title)
    st.html(contents + sheet("overview"))
    other_content(record)
    brought_over(record)
    if allows(record, Act.INVITE):
        # Before the buttons that print them.
        invitations.posters(store, record)
    for part in shown:
        if not part.title:
            part.draw(store, record)
            continue
        with st.container(key=f"place-{part.name}"):
            st.html(Markup('<div class="pw-place" id="{}"></div>').format(part.name))
            part.draw(store, record)


chosen = overview.chosen(own_store(), st.query_params.get("assessment"))
with st.container(key="overview"):
    if chosen is None:
        st.html(NOTHING_HERE)
    else:
        page(own_store(), chosen)
