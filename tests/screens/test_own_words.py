"""What people wrote, as those who run a round read it; what groups say themselves."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assessment.services.current_store import store
from assessment.services.own_words import group_statements, text_review
from assessment.services.rounds import audit, changes
from assessment.services.rounds.states import RoundState, state_of
from assessment.store.records import AssessmentRecord
from tests.support.assessments import group_plan, opened
from tests.support.own_words import TEXTS, all_shown, as_it_is, being_read, over, texts_of, wrote
from tests.support.publishing import publish
from tests.support.screens import screen, words

pytestmark = pytest.mark.usefixtures("store")


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def test_nothing_can_be_read_before_the_end() -> None:
    record = opened(store())
    wrote(store(), record, TEXTS)
    overview = words(screen("overview"))
    assert "Nobody can read what they wrote before the round is closed" in overview
    assert "/texts" not in overview
    page = screen("texts", assessment=record.id)
    assert not page.exception and not page.button
    assert not any(text in words(page) for text in TEXTS)


def test_somebody_begins_to_read_shows_hides_and_takes_a_part_out() -> None:
    record = opened(store())
    wrote(store(), record, [*TEXTS, "Sam is <b>loud</b>, and we want a rule"])
    closed = over(store(), record)
    assert "/texts?assessment=" in words(screen("overview"))
    app = screen("texts", assessment=record.id)
    assert not any(text in words(app) for text in TEXTS)
    app = press(app, "begin-texts")
    assert not app.exception
    assert all(text in words(app) for text in TEXTS)
    assert "Sam is &lt;b&gt;loud" in words(app)
    assert "Six texts wait, in an order by chance." in words(app)
    by_text = {text.text: text.id for text in texts_of(store(), closed)}
    first, second, *_ = TEXTS
    press(app, f"show-{by_text[first]}")
    assert "The text may be shown." in words(app)
    press(app, f"hide-{by_text[second]}")
    press(app, f"do-hide-{by_text[second]}")
    assert "Choose why it is not shown." in words(app)
    app.radio(key=f"why-{by_text[second]}").set_value("hurts").run()
    press(app, f"do-hide-{by_text[second]}")
    loud = by_text["Sam is <b>loud</b>, and we want a rule"]
    press(app, f"shorten-{loud}")
    box = app.text_area[0]
    assert box.value == "Sam is <b>loud</b>, and we want a rule"
    box.set_value("Everything is fine").run()
    press(app, f"do-shorten-{loud}")
    assert "Only leave words out" in words(app)
    assert app.text_area[0].value == "Everything is fine"
    app.text_area[0].set_value("[...] we want a rule").run()
    press(app, f"do-shorten-{loud}")
    assert not app.exception
    decided = {text.text: (text.review, text.reason) for text in texts_of(store(), closed)}
    assert decided[first] == ("shown", "")
    assert decided[second] == ("hidden", "hurts")
    assert decided["[…] we want a rule"] == ("shown", "")
    assert text_review.waiting(store(), closed) == 3
    press(app, "see-decided")
    assert "Not shown: it hurts somebody." in words(app)


def test_who_was_slower_is_told_and_reads_what_stands_now() -> None:
    record = opened(store())
    wrote(store(), record, TEXTS)
    closed = being_read(store(), record)
    app = screen("texts", assessment=record.id)
    text = texts_of(store(), closed)[0]
    text_review.hide(store(), closed, text, "names")
    press(app, f"show-{text.id}")
    assert not app.exception
    assert texts_of(store(), closed)[0].review == "hidden"


def test_many_texts_come_ten_at_a_time() -> None:
    record = opened(store())
    wrote(store(), record, [f"Worry {chr(97 + number)}" for number in range(12)])
    being_read(store(), record)
    app = screen("texts", assessment=record.id)
    assert sum(key.startswith("show-") for key in keys(app)) == 10
    assert "Twelve texts wait" in words(app)


def test_when_results_are_out_nothing_is_decided_any_more() -> None:
    record = opened(store())
    wrote(store(), record, TEXTS)
    closed = being_read(store(), record)
    publish(store(), record)
    assert state_of(as_it_is(store(), closed)) is RoundState.PUBLISHED
    app = screen("texts", assessment=record.id)
    assert not app.button and not any(text in words(app) for text in TEXTS)


def test_where_fewer_than_the_minimum_wrote_nobody_is_shown_it_or_asked_to_decide() -> None:
    record = opened(store())
    wrote(store(), record, TEXTS[:4])
    over(store(), record)
    app = press(screen("texts", assessment=record.id), "begin-texts")
    assert not app.exception and not app.button
    told = words(app)
    assert "Fewer than 5 people wrote in answer to this question, so nobody reads it" in told
    assert "You have decided" not in told and not any(text in told for text in TEXTS)
    before = words(screen("overview"))
    assert "No question was answered in words by 5 people or more, so nobody reads" in before
    assert "/texts" not in before and "decided about" not in before
    publish(store(), record)
    assert "The results are published. No question was answered in words by 5" in words(
        screen("overview")
    )


def test_after_publication_it_is_said_whether_the_results_show_anything_of_it() -> None:
    record = opened(store())
    wrote(store(), record, TEXTS)
    closed = being_read(store(), record)
    assert "5 texts wait." in words(screen("overview"))
    for text in texts_of(store(), closed):
        text_review.hide(store(), closed, text, "hurts")
    assert "You have decided about every text." in words(screen("overview"))
    publish(store(), record)
    assert "Nobody had said of any text that it may be shown" in words(screen("overview"))
    other = opened(store(), title="Another round")
    wrote(store(), other, TEXTS)
    all_shown(store(), other)
    told = words(screen("overview", assessment=other.id))
    assert "What may be shown of what people wrote stands in them." in told


def small_round() -> AssessmentRecord:
    groups = (group_plan("service_user", 12), group_plan("peer_worker", 3), group_plan("staff", 9))
    return opened(store(), groups=groups)


def test_a_group_that_is_too_small_is_offered_a_statement_by_its_name() -> None:
    small_round()
    told = words(screen("overview"))
    assert "Peer workers: fewer than 5 people, so no numbers are shown of them alone." in told
    assert told.count("Nothing is written down yet.") == 3
    assert "Let somebody write it down whom the group trusts" in told


def test_a_statement_is_written_changed_and_taken_back() -> None:
    record = small_round()
    app = press(screen("overview"), "state-peer_worker")
    press(app, "do-statement")
    assert "Write what the group says." in words(app)
    area = next(box for box in app.text_area if "what they say" in box.label)
    area.set_value("We are <i>three</i>.\n\nWe want to be asked.")
    press(app, "do-statement")
    assert "Choose how it came about." in words(app)
    radio = next(one for one in app.radio if one.label == "How it came about")
    radio.set_value("facilitated")
    next(box for box in app.text_input if box.label == "Who wrote it down").set_value(
        "An advocate."
    )
    press(app, "do-statement")
    assert not app.exception
    told = words(app)
    assert "<p>We are &lt;i&gt;three&lt;/i&gt;.</p><p>We want to be asked.</p>" in told
    assert "Written down by: An advocate." in told
    assert "The statement of peer workers is kept." in told
    (said,) = group_statements.statements(store(), record).values()
    assert (said.origin, said.revision) == ("facilitated", 1)
    press(app, "state-peer_worker")
    next(box for box in app.text_area if "what they say" in box.label).set_value("We are three.")
    press(app, "do-statement")
    assert group_statements.statements(store(), record)["peer_worker"].text == "We are three."
    press(press(press(app, "state-peer_worker"), "take-back"), "take-back-now")
    assert not app.exception
    assert group_statements.statements(store(), record) == {}
    log = [entry.what for entry in audit.entries(store(), record)]
    assert log[:3] == [
        "Took back the statement of Peer workers.",
        "Changed the statement of Peer workers.",
        "Wrote down the statement of Peer workers.",
    ]
    assert "three" not in " ".join(log)


def test_of_two_who_change_a_statement_at_once_nobody_loses_a_word() -> None:
    record = small_round()
    app = press(screen("overview"), "state-staff")
    next(box for box in app.text_area if "what they say" in box.label).set_value("Mine")
    next(one for one in app.radio if one.label == "How it came about").set_value("together")
    group_statements.write(
        store(),
        record,
        "staff",
        text="Theirs",
        origin="together",
        written_by="",
        written_on=record.opens_on,
        after=0,
    )
    press(app, "do-statement")
    assert "Somebody else has just changed this statement" in words(app)
    assert next(box for box in app.text_area if "what they say" in box.label).value == "Mine"
    assert group_statements.statements(store(), record)["staff"].text == "Theirs"


def test_from_publication_on_a_statement_stays_as_it_is() -> None:
    record = small_round()
    group_statements.write(
        store(),
        record,
        "staff",
        text="We are tired",
        origin="together",
        written_by="",
        written_on=record.opens_on,
        after=0,
    )
    publish(store(), over(store(), record))
    app = screen("overview")
    assert "We are tired" in words(app)
    assert words(app).count("Nothing is written down.") == 2 and "written down yet" not in words(
        app
    )
    assert not [key for key in keys(app) if key.startswith("state-")]
    with pytest.raises(changes.NotChangedError):
        group_statements.take_back(store(), record, "staff", after=1)
