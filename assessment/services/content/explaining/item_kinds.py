"""Explanations of what is asked: practices, facts, concerns and every other question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from assessment.services.content.explaining.building import explanation, part, rules_on
from assessment.services.content.explaining.links import Links, kind_of
from assessment.services.content.explaining.model import Answer, Entry, Explanation, Part
from questionnaires.forms import FORMS, Form
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item
from questionnaires.reference_data import group_title

#: What the two lengths are called in a sentence.
LENGTHS = {"quick": "a quick look", "full": "a full round"}


def item(item: Item, links: Links) -> Explanation:
    library = links.content.library
    questionnaire = library.questionnaire_of[item.id]
    section = next(s for s in questionnaire.sections if item in s.items)
    title = section.title.for_group(WORKING_GROUP, None) or section.id
    dimension = library.dimensions.get(item.dimension or "")
    options = [Answer(o.code, o.label, o.score) for o in library.options(item)]
    options += [Answer(c, library.special[c].default or c, None) for c in item.offers]
    properties: dict[str, str | int | bool | None] = {
        "answered_as": item.kind,
        "questionnaire": questionnaire.id,
        "section": title,
        "dimension": item.dimension,
        "domain": dimension.domain if dimension else None,
        "area": item.area,
        "situation": item.situation,
        "aspect": item.aspect,
        "tags": ", ".join(item.tags) or None,
    }
    if item.kind in FACT_KINDS:
        properties |= {
            "changeable": item.changeable,
            "effort": item.effort if item.changeable else None,
        }
    if matter := links.content.guidance.concern_matters.get(item.id):
        properties["in_the_results"] = f"People want to know {matter}."
    steps = {"everyone": item.steps} if item.steps else {}
    return explanation(
        links,
        kind_of(item),
        item,
        title=links.item(item.id).title,
        properties=properties,
        text=item.text.variants(),
        help=item.help.variants() if item.help else {},
        steps=steps | item.steps_of,
        options=options,
        parts=_parts(item, links),
    )


def _parts(item: Item, links: Links) -> Iterator[Part]:
    guidance = links.content.guidance
    yield part("asked_of", "Who is asked", _asked_of(item, links))
    yield part("asked_if", "Asked only where", links.condition(item.asked_if))
    yield part("sheet", "On the conversation sheet", links.on_the_sheet(item))
    if item.scored or item.kind in FACT_KINDS:
        yield from rules_on(item.id, links, need="need", change="change")
    if item.kind == "practice":
        yield part("rungs", "Rungs of the ladders that it shows", links.rungs(item.id))
        promising = [
            Entry.of("response", response, f"answers {response.concern}")
            for response in guidance.responses
            if item.id in response.needs
        ]
        yield part("responses", "Responses that promise it", promising)
        yield part("actions", "Actions that move it", links.actions_for(item.id))
    elif item.kind in FACT_KINDS:
        yield part("fits", "Offers that it makes fit", links.fits_with(item.id))
        yield part("choice", "Rules of the choice that read it", links.choice_with(item.id))
        yield part("decides", "Questions that it decides about", links.decided_by(item.id))
        conflicts = [
            Entry("conflict", c.id, c.question) for c in guidance.conflicts if c.fact == item.id
        ]
        yield part("conflicts", "Conflicts between sources that it decides", conflicts)
    elif item.kind == "concern":
        ready = [Entry.of("response", r) for r in guidance.responses if r.concern == item.id]
        yield part("responses", "Responses that are ready", ready)


def _asked_of(item: Item, links: Links) -> Iterator[Entry]:
    """Every group that may answer, with the lengths in which it is asked and on which facts."""
    library = links.content.library
    questionnaire, forms = library.questionnaire_of[item.id], library.forms
    for group in library.groups_of(item):
        lengths: list[Form] = [f for f in FORMS if forms.has(f, group, item, questionnaire)]
        said = " and ".join(LENGTHS[form] for form in lengths)
        how = f"in {said}" if said else "may answer, is not asked"
        entries = [forms.entry(form, group, item.id) for form in lengths]
        asked_if = [
            questionnaire.asked_if.get(group),
            *(condition for entry in entries if entry for condition in entry.conditions),
        ]
        below = tuple(dict.fromkeys(chain.from_iterable(map(links.condition, asked_if))))
        yield Entry("group", group, group_title(group), how, below)
