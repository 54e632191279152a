"""``check``: mistakes in questionnaires and rules."""

from __future__ import annotations

from assessment.cli.shared import Folders, refuse


def check(questionnaires: Folders = None) -> None:
    """Check every questionnaire and every rule.

    Names each mistake with its file and line, what was found and what is allowed. Run it after
    you changed a question, a gate, a threshold or a piece of advice.
    """
    from assessment.services.content.check import check_content

    problems, counted = check_content(questionnaires or ())
    if problems:
        refuse([str(problem) for problem in problems])
    print(counted)
