"""What hangs on an id: for whoever is about to change a question, a rule or a piece of advice."""

from assessment.services.content.explaining.content import Content, read_content
from assessment.services.content.explaining.lookup import UnknownIdError, all_ids, explain
from assessment.services.content.explaining.model import Entry, Explanation, Part
from assessment.services.content.explaining.printed import as_json, as_text

__all__ = [
    "Content",
    "Entry",
    "Explanation",
    "Part",
    "UnknownIdError",
    "all_ids",
    "as_json",
    "as_text",
    "explain",
    "read_content",
]
