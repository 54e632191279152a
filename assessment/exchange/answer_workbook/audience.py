"""Who fills a workbook in, and what it asks them."""

from __future__ import annotations

from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item, Side
from questionnaires.problems import ProblemsError
from questionnaires.question_text import Reader
from questionnaires.skip_logic import Applies


def audience(
    library: Library, group: str, side: Side | None = None, asked_like: str | None = None
) -> Reader:
    """Who fills a workbook in.

    Raises:
        ProblemsError: nobody knows the group, or the group that it is asked like.
    """
    known = {*library.sides, WORKING_GROUP}
    if asked_like == group:
        asked_like = None
    for name in [asked_like] if asked_like else [] if side else [group]:
        if name not in known:
            raise ProblemsError.of("unknown_group_of_own", "group", name, sorted(known))
    found = side or library.sides.get(group) or library.sides.get(asked_like or "")
    return Reader(group, None if group == WORKING_GROUP else found, asked_like or group)


def asks(library: Library, item: Item, who: Reader) -> bool:
    """Whether somebody may answer an item."""
    return library.asks(item, who.asked_like, who.side)


def items_of(applies: Applies, who: Reader) -> frozenset[str]:
    """The items that somebody is asked, and those that they may answer besides, by id.

    Managers may answer all the practices, so that what is claimed can stand beside what was
    agreed; they get these on a sheet of its own. Peer workers talk them through instead.
    """
    library = applies.library
    # For a group that nobody names: the groups of its side.
    likes = (
        [who.asked_like]
        if library.names(who.asked_like)
        else [name for name, side in library.sides.items() if side == who.side]
    )
    found = {
        item.id
        for item in library.items.values()
        if any(applies.asked(item, like) for like in likes)
    }
    if applies.form == "full" and who.side == "organisation":
        found |= {
            item.id
            for like in likes
            for item in library.items.values()
            if like in library.questionnaire_of[item.id].optional_for
            and asks(library, item, who)
            and applies.asks(item)
        }
    return frozenset(found)
