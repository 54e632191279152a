"""Before a respondent begins: what is promised, how long it takes, and whose device this is."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from assessment.screens.respondent.finishing import ask_for_code, big_code, code_asked, code_of
from assessment.screens.respondent.promises import help_contact, promises, trial, who
from assessment.screens.shared.code_entry import begun_before, code_entry
from assessment.screens.shared.links import talk_offered
from assessment.screens.shared.markup import texts
from assessment.services.access import sessions
from assessment.services.content import question_pages
from assessment.services.current_store import store
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft, Visit
from assessment.store import StoreError
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day

NO_SESSION = Markup("""<h1 class="pw-title">Open your link to begin</h1>
<p class="pw-text">This browser is not answering a questionnaire at the moment. Open the link that
you were given, or type your code.</p>""")
DONE = Markup("""<h1 class="pw-title">You have handed in your answers</h1>
<p class="pw-text">Thank you. They are stored, and there is nothing more to do.</p>
<div class="pw-buttons"><a class="pw-button pw-quiet" href="/leave" target="_self">Leave this
device clean</a></div>""")
DONE_HERE = Markup("""<h1 class="pw-title">Answers were handed in on this device</h1>
<p class="pw-text">If those were yours, you are done. Thank you. There is nothing more to do.</p>
<p class="pw-text">Are you somebody else? Then you can give your own answers. You cannot see
theirs.</p>
<div class="pw-buttons"><a class="pw-button pw-quiet" href="/somebody-else" target="_self">I am
somebody else – start here</a></div>""")
UNREACHABLE = Markup("""<h1 class="pw-title">We cannot open this just now</h1>
<p class="pw-text" role="alert">Nothing is lost. Wait a minute, then reload this page.</p>""")
CHOICE = Markup("""<h2 class="pw-finding">Whose phone or computer is this?</h2>
<div class="pw-doors">
<a class="pw-door pw-first" href="/begin/own" target="_self"><strong>Start – this is my own
device</strong><span>You can close the page at any time. Your link brings you back to where you
stopped.</span></a>
<a class="pw-door" href="/begin/shared" target="_self"><strong>Start – others use this device
too</strong><span>You get a code to come back with. Before you go, tap Finish later, then Leave this
device clean. After that, nobody can see your answers here.</span></a>
</div>""")
ON = Markup("""<div class="pw-buttons"><a class="pw-button" href="/answer" target="_self">Go on
where you stopped</a></div>""")


def about(visit: Visit) -> Markup:
    """What this is, for whom, and how long it takes."""
    record = visit.record
    assert record is not None
    return Markup(
        '<p class="pw-name">{0} · {1}</p>'
        '<h1 class="pw-title">How does it look from where you stand?</h1>'
        '<p class="pw-text">{0} wants to know if it is ready for peer work: people who have been '
        "through hard times themselves, and who use this to help others. These questions are for: "
        "<strong>{2}</strong>.</p>"
    ).format(record.organisation.name, record.title, record.group(visit.group).title)


def length(visit: Visit) -> Markup:
    assert visit.record is not None
    library, reader, pages = answering.asked_of(store(), visit.record, visit.group)
    count, places = question_pages.counted(pages)
    words = f" {'One more is' if places == 1 else f'{places} more are'} for your own words."
    takes = question_pages.minutes(library, pages, reader)
    return Markup(
        '<p class="pw-lead"><strong>{} questions, about {} minutes.</strong> There are no wrong '
        "answers.{}</p>"
    ).format(count, takes, words if places else "")


def closed(visit: Visit, record: AssessmentRecord) -> Markup:
    """After the last day: what counts, and what does not."""
    unfinished = "You had begun on this device and not handed in. Those answers are not counted."
    sentences = (
        f"It took answers until {day(record.closes_on)}. What was handed in by then is kept and "
        "counted.",
        unfinished if visit.had_answers else "",
        "Thank you for coming.",
    )
    title = Markup('<h1 class="pw-title">This round has ended</h1>')
    return title + texts(sentences) + help_contact(record)


def choose_between(draft: Draft, other: AssessmentRecord, group: str) -> None:
    """Somebody opened another link, with unfinished answers on this device."""

    def named(record: AssessmentRecord, group: str) -> str:
        return f"{record.group(group).title} · {record.organisation.name}, {record.title}"

    st.html(
        Markup(
            '<h1 class="pw-title">You have unfinished answers on this device</h1>'
            '<p class="pw-text">They are for: <strong>{}</strong>.</p>'
            '<p class="pw-text">You have now opened: <strong>{}</strong>.</p>'
            '<div class="pw-buttons"><a class="pw-button" href="/go-on" target="_self">Go on with '
            "my unfinished answers</a></div>"
        ).format(named(draft.record, draft.reader.group), named(other, group))
    )
    if not code_asked(draft):
        st.button(
            "Get a code for them, and open the new one",
            key="code",
            on_click=ask_for_code,
            args=(draft,),
        )
        return
    st.html(
        Markup(
            '<h2 class="pw-finding">The code for your unfinished answers</h2>{}'
            '<p class="pw-text">Write it down. Only this code brings them back, on any phone or '
            "computer. Hand them in by {}, or they do not count.</p>"
            '<div class="pw-buttons"><a class="pw-button" href="/instead" target="_self">I have it '
            "– open the new one</a></div>"
        ).format(big_code(code_of(draft)), day(draft.record.closes_on))
    )


def body(visit: Visit) -> Markup:
    record = visit.record
    if record is None:
        return NO_SESSION
    if visit.state == "handed_in":
        done = DONE_HERE if visit.own_device else DONE
        return done + talk_offered(record.group(visit.group)) + help_contact(record)
    if visit.state == "closed":
        return closed(visit, record)
    html = (
        Markup('<h2 class="pw-finding">What we promise you</h2>')
        + promises(record)
        + who(record)
        + help_contact(record)
    )
    if visit.state == "early":
        begins = Markup(
            '<p class="pw-lead"><strong>It opens on {}.</strong> Open the same link again from '
            "then on.</p>"
        ).format(day(record.opens_on))
        return trial() + about(visit) + begins + html
    return trial() + about(visit) + length(visit) + html + (ON if visit.draft else CHOICE)


def show() -> None:
    visit = answering.find_visit(store(), st.context.cookies.get("session"))
    waiting = sessions.session_of(store(), st.context.cookies.get("next")) if visit.draft else None
    if visit.draft and waiting:
        choose_between(visit.draft, waiting[1], waiting[0].group)
        return
    st.html(body(visit))
    if visit.state == "nobody":
        code_entry()
    elif visit.state == "fresh":
        begun_before()


with st.container(key="narrow-welcome"):
    try:
        show()
    except StoreError:
        st.html(UNREACHABLE)
