"""Who fills a workbook in, and the answers that they may choose, in the words that they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from questionnaires.applies import Applies
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, WORKING_GROUP, Item, Side, Wording
from questionnaires.problems import ProblemsError
from questionnaires.reference_data import reference

DISAGREED = "We did not agree"


@dataclass(frozen=True)
class Audience:
    """Who fills a workbook in; ``asked_like`` is the group whose questions it is asked, if any."""

    group: str
    side: Side | None
    asked_like: str | None = None

    def words(self, wording: Wording | None) -> str:
        """A wording as this audience reads it."""
        if wording is None:
            return ""
        own = wording.groups.get(self.group)
        return own or wording.for_group(self.asked_like or self.group, self.side) or ""

    def asked(self, item: Item, library: Library) -> bool:
        if self.asked_like is not None:
            return self.asked_like in library.groups_of(item)
        return library.asks(item, self.group, self.side)

    def items(self, applies: Applies) -> frozenset[str]:
        """The items that this audience is asked, and those that it may answer besides.

        Managers may answer all the practices, so that what is claimed can stand beside what was
        agreed; they get these on a sheet of its own. Peer workers talk them through instead.
        """
        library = applies.library
        likes = self._likes(library)
        found = {
            item.id
            for item in library.items.values()
            if any(applies.asked(item, like) for like in likes)
        }
        if applies.form == "full" and self.side == "organisation":
            found |= {
                item.id
                for like in likes
                for item in library.items.values()
                if like in library.questionnaire_of[item.id].optional_for
                and self.asked(item, library)
                and applies.asks(item)
            }
        return frozenset(found)

    def _likes(self, library: Library) -> tuple[str, ...]:
        """The groups whose questions it is asked; for one that nobody names any of its side."""
        group = self.asked_like or self.group
        if library.names(group):
            return (group,)
        return tuple(name for name, side in library.sides.items() if side == self.side)


@dataclass(frozen=True)
class Answer:
    """An answer that may be chosen, as people read it; ``name`` is another way to write it."""

    code: str
    label: str
    name: str = ""


def audience(
    library: Library, group: str, side: Side | None = None, asked_like: str | None = None
) -> Audience:
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
    return Audience(group, None if group == WORKING_GROUP else found, asked_like)


def may_note(item: Item | None, who: Audience) -> bool:
    """Whether a note may stand beside an answer: what the working group knows it by."""
    return item is not None and item.takes_note and who.group == WORKING_GROUP


def may_disagree(item: Item | None, who: Audience) -> bool:
    """Whether the working group may say that it did not agree."""
    return item is not None and item.kind == "practice" and who.group == WORKING_GROUP


def answers_of(item: Item, library: Library, who: Audience) -> tuple[Answer, ...]:
    """The answers that may be chosen, in their order; those that are off the scale come last.

    No two read alike: where labels are the same, their codes are added.
    """
    found = [*scale_of(item, library, who)]
    for code in item.offers_for(who.asked_like or who.group):
        found.append(Answer(code, who.words(library.special[code]) or code))
    if may_disagree(item, who):
        found.append(Answer(DID_NOT_AGREE, DISAGREED))
    return _distinguished(found)


def scale_of(item: Item, library: Library, who: Audience) -> tuple[Answer, ...]:
    """The answers that are points on an item's scale, or what may be chosen."""
    scale = library.scale(item)
    if scale is None:
        return ()
    rungs = _rungs_in_words(scale.id) if item.kind in ("rung_now", "rung_wanted") else {}
    found = []
    for option in scale.options:
        label = option.label
        if description := rungs.get(option.code):
            # Service users read what a step means; its name is a technical word.
            plain = who.side == "lived_experience"
            label = (
                f"{option.code}. {description}"
                if plain
                else f"{option.code}. {label}: {description}"
            )
        found.append(Answer(option.code, label, option.label))
    return _distinguished(found)


def _distinguished(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    labels = [answer.label.casefold() for answer in answers]
    return tuple(
        Answer(answer.code, f"{answer.label} ({answer.code})", answer.name)
        if labels.count(label) > 1
        else answer
        for answer, label in zip(answers, labels, strict=True)
    )


@lru_cache(8)
def _rungs_in_words(ladder: str) -> dict[str, str]:
    """What each rung of a ladder means, by its code; nothing where it is no ladder."""
    for entry in reference("ladders").content["ladders"]:
        if entry["id"] == ladder:
            return {str(rung["code"]): str(rung["about"]) for rung in entry["rungs"]}
    return {}
