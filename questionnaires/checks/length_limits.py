"""Whether the two lengths are as short as they promise.

Counting words takes longer than all else that loading does, so that only ``check`` waits for it.
"""

from __future__ import annotations

from questionnaires.burden import burden_of
from questionnaires.content_files.yaml_files import Document, read
from questionnaires.forms import FORMS
from questionnaires.library import Library
from questionnaires.problems import Problem
from questionnaires.skip_logic import Applies


def limits(library: Library, document: Document | None = None) -> list[Problem]:
    """Sets that are longer than their limit, in any of the situations.

    The promise is about the built-in questions: what an organisation adds is for it to decide.
    """
    document = document or read(library.content.forms)
    forms_file = library.forms.file
    if forms_file is None:
        return []
    problems: list[Problem] = []
    for form in FORMS:
        for group, limit in forms_file.length(form).limits.items():
            for situation in forms_file.situations:
                asked = Applies(library, situation.as_facts, form).items_for(group)
                counted = [
                    item.id
                    for item in asked
                    if library.questionnaire_of[item.id].id in library.built_in
                ]
                of = burden_of(library, group, counted)
                over = []
                if limit.answers is not None and of.answers > limit.answers:
                    over.append(f"{of.answers} answers, and at most {limit.answers} are allowed")
                if of.minutes > limit.minutes:
                    over.append(
                        f"{of.minutes:.1f} minutes, and at most {limit.minutes:g} are allowed"
                    )
                if over:
                    place, subject = (form, "limits", group), f"{group}, {form}, {situation.title}"
                    found = " and ".join(over)
                    problems.append(document.problem("set_too_long", place, found, subject=subject))
    return problems
