"""What to keep in mind when reading results, in words."""

from __future__ import annotations

from assessment.report.wording.suppressed import people_in_words, why_suppressed
from questionnaires.library import Library
from scoring.answers.context import Context
from scoring.measures.quality import Flag, FlagCode
from scoring.profile import Profile
from scoring.thresholds import thresholds

#: What is said in the same words of every organisation.
ALWAYS: dict[FlagCode, str] = {
    "invented": "These answers belong to an invented organisation, a demonstration.",
    "written_statement": "There are too few service users for their answers to be shown. They gave "
    "a written statement, so they count as heard; no number comes of it.",
    "content_unreadable": "What this round asked when it was opened is kept, and this version of "
    "the tool cannot read it. Today's questions and rules stand for it: numbers may differ from "
    "those seen before, and what fits no question of today counts nowhere. To see the results as "
    "they were, open a copy of the database with the version of the tool that was in use then. The "
    "answers are all there.",
}
#: Why an answer that is kept counts nowhere.
CHANGED = "the questions they belong to were changed or removed after they were given"


def flag_in_words(flag: Flag, profile: Profile) -> str:
    """A flag in one or several sentences."""
    context, library = profile.context, profile.evidence.library
    first = flag.ids[0] if flag.ids else ""
    match flag.flag:
        case "invented" | "written_statement" | "content_unreadable":
            return ALWAYS[flag.flag]
        case "service_users_not_heard":
            band = "" if context.form == "quick" else "no overall band and "
            return (
                "Too few people with lived experience answered for their view to be shown in the "
                f"principles or the culture, so there is {band}no start beyond involvement."
            )
        case "group_missing":
            return f"Nobody answered from: {context.within(first)}."
        case "group_hidden":
            assert flag.suppressed is not None
            return f"{context.title(first)}: {why_suppressed(flag.suppressed)}."
        case "more_than_eligible" | "low_response":
            return _replies(flag, context)
        case "mix_far_from_head_counts":
            of_heads, of_replies = flag.shares
            return (
                f"{context.title(first)}: {of_heads:.0%} of the people who were asked, and "
                f"{of_replies:.0%} of those who answered."
            )
        case "straight_lining":
            text = next(q.title for q in library.questionnaires if q.id == first)
            people = people_in_words(flag.people)
            return (
                f"“{text.for_group('', 'organisation') or first}”: {people} gave one and the same "
                f"answer to at least {thresholds().straight_lining_items} questions. That can be "
                "a view; it can also be haste."
            )
        case "dont_know":
            (share,) = flag.shares
            return f"{library.dimensions[first].title}: {share:.0%} of the answers are don't know."
        case "critical_unknown":
            # A quick look has no bands.
            so = "." if context.form == "quick" else ": the band is uncertain."
            title = library.dimensions[first].title
            return f"{title} has no score, and it matters most in its domain{so}"
        case "claimed_not_agreed":
            titles = ", ".join(library.dimensions[name].title for name in flag.ids)
            return (
                f"The working group has not agreed its answers on: {titles}. What groups claim "
                "stands instead."
            )
        case "facts_assumed":
            questions = " ".join(_question(fact, library) for fact in flag.ids)
            return f"Not answered, so the cautious answer was taken: {questions}"
        case "answers_left_out" | "agreed_left_out" | "ladder_gone":
            return _left_out(flag)


def _left_out(flag: Flag) -> str:
    """Answers that count nowhere since their question has changed or gone."""
    if flag.flag == "ladder_gone":
        return (
            f"The participation ladder of this round, “{flag.ids[0]}”, is not part of this tool "
            "any more: what people said on it is not counted."
        )
    count = flag.answers
    if flag.flag == "answers_left_out":
        about = "A few" if count is None else f"About {count}"
        return f"{about} answers count nowhere: {CHANGED}."
    those = f"{count} of the working group's answers and notes count"
    if count == 1:
        those = "One of the working group's answers or notes counts"
    return f"{those} nowhere: {CHANGED}. The working group can answer again."


def _replies(flag: Flag, context: Context) -> str:
    """More replies than there are heads, or few."""
    title, people, heads = context.title(flag.ids[0]), flag.people, flag.head_count
    if flag.flag == "low_response":
        least = f"{thresholds().low_response:.0%}"
        if people is None:
            return f"{title}: of {heads} people under {least} answered."
        return f"{title}: {people} of {heads} people answered, under {least}."
    more = (
        "more people answered than there should be"
        if people is None
        else f"{people} people answered, and there should be about {heads}"
    )
    return (
        f"{title}: {more}. Perhaps somebody came by since, or the number was an estimate. The "
        "group counts as if all of it had answered."
    )


def _question(fact: str, library: Library) -> str:
    """The question alone, without what is told beside it."""
    text = library.items[fact].text.for_group("working_group", None) or fact
    return text.split("?", maxsplit=1)[0] + "?" if "?" in text else text
