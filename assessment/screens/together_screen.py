"""The working group's screen: its questions in sittings, answered by several people at once."""

from __future__ import annotations

from html import escape

import streamlit as st

from assessment.screens.components import agreed as asked
from assessment.screens.components.agreed_note import Desk
from assessment.screens.components.page import look
from assessment.screens.components.sitting_list import (
    Answers,
    bar,
    counted,
    first_open,
    link,
    results_link,
    review,
    row,
)
from assessment.services.asking import Page
from assessment.services.installation import store
from assessment.services.sittings import Sitting, make_up, progress, sittings
from assessment.services.together import CLOSED, Table, agreed, table_of

#: How often a screen looks for what others have answered, seconds.
LOOK_AGAIN = 3
REVIEW = "review"

#: A new page begins at its top, or at the question that somebody asked for, and says so to those
#: who hear it; questions with several answers are named for them.
ARRIVE = """<script>
(() => {
  const place = {place};
  if (window.pwPlace !== place) {
    window.pwPlace = place;
    setTimeout(() => {
      const main = document.querySelector('[data-testid="stMain"]');
      const found = document.getElementById({target});
      if (found) found.scrollIntoView({block: 'start'}); else if (main) main.scrollTo(0, 0);
      const heard = found || document.querySelector('h1');
      if (heard) { heard.setAttribute('tabindex', '-1'); heard.focus({preventScroll: true}); }
    }, 150);
  }
  if (window.pwNaming) return;
  const name = () => document.querySelectorAll('[class*="st-key-card-agreed-"]').forEach(card => {
    const heading = card.querySelector('h3');
    card.setAttribute('role', 'group');
    if (heading && card.getAttribute('aria-label') !== heading.textContent)
      card.setAttribute('aria-label', heading.textContent);
  });
  window.pwNaming = new MutationObserver(name);
  window.pwNaming.observe(document.body, {childList: true, subtree: true});
  name();
})();
</script>"""


def arrive(place: str, target: str = "") -> None:
    """Begin at the top of a page, or at one of its questions."""
    script = ARRIVE.replace("{place}", repr(place)).replace("{target}", repr(target))
    st.html(script, unsafe_allow_javascript=True)


def go(place: str | None) -> None:
    if place is None:
        st.query_params.clear()
    else:
        st.query_params["at"] = place


def desk_of(table: Table, token: str) -> Desk:
    """What this browser has before it; kept between the pages."""
    name, desk = f"desk:{token}", st.session_state.get(f"desk:{token}")
    if desk is None or desk.table.record != table.record:
        desk = Desk(store(), table)
        st.session_state[name] = desk
    return desk


def meta(table: Table) -> str:
    record = table.record
    return f'<p class="pw-meta">{escape(record.organisation.name)} · {escape(record.title)}</p>' + (
        '<p class="pw-banner" role="note">For trying out, not yet for a real round.</p>'
    )


def begin(table: Table, all_sittings: tuple[Sitting, ...], answers: Answers) -> None:
    """The first page: who we are, what is asked, and where to go on."""
    st.html(meta(table) + '<h1 class="pw-headline">The working group’s questions</h1>')
    if table.state != "open":
        st.html(f'<p class="pw-told" role="note">{escape(CLOSED[table.state])}</p>')
    questions = sum(len(sitting.questions) for sitting in all_sittings)
    with st.container(key="card-together-who"):
        st.html(
            '<h2 class="pw-finding">How you work</h2><ul class="pw-plain">'
            "<li><strong>Service users speak first</strong>, question by question; the others "
            "after them.</li>"
            "<li><strong>“We did not agree” is a proper answer.</strong> Tick what members chose, "
            "and go on.</li>"
            "<li><strong>Say what shows it</strong>: a note of a document, a date or a named role. "
            "“In place” means it would work on day one.</li>"
            "<li>Several of you can answer at once, each on a device of their own. Everybody sees "
            "each answer within seconds. There is nothing to hand in: what you agreed counts as "
            "it stands.</li></ul>"
        )
        st.html(
            '<h2 class="pw-finding">Who you are</h2><ul class="pw-plain">'
            + "".join(f"<li>{escape(sentence)}</li>" for sentence in make_up(table.record))
            + "</ul>"
        )
    if not all_sittings:
        st.html('<p class="pw-text">This assessment asks the working group nothing.</p>')
        return
    next_one = next((s for s in all_sittings if not progress(s, answers).done), None)
    started = any(progress(s, answers).answered for s in all_sittings)
    with st.container(key="card-together-sittings"):
        st.html(
            f'<h2 class="pw-finding">{questions} questions in {len(all_sittings)} sittings</h2>'
            '<p class="pw-text">The minutes are for reading and choosing. Your talk comes on top, '
            "so plan about an hour for each sitting. Skip what you cannot answer yet.</p>"
        )
        if next_one is not None:
            verb = "Go on with" if started else "Begin with"
            st.button(
                f"{verb} sitting {next_one.number}",
                key="together-next",
                type="primary",
                on_click=go,
                args=(first_open(next_one, answers),),
            )
        for sitting in all_sittings:
            row(sitting, answers)
    st.html(
        '<p class="pw-buttons">'
        + link("What is still open", f"/together?at={REVIEW}", "pw-button pw-quiet")
        + results_link(table, "pw-button pw-quiet")
        + "</p><p>"
        + link("Leave on this device", "/leave")
        + "</p>"
    )


def sit(desk: Desk, sitting: Sitting, page: Page, count: int, answers: Answers, at: str) -> None:
    """One page of a sitting."""
    desk.page, desk.drawn = page.questions, False
    number = sitting.pages.index(page)
    on_the_page = len(sitting.pages)
    with st.container(key="together-where", horizontal=True):
        st.button(
            "All sittings",
            key="together-all",
            type="tertiary",
            on_click=leave_page,
            args=(desk, page, None),
        )
        st.html(
            f'<p class="pw-meta">Sitting {sitting.number} of {count} · page {number + 1} of '
            f"{on_the_page}</p>"
        )
    practices = any(question.item.kind == "practice" for question in page.questions)
    disagree = " “We did not agree” is a proper answer." if practices else ""
    st.html(
        f'<h1 class="pw-headline pw-smaller">{escape(sitting.title)}</h1>'
        f'<p class="pw-soft">Service users speak first.{disagree}</p>'
    )
    head = st.empty()

    def draw_head() -> None:
        now = {**answers, **desk.seen}
        done = progress(sitting, now)
        head.html(
            bar(done.answered, done.asked) + f'<p class="pw-soft">{counted(sitting, now)}</p>'
        )

    if desk.table.state != "open":
        st.html(f'<p class="pw-told" role="note">{escape(CLOSED[desk.table.state])}</p>')
    for question in page.questions:
        asked.take_in(desk, question, answers)
    watch(desk, tuple(question.item.id for question in page.questions))
    draw_head()
    before = sum(len(p.questions) for p in sitting.pages[:number])
    position, total = before, len(sitting.questions)
    for part in page.parts:
        intro = f'<p class="pw-text">{escape(part.intro)}</p>' if part.intro else ""
        st.html(f'<h2 class="pw-finding pw-part">{escape(part.title)}</h2>{intro}')
        for question in part.questions:
            position += 1
            asked.draw(desk, question, f"Question {position} of {total}", draw_head)
    steps(desk, sitting, page)
    desk.drawn = True
    arrive(page.id, f"q-{at.replace('.', '-')}" if at != page.id else "")


def leave_page(desk: Desk, page: Page, place: str | None) -> None:
    """Keep everything on the page, then turn to another; stay where something is not kept."""
    kept = [asked.settle(desk, question) for question in page.questions]
    if all(kept):
        desk.others.clear()
        desk.told.clear()
        desk.writing.clear()
        st.session_state.pop("together:stay", None)
        go(place)
    else:
        st.session_state["together:stay"] = page.id
    # A tap straight out of a note arrives together with the note, as if it belonged to it.
    st.rerun()


def steps(desk: Desk, sitting: Sitting, page: Page) -> None:
    """Back and next."""
    number = sitting.pages.index(page)
    last = number == len(sitting.pages) - 1
    back = None if number == 0 else sitting.pages[number - 1].id
    onward = REVIEW if last else sitting.pages[number + 1].id
    if st.session_state.get("together:stay") == page.id:
        st.html(
            '<p class="pw-told" role="alert">Something on this page is not saved yet. Look for '
            "“Not saved yet” above; nothing is lost while you stay here.</p>"
        )
    with st.container(key="together-steps", horizontal=True):
        st.button("Back", key="together-back", on_click=leave_page, args=(desk, page, back))
        st.button(
            "See what is still open" if last else "Next",
            key="together-onward",
            type="primary",
            on_click=leave_page,
            args=(desk, page, onward),
        )


@st.fragment(run_every=LOOK_AGAIN)
def watch(desk: Desk, items: tuple[str, ...]) -> None:
    """Draw the page anew where somebody else has changed something on it."""
    try:
        now = agreed(desk.store, desk.table.record.id)
    except Exception:  # the store cannot be reached just now; the next look tells
        return
    known = desk.seen
    new = [
        item
        for item in items
        if item in now and now[item].revision > (known[item].revision if item in known else 0)
    ]
    if new or desk.failed:
        desk.failed = False
        st.rerun()


def no_seat() -> None:
    st.html(
        '<h1 class="pw-headline">This is the working group’s screen</h1>'
        '<p class="pw-text">Open the working group’s link on this device, or type its code on the '
        "first page. Nothing that was answered is lost.</p>"
        f'<p class="pw-buttons">{link("To the first page", "/", "pw-button")}</p>'
    )


def main() -> None:
    token = st.context.cookies.get("team")
    table = table_of(store(), token)
    if token is None or table is None:
        no_seat()
        return
    answers = agreed(store(), table.record.id)
    all_sittings = sittings(table)
    at = st.query_params.get("at", "")
    places = [
        (sitting, page)
        for sitting in all_sittings
        for page in sitting.pages
        if any(question.item.id == at for question in page.questions)
    ]
    if at == REVIEW:
        review(table, all_sittings, answers)
        arrive(REVIEW)
    elif places:
        sit(desk_of(table, token), *places[0], len(all_sittings), answers, at)
    else:
        begin(table, all_sittings, answers)
        arrive("begin")


look()
with st.container(key="together"):
    main()
