"""What items, dimensions and domains are called within a sentence."""

from __future__ import annotations

from questionnaires.library import Library
from questionnaires.model import Item


def wording(item: Item) -> str:
    """An item as the working group reads it, without its full stop."""
    text = item.text.for_group("working_group", None) or next(iter(item.text.variants().values()))
    return text.rstrip(".")


def title_of(name: str, library: Library) -> str:
    """The title of a dimension or domain."""
    known = library.dimensions.get(name) or library.domains.get(name)
    return known.title if known else name
