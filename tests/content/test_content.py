"""The content keeps its promises: short, plain, complete, sourced, and hurtful to nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from assessment.services.content.check import check_content
from assessment.services.content.question_pages import pages
from questionnaires.burden import LONGER, PACE, TAP, Burden, burden_of, texts_read
from questionnaires.conversation import ConversationSheet, load_conversation
from questionnaires.forms import FORMS, Form, FormsFile
from questionnaires.model import (
    FACT_KINDS,
    WORKING_GROUP,
    Item,
    Questionnaire,
    Section,
    Side,
    Wording,
)
from questionnaires.question_text import Reader
from questionnaires.skip_logic import Applies, applies
from scoring.rules.coverage import load_coverage
from scoring.rules.model import Action, Advice
from tests.support.organisations import guidance, library
from tests.support.reading import textstat

LIVED: tuple[str, ...] = ("service_user", "peer_worker")
ORGANISATION = ("staff", "manager", "board")

MAX_GRADE = 6.0
#: Labels and headings of up to so many words are no sentences: Flesch-Kincaid, which divides by
#: words, calls "Never" harder than a whole question. They count with the sentence they stand by.
SHORT = 3

DOMAINS = {
    "principles": (
        "valued_input new_relationships shared_decisions power_discussed skills_supported "
        "involved_throughout equal_information"
    ),
    "culture": "belief_in_peers staff_buy_in management_buy_in learning_from_mistakes appetite",
    "participation": "participation_now",
    "resources": (
        "development_time training_and_reflection support_capacity space payment_and_costs"
    ),
    "policy_and_role": "policies role_design recruitment boundaries confidentiality",
    "support": "contract personal_support supervision training performance progression",
    "team": "team_preparation integration peer_values",
    "learning": "monitoring_and_evaluation voice_in_improvement",
}
CRITICAL = (
    "shared_decisions belief_in_peers management_buy_in support_capacity role_design boundaries "
    "confidentiality supervision training"
)
QUESTIONNAIRES = {
    "coproduction-principles",
    "buy-in",
    "participation-ladder",
    "organisational-foundations",
    "programme-fit",
    "boundaries",
}
#: The fourteen of the discussion document, with touch in two parts, and ten more.
SITUATIONS = (
    "contact_out_of_hours personal_events home_visits money gifts hugs other_touch "
    "contact_details social_media sharing_information recovery_meetings business self_disclosure "
    "sexual_relationships after_service "
    "drugs_at_work under_influence favours lifts night_calls known_before faith staff_drinks "
    "staff_confiding staff_dating"
)
TO_CONFIRM = {"sexual_relationships", "sharing_information"}
#: Nobody is asked about their own conduct here.
RULE_ONLY = {"drugs_at_work", "under_influence", "staff_dating"}
AREAS = (
    "own_support",
    "delivery",
    "new_services",
    "recruitment",
    "policies",
    "evaluation",
    "governance",
    "budget",
)
#: The areas that each group sees.
AREAS_SEEN: dict[str, set[str]] = {
    "service_user": {"own_support", "delivery", "new_services", "evaluation"},
    "peer_worker": {"own_support", "delivery", "new_services", "evaluation"},
    "staff": set(AREAS) - {"governance", "budget"},
    "manager": set(AREAS),
    "board": set(AREAS) - {"own_support", "delivery"},
}
ORGANISATION_CONCERNS = {
    "concern.effective",
    "concern.wanted",
    "concern.good_practice",
    "concern.go_wrong",
    "concern.fragile",
    "concern.relapse",
    "concern.confidentiality",
    "concern.boundaries",
    "concern.accountability",
    "concern.replace_jobs",
}
LIVED_CONCERNS = {
    "concern.kept_private",
    "concern.might_know_me",
    "concern.free_to_say_no",
    "concern.pushed",
    "concern.fairly_paid",
    "concern.well_supported",
}
#: What reaches a board in plans, papers and decisions.
BOARD_SEES = {
    "valued_input.knowledge_counts",
    "shared_decisions.real_say",
    "shared_decisions.decide_together",
    "shared_decisions.lead_roles",
    "power_discussed.clear_who_decides",
    "skills_supported.leadership",
    "involved_throughout.from_the_start",
    "involved_throughout.checking_how_it_went",
    "equal_information.told_early",
}
HURTFUL = {"concern.fragile", "concern.relapse", "concern.replace_jobs"}
#: What people say of those who have power over them, beside concerns and their own boundaries.
COULD_EXPOSE = {
    "valued_input.listened_to",
    "new_relationships.respect",
    "power_discussed.open_talk",
    "power_discussed.safe_to_disagree",
    "staff_buy_in.lived_staff_welcome",
    "management_buy_in.managers_lead",
    "management_buy_in.managers_give_time",
    "management_buy_in.managers_back_staff",
    "management_buy_in.lived_managers_mean_it",
    "learning_from_mistakes.speak_openly",
    "learning_from_mistakes.lived_say_wrong",
    "boundary.sexual_relationships.rule",
    "boundary.sharing_information.rule",
    "personal_support.support_plan",
    "personal_support.may_say_no",
    "confidentiality.peers_own_information",
    "performance.grievance_route",
}
LINES = {
    "doing-peer-work": 1182,
    "peer-work-policy": 142,
    "peer-workforce-guide": 476,
    "preparing-peer-work": 387,
    "working-together": 122,
}
NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|without|cannot)\b|n't\b", re.I
)


# ---- How long it takes ---------------------------------------------------------------------------


def _forms() -> FormsFile:
    forms = library().forms.file
    assert forms
    return forms


def _sets(form: Form, group: str) -> Iterator[tuple[str, list[str]]]:
    """What a group is asked in a form, in each kind of organisation."""
    for situation in _forms().situations:
        facts = {name: frozenset(codes) for name, codes in situation.facts.items()}
        asked = Applies(library(), facts, form).items_for(group)
        yield situation.title, [item.id for item in asked]


@pytest.mark.parametrize("form", FORMS)
def test_every_set_is_short_enough(form: Form) -> None:
    """Staff and managers answer between two shifts, board members before a meeting, service users
    on their phone. The limits are those that ``test_forms`` knows as promised."""
    lines, over = [], []
    for group in (*LIVED, *ORGANISATION):
        limit = _forms().length(form).limits[group]
        assert limit.answers is not None
        for where, asked in _sets(form, group):
            of = _with_rungs(group, asked)
            limits = f"at most {limit.answers} answers and {limit.minutes:g} minutes"
            size = f"{of.answers:3} answers, {of.minutes:5.1f} minutes ({limits})"
            lines.append(f"{group:>14}: {size}, {where}")
            if of.answers > limit.answers or of.minutes > limit.minutes:
                over.append(group)
    table = "\n".join(lines)
    print(table)
    assert not over, f"{over}: shorten what they read, or ask less of them.\n{table}"


def _with_rungs(group: str, asked: list[str]) -> Burden:
    """A group's burden, with the sentence that says what each rung of the longer ladder means.

    The questionnaires know the names of the rungs only; the sentences stand in the guidance.
    """
    of = burden_of(library(), group, asked)
    if not any(library().items[item].kind == "rung_now" for item in asked):
        return of
    words = max(
        sum(len(rung.description.split()) for rung in ladder.rungs)
        for ladder in guidance().ladders.ladders
    )
    return Burden(of.answers, of.minutes + words / PACE)


def test_burden_counts_words_and_seconds_for_each_answer_and_the_concerns_once() -> None:
    for group in ("board", "service_user"):
        for _, asked in _sets("full", group):
            of = burden_of(library(), group, asked)
            concerns = [item for item in asked if library().items[item].kind == "concern"]
            boxes = [item for item in asked if library().items[item].kind == "text"]
            assert of.answers == len(asked) - len(concerns) + 1 - len(boxes)
            words = sum(len(text.split()) for text in texts_read(library(), group, asked))
            seconds = of.answers * TAP + len(boxes) * LONGER["text"]
            assert of.minutes == pytest.approx(words / PACE + seconds / 60)


def test_burden_reads_what_repeats_once() -> None:
    (_, asked), *_ = _sets("full", "manager")
    read = Counter(texts_read(library(), "manager", asked))
    assert read["Co-designing"] == 1
    assert read["Strongly agree"] == 5
    foundations = _questionnaire("organisational-foundations")
    assert set(foundations.optional_for) == {"manager", "peer_worker"}
    steps = {step for item in foundations.items() for step in item.steps.values()}
    assert not steps & set(read)


@pytest.mark.parametrize("group", [*LIVED, *ORGANISATION])
def test_a_quick_look_hears_every_critical_dimension_of_principles_and_culture(group: str) -> None:
    critical = {"shared_decisions", "belief_in_peers", "management_buy_in"}
    culture = set(DOMAINS["culture"].split())
    for _, asked in _sets("quick", group):
        measured = {library().items[item].dimension for item in asked}
        assert measured >= critical | culture
        assert any(library().items[item].kind == "concern" for item in asked)


def test_a_quick_look_lets_both_sides_be_compared() -> None:
    (_, people), *_ = _sets("quick", "service_user")
    for group in ("staff", "manager"):
        (_, asked), *_ = _sets("quick", group)
        principles = [i for i in people if library().items[i].kind == "frequency"]
        assert set(principles) <= set(asked)


# ---- How it reads --------------------------------------------------------------------------------


def grade(*parts: str) -> float:
    """Flesch-Kincaid grade; of several parts as one passage, in which each ends a sentence."""
    if len(parts) == 1:
        return textstat.flesch_kincaid_grade(parts[0])
    words = sum(textstat.lexicon_count(part) for part in parts)
    spoken = sum(textstat.syllable_count(part) for part in parts)
    sentences = sum(textstat.sentence_count(part) for part in parts)
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59


def read_by_lived_experience() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where, and what is measured there as one: everything that the two groups read."""
    for group in LIVED:
        for questionnaire in library().questionnaires:
            for section in questionnaire.sections:
                items = [i for i in section.items if group in questionnaire.groups_of(i)]
                if items:
                    yield from _heading(section, items[0], group)
                for item in items:
                    yield from _question(item, group)
    yield from _conversation()
    for ladder in guidance().ladders.ladders:
        for rung in ladder.rungs:
            yield f"{ladder.id} {rung.code}", (f"{rung.title}: {rung.description}",)
            yield f"{ladder.id} {rung.code} about", (rung.description,)
    for response in guidance().responses:
        if response.concern in LIVED_CONCERNS:
            yield response.id, (response.response,)
            yield f"{response.id} title", (response.title,)
    for concern, matter in guidance().concern_matters.items():
        yield f"{concern} in the results", (f"People want to know {matter}.",)


def _conversation() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sheet for a talk, whoever reads it; short labels count with the others of their part."""
    sheet = load_conversation(library())
    for where, text in _sheet_texts(sheet):
        if not _short(text):
            yield f"conversation: {where}", (text,)
    for options in (sheet.boundaries.answers, *(room.answers for room in sheet.closing.entries)):
        if options:
            labels = tuple(option.label for option in options)
            yield f"conversation: {labels}", labels


def _sheet_texts(sheet: ConversationSheet) -> Iterator[tuple[str, str]]:
    """Every sentence, title and label of the sheet that somebody reads, with where it stands."""
    yield from ((name, getattr(sheet, name)) for name in ("title", "lead", "how", "offered", "why"))
    for _, piece in sheet.pieces():
        for name in ("title", "intro", "text"):
            if piece is not sheet and (words := getattr(piece, name, None)):
                yield f"{piece.id} {name}", words
    for name in ("mine", "rule", "notes", "rule_only", "fixed_title", "fixed_intro"):
        yield f"{sheet.boundaries.id} {name}", getattr(sheet.boundaries, name)


def _heading(section: Section, first: Item, group: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    title, intro = _worded(section.title, group), _worded(section.intro, group)
    if intro:
        yield f"{group}: {section.id} intro", (intro,)
    if title:
        beside = (intro or _worded(first.text, group) or "",) if _short(title) else ()
        yield f"{group}: {section.id} title", (title, *beside)


def _question(item: Item, group: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _worded(item.text, group) or ""
    steps = item.steps_for(group)
    for where, wording in (("", text), ("help", _worded(item.help, group)), *steps.items()):
        if wording:
            yield f"{group}: {item.id} {where}", (wording,)
    # The rungs are measured with what they mean: no label of theirs stands alone.
    options = () if item.kind in ("rung_now", "rung_wanted") else library().options(item)
    labels = [option.label for option in options]
    labels += [_worded(library().special[code], group) or "" for code in item.offers]
    for label in labels:
        if not _short(label):
            yield f"{group}: {item.id} {label!r}", (label,)
    if labels:
        yield f"{group}: {item.id} with its answers", (text, *labels)


def _worded(wording: Wording | None, group: str) -> str | None:
    side: Side | None = library().sides.get(group)
    return wording.for_group(group, side) if wording else None


def _short(text: str) -> bool:
    return len(text.split()) <= SHORT


def test_what_service_users_and_peer_workers_read_is_plain() -> None:
    measured = dict(read_by_lived_experience())
    assert len(measured) > 300
    hard = {
        where: f"{grade(*parts):.1f} {' / '.join(parts)}"
        for where, parts in measured.items()
        if grade(*parts) > MAX_GRADE
    }
    assert not hard, "above a school grade of 6:\n" + "\n".join(
        f"{where}: {text}" for where, text in hard.items()
    )


def test_grades_of_unknown_words_are_measured_too() -> None:
    assert grade("Qwyzzleborg came to the naloxone meeting.") > 0


def all_texts() -> Iterator[tuple[str, str]]:
    """Every wording for every audience, with where it stands."""
    for questionnaire in library().questionnaires:
        for section in questionnaire.sections:
            for wording in (section.title, section.intro):
                yield from _variants(section.id, wording)
            for item in section.items:
                yield from _variants(item.id, item.text)
                yield from _variants(item.id, item.help)
                for steps in (item.steps, *item.steps_of.values()):
                    yield from ((f"{item.id} {code}", step) for code, step in steps.items())
                yield from ((f"{item.id} {o.code}", o.label) for o in item.options)
    for scale in library().scales.values():
        yield from ((scale.id, option.label) for option in scale.options)
    for ladder in guidance().ladders.ladders:
        yield from ((ladder.id, rung.description) for rung in ladder.rungs)
    yield from ((response.id, response.response) for response in guidance().responses)
    yield from guidance().concern_matters.items()
    yield from _sheet_texts(load_conversation(library()))


def _variants(where: str, wording: Wording | None) -> Iterator[tuple[str, str]]:
    if wording:
        yield from ((where, text) for text in wording.variants().values())


def test_nobody_is_called_people_like_you() -> None:
    assert not [where for where, text in all_texts() if "people like you" in text.lower()]


#: Words of the trade that plainer ones can stand for.
TRADE = re.compile(r"\b(rotas?|protocols?|ring-fenced|inductions?|remit|gates?|debrief\w*)\b", re.I)


def advised_steps() -> Iterator[tuple[str, str]]:
    """What the results tell people to do, with where it stands."""
    for action in guidance().actions.values():
        yield from ((action.id, text) for text in (action.title, action.how, action.who))
        yield action.id, action.who_else or ""
    yield from (
        (gate.id, text) for gate in guidance().gates.values() for text in (gate.title, gate.to_meet)
    )


def test_questions_and_advice_do_without_words_of_the_trade() -> None:
    texts = (*all_texts(), *advised_steps())
    assert not [(where, text) for where, text in texts if TRADE.search(text)]


def test_no_sentence_of_a_questionnaire_has_two_negatives() -> None:
    answers = {response.id for response in guidance().responses}
    twice = []
    for where, text in all_texts():
        # A concern is answered in running speech: "You can say yes now and no later."
        if where in answers:
            continue
        # What stands in quotation marks is the name of an answer.
        unquoted = re.sub(r"'[^']*'(?!\w)|\"[^\"]*\"", "", text)
        for sentence in re.split(r"(?<=[.!?;:])\s+", unquoted):
            if len(NEGATIVE.findall(sentence)) > 1:
                twice.append(f"{where}: {sentence}")
    assert not twice


# ---- What is asked of whom -----------------------------------------------------------------------


def _questionnaire(name: str) -> Questionnaire:
    return next(q for q in library().questionnaires if q.id == name)


def _asked(kind: str, group: str) -> list[Item]:
    return [item for item in library().items_for(group) if item.kind == kind]


@pytest.mark.parametrize("group", LIVED)
def test_nobody_with_lived_experience_is_shown_a_hurtful_concern(group: str) -> None:
    assert library().items.keys() >= HURTFUL
    assert {item.id for item in _asked("concern", group)} == LIVED_CONCERNS
    for item_id in HURTFUL:
        assert not library().asks(library().items[item_id], group, "lived_experience")
        assert not library().asks(library().items[item_id], "own_group", "lived_experience")


@pytest.mark.parametrize("group", ORGANISATION)
def test_organisation_groups_are_asked_the_ten_concerns(group: str) -> None:
    assert {item.id for item in _asked("concern", group)} == ORGANISATION_CONCERNS


@pytest.mark.parametrize("group", [*LIVED, *ORGANISATION])
def test_the_concerns_of_a_group_stand_together_as_one_list(group: str) -> None:
    sections = [
        section.id
        for questionnaire in library().questionnaires
        for section in questionnaire.sections
        for item in section.items
        if item.kind == "concern" and group in questionnaire.groups_of(item)
    ]
    assert set(sections) == {"concerns"} and len(sections) >= 5


def test_what_would_help_is_the_only_box_to_write_in_and_a_quick_look_has_none() -> None:
    for group in (*LIVED, *ORGANISATION):
        (box,) = _asked("text", group)
        assert box.id == "buyin.what_would_help"
        for form, boxes in (("quick", 0), ("full", 1)):
            for _, asked in _sets(form, group):
                assert asked.count(box.id) == boxes


def test_managers_speak_of_themselves_where_they_judge_managers() -> None:
    for item in _asked("agreement", "manager"):
        if item.dimension == "management_buy_in":
            text = item.text.for_group("manager", "organisation") or ""
            assert text.startswith("We managers"), item.id


def test_ids_are_those_of_the_design() -> None:
    assert {q.id for q in library().questionnaires} == QUESTIONNAIRES == library().built_in
    assert list(library().domains) == list(DOMAINS)
    found: dict[str, list[str]] = {}
    for dimension in library().dimensions.values():
        found.setdefault(dimension.domain, []).append(dimension.id)
    assert {domain: " ".join(of) for domain, of in found.items()} == DOMAINS
    assert {d.id for d in library().dimensions.values() if d.critical} == set(CRITICAL.split())
    assert {d.domain for d in library().dimensions.values() if not d.counts} == {"participation"}


def test_every_questionnaire_says_how_it_was_cut() -> None:
    assert all(questionnaire.how_cut for questionnaire in library().questionnaires)


def test_every_item_has_a_source() -> None:
    assert not [item.id for item in library().items.values() if not item.source]


def test_every_scored_item_can_be_answered_with_dont_know() -> None:
    scored = [item for item in library().items.values() if item.scored]
    assert not [item.id for item in scored if "dont_know" not in item.offers]


def test_what_could_expose_someone_may_be_left_unsaid() -> None:
    exposing = [
        item
        for item in library().items.values()
        if item.kind == "concern" or item.aspect == "mine" or item.id in COULD_EXPOSE
    ]
    assert library().items.keys() >= COULD_EXPOSE
    assert not [item.id for item in exposing if "prefer_not" not in item.offers]


def test_what_an_organisation_does_is_left_unsaid_by_nobody_who_answers_for_it() -> None:
    practices = [item for item in library().items.values() if item.kind == "practice"]
    for group in (WORKING_GROUP, "manager"):
        assert not [item.id for item in practices if "prefer_not" in item.offers_for(group)]
    exposed = {item.id for item in practices if "prefer_not" in item.offers_for("peer_worker")}
    assert exposed >= {item for item in COULD_EXPOSE if item.startswith("personal_support.")}


@pytest.mark.parametrize("dimension", DOMAINS["principles"].split())
def test_each_principle_has_three_items_in_a_wording_for_each_side(dimension: str) -> None:
    items = [item for item in library().items.values() if item.dimension == dimension]
    assert [item.kind for item in items] == ["frequency"] * 3
    for item in items:
        seen_by_board = {"board"} if item.id in BOARD_SEES else set()
        assert set(library().groups_of(item)) == {*LIVED, "staff", "manager", *seen_by_board}
        assert item.text.organisation and item.text.lived_experience


def test_board_members_answer_nine_of_the_principles_the_critical_one_in_full() -> None:
    assert {item.id for item in _asked("frequency", "board")} == BOARD_SEES
    assert len(BOARD_SEES) == 9
    assert len([item for item in BOARD_SEES if item.startswith("shared_decisions.")]) == 3


@pytest.mark.parametrize("group", [*LIVED, *ORGANISATION])
def test_the_frame_of_the_principles_stands_on_every_screen(group: str) -> None:
    side = library().sides[group]
    asked = pages(library(), ["coproduction-principles"], Reader(group, side, group))
    for page in asked:
        text = " ".join([page.reminder, *(part.intro for part in page.parts)])
        assert text.count("How often is it so here?") == 1, page.id


@pytest.mark.parametrize("group", [*LIVED, *ORGANISATION])
def test_how_to_pick_a_step_stands_on_every_screen_of_the_ladder(group: str) -> None:
    side = library().sides[group]
    for page in pages(library(), ["participation-ladder"], Reader(group, side, group)):
        text = " ".join([page.reminder, *(part.intro for part in page.parts)])
        assert "Pick the step that is true on most days." in text, page.id


def test_own_conduct_is_asked_of_peer_workers_only_on_a_sheet_that_is_not_in_their_set() -> None:
    boundaries = _questionnaire("boundaries")
    assert boundaries.optional_for == ("peer_worker",)
    for item in boundaries.items():
        asked = set(boundaries.groups_of(item))
        if item.aspect == "mine":
            assert asked == {"peer_worker"}
        else:
            assert asked == {"staff", "manager", "peer_worker"}


def test_situations_are_asked_twice_and_two_rules_are_confirmed() -> None:
    asked: dict[str, dict[str, Item]] = {}
    for item in _questionnaire("boundaries").items():
        assert item.situation and item.aspect
        asked.setdefault(item.situation, {})[item.aspect] = item
    assert asked.keys() == set(SITUATIONS.split()) and len(asked) == 14 + 1 + 10
    for situation, of in asked.items():
        if situation in TO_CONFIRM:
            assert set(of) == {"rule"} and of["rule"].scale == "boundary_confirm"
            continue
        if situation in RULE_ONLY:
            assert set(of) == {"rule"}
            continue
        assert set(of) == {"rule", "mine"}
        assert of["rule"].text == of["mine"].text
        # The same words are asked twice: only the help tells which of the two is meant.
        assert of["rule"].help != of["mine"].help


def test_ladder_areas() -> None:
    assert tuple(area.id for area in guidance().ladders.areas) == AREAS
    for group, seen in AREAS_SEEN.items():
        areas = [area for area in AREAS if area in seen]
        assert [item.area for item in _asked("rung_now", group)] == areas
        assert [item.area for item in _asked("rung_wanted", group)] == areas


def test_people_with_lived_experience_are_asked_how_much_say_they_want() -> None:
    for item in _asked("rung_wanted", "service_user"):
        assert (_worded(item.text, "service_user") or "").startswith("How much say do you want")


def test_what_shows_a_rung_is_about_the_area_and_about_no_peer_worker() -> None:
    """A service without peer workers may be honest about how much say people have."""
    for entry in guidance().ladders.evidence:
        assert all(p.startswith("voice_in_improvement.") for p in entry.practices), entry.area
    evidence = {(e.area, p) for e in guidance().ladders.evidence for p in e.practices}
    assert ("own_support", "voice_in_improvement.own_support_asked") in evidence
    assert {p for area, p in evidence if area == "budget"} == {"voice_in_improvement.in_budget"}


# ---- Practices -----------------------------------------------------------------------------------


def _practices() -> list[Item]:
    return [item for item in library().items.values() if item.kind == "practice"]


def test_each_step_of_each_practice_is_said_in_words_of_its_own() -> None:
    counts = Counter(step.lower() for item in _practices() for step in item.steps.values())
    assert not [step for step, times in counts.items() if times > 1]
    assert all(set(item.steps) == set(library().scales["practice"].codes) for item in _practices())


def test_the_last_step_stands_alone() -> None:
    """It is shown by itself as what to put in place, so it names what it is about."""
    references = {"it", "they", "them", "this", "these", "both", "all three", "all four"}
    for item in _practices():
        first = item.steps["in_place"].lower()
        unclear = any(first.startswith(f"{word} ") for word in references)
        assert not unclear or first.startswith("it is written"), item.id


@pytest.mark.parametrize("group", ["staff", "peer_worker"])
def test_staff_and_peer_workers_answer_a_dozen_in_their_own_voice(group: str) -> None:
    asked = _asked("practice", group)
    assert len(asked) == 12
    for item in asked:
        assert group in item.text.groups, item.id
        assert item.steps_for(group) != item.steps, item.id
    if group == "peer_worker":
        # Who has been chosen and has yet to begin can say so.
        assert all("does_not_apply" in item.offers for item in asked)


def test_staff_are_asked_only_where_peer_work_is_known_to_run() -> None:
    questionnaire = _questionnaire("organisational-foundations")
    for facts, asked in (
        ({}, False),
        ({"fit.already_running": "none"}, False),
        ({"fit.already_running": "buddying"}, True),
        ({"fit.already_running": "none", "fit.organisation_experience": "running"}, True),
        ({"fit.organisation_experience": "some"}, False),
    ):
        assert applies(library(), facts).asks_group(questionnaire, "staff") is asked, facts


def test_a_small_start_is_asked_about_little_that_it_does_not_need() -> None:
    """Somebody who thinks of company for lonely people is asked nothing of the street."""
    company = {
        "fit.needs": "isolation",
        "fit.main_need": "isolation",
        "fit.wants": "groups",
        "fit.wished_model": "group_work",
        "fit.already_running": "none",
        "fit.organisation_experience": "none",
        "fit.peers_are_clients": "no",
        "fit.pay": "expenses_only",
    }
    skipped = set(applies(library(), company).skipped())
    assert skipped >= {
        "policies.outreach_policy",
        "policies.street_protocols",
        "space.private_room",
        "role_design.separate_line_manager",
        "training.mentoring",
        "training.therapeutic",
        "training.safer_injecting",
        "payment_and_costs.benefits_advice",
        "payment_and_costs.living_wage",
        "fit.overdose_experience",
        "fit.therapeutic",
        "fit.conversation",
    }
    assert not skipped & {"space.suitable_place", "policies.distress_protocol", "space.group_room"}


def test_what_a_gate_reads_is_asked_where_its_offer_is_needed_wished_for_or_running() -> None:
    """Each need, wish and kind by itself: all else is answered, and points elsewhere."""
    elsewhere = {
        "fit.needs": "involvement_culture",
        "fit.main_need": "involvement_culture",
        "fit.wants": "practical_help",
        "fit.wished_model": "undecided",
        "fit.already_running": "none",
        "fit.peers_are_clients": "yes",
        "fit.pay": "paid",
        "fit.therapeutic": "yes",
    }
    skipped = []
    for offer in guidance().starts:
        wishes = {f.when.includes or "" for f in offer.fits if f.when.fact == "fit.wants"}
        if offer.parts:
            # One wish names one part; the whole is wished for by all of them.
            wishes = {";".join(sorted(wishes))}
        facts = ("fit.needs", "fit.main_need")
        hints = [(fact, need.need) for need in offer.needs for fact in facts]
        hints += [("fit.wants", wish) for wish in wishes]
        hints += [("fit.wished_model", str(offer.model)), ("fit.already_running", offer.id)]
        for fact, code in hints:
            asked = applies(library(), elsewhere | {fact: code})
            read = {
                leaf.practice or leaf.fact
                for gate in guidance().gates_of(offer)
                for leaf in gate.needs.leaves()
            }
            skipped += [
                f"{offer.id}, {fact} {code}: {item}"
                for item in sorted(filter(None, read))
                if not asked.asks(library().items[item])
            ]
    assert not skipped, "\n".join(skipped)


def test_whatever_may_be_skipped_says_why() -> None:
    assert not [i.id for i in library().items.values() if i.asked_if and not i.reason]


def test_the_working_group_answers_every_practice_and_every_fact() -> None:
    for item in library().items.values():
        if item.kind == "practice" or (item.kind in FACT_KINDS and item.id.startswith("fit.")):
            assert WORKING_GROUP in library().groups_of(item), item.id


@pytest.mark.parametrize("domain", ["resources", "policy_and_role", "support", "team", "learning"])
def test_every_dimension_of_practice_has_practices(domain: str) -> None:
    measured = {item.dimension for item in _practices()}
    assert measured >= set(DOMAINS[domain].split())


# ---- Rules and advice ----------------------------------------------------------------------------


def advice() -> dict[str, Advice]:
    """Every gate, offer, action and answer to a concern."""
    responses = {response.id: response for response in guidance().responses}
    return {**guidance().gates, **guidance().offers, **guidance().actions, **responses}


def test_every_rule_says_why_from_where_and_how_strongly() -> None:
    for name, entry in advice().items():
        assert entry.reason and entry.source and entry.force in ("must", "should", "may"), name


def test_what_is_our_judgement_says_so() -> None:
    choice = guidance().choice
    rules = {**advice(), "experience": choice.experience, "appetite": choice.appetite}
    unsaid = [n for n, e in rules.items() if e.judgement and "judgement" not in e.reason]
    assert not unsaid
    for reason in (choice.need.reason, guidance().risk.reason):
        assert "judgement" in reason


def test_every_built_in_dimension_has_three_actions() -> None:
    actions: list[Action] = list(guidance().actions.values())
    count = Counter(action.dimension for action in actions)
    few = {d: count[d] for d in " ".join(DOMAINS.values()).split() if count[d] < 3}
    assert not few


def test_what_a_gate_must_see_is_asked_of_the_working_group() -> None:
    for gate in guidance().gates.values():
        for leaf in gate.needs.leaves():
            asked = leaf.practice or leaf.fact
            if asked:
                assert WORKING_GROUP in library().groups_of(library().items[asked]), gate.id
    musts = [gate for gate in guidance().gates.values() if gate.force == "must"]
    assert len(musts) > 5


def test_every_concern_has_an_answer() -> None:
    answered = {response.concern for response in guidance().responses}
    assert answered == ORGANISATION_CONCERNS | LIVED_CONCERNS


def test_a_response_that_promises_names_what_must_be_in_place() -> None:
    """A promise without a practice behind it would be made to everybody, kept or not."""
    promise = re.compile(r"\b(?:we will|will be|will have|you will|always|never)\b", re.I)
    for response in guidance().responses:
        if promise.search(response.response):
            # "I will tell you what I know" is said by whoever says it.
            assert response.needs, response.id
    for item in (i for r in guidance().responses for i in r.needs):
        assert library().items[item].kind == "practice"


def test_results_speak_of_the_matter_of_a_concern_and_never_of_the_people() -> None:
    matters = guidance().concern_matters
    assert matters.keys() == ORGANISATION_CONCERNS | LIVED_CONCERNS
    for matter in matters.values():
        assert matter[0].islower() and not matter.endswith("."), matter
        people = re.search(r"peer workers?\b|service users?\b|\bstaff\b|\b(?:I|me|my)\b", matter)
        assert not people, matter


def test_phrases_complete_the_headline() -> None:
    for offer in guidance().offers.values():
        assert not offer.phrase.endswith(".") and offer.phrase[0].islower(), offer.phrase


def test_where_sources_differ_both_sides_are_shown() -> None:
    questions = {conflict.id for conflict in guidance().conflicts}
    assert questions >= {
        "unpaid_or_paid",
        "own_service",
        "training_timing",
        "missed_supervision",
        "substance_use",
        "therapeutic_or_not",
        "talk_about_people",
        "personal_support_duty",
        "boundary_rules",
        "qualification",
        "supervision_by",
    }
    for conflict in guidance().conflicts:
        statements = [position.statement for position in conflict.positions]
        assert len(statements) == len(set(statements)) >= 2
        documents = {(s.document, s.section) for p in conflict.positions for s in p.source}
        assert len(documents) >= 2, conflict.id
        assert conflict.fact or "No question settles it" in conflict.reason


def test_every_line_of_the_sources_is_covered() -> None:
    problems, counted = check_content([])
    assert not problems
    assert counted.startswith("Everything fits together")
    assert {source.id: source.lines for source in library().sources.values()} == LINES


def test_what_the_sources_call_needed_is_carried_by_what_always_stands() -> None:
    """An action is shown where a gap calls for it, an answer where somebody is concerned."""
    at_times = {*guidance().actions, *guidance().resources, *(r.id for r in guidance().responses)}
    _, table = load_coverage(guidance())
    unsure = [
        f"{document.document} {row.lines}"
        for document in table.documents
        for row in document.rows
        if row.kind == "needed" and at_times.issuperset(row.carried_by)
    ]
    assert not unsure
