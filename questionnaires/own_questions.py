"""Questions of service users' own: up to three that one round asks beside ours.

They never score. They are written into a questionnaire as anybody might write one, so everything
that reads questionnaires reads them too.
"""

from __future__ import annotations

#: Their questionnaire.
OWN_QUESTIONS = "own-questions"
ASKED_BY_SERVICE_USERS = "Asked by service users"
