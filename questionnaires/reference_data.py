"""Reference data: groups, scales, ladders, dimensions, domains and source documents.

All of it stands in ``questionnaires/reference`` of the content in use and is read here, once.
Questionnaires may add scales, domains and dimensions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import model_validator

from questionnaires.content_files.yaml_files import (
    Document,
    Path_,
    build,
    build_list,
    read,
    repeated_ids,
)
from questionnaires.content_folder import ContentFolder, content_in_use
from questionnaires.model import (
    RUNG_KINDS,
    WORKING_GROUP,
    Dimension,
    Domain,
    Id,
    Item,
    Ladder,
    Model,
    Option,
    Questionnaire,
    Reference,
    Scale,
    Sentence,
    Side,
    SourceDocument,
    Wording,
)
from questionnaires.problems import Problem, ProblemsError, fault

#: Kinds whose items use the scale of this name unless they name another one.
KIND_SCALES = ("frequency", "agreement", "practice", "concern", "boundary")
#: Names that results use for groups shown together, and wordings for a side: not for groups.
RESERVED_GROUPS = (
    *("other", "other_lived_experience", "other_organisation"),
    *("lived_experience", "organisation", "default", "groups"),
)

Packs = Sequence[tuple[Document, Questionnaire]]


class Group(Model):
    """A group that is asked; the working group alone stands on no side."""

    id: Id
    title: Sentence
    #: One person of it, to stand within a sentence.
    one: Sentence | None = None
    side: Side | None = None
    #: Who belongs to it, for those who set up an assessment.
    description: Sentence | None = None
    #: A group of the same side: what is asked of that one is asked of this one, in the same words.
    asked_like: Id | None = None

    @model_validator(mode="after")
    def _on_a_side(self) -> Group:
        if self.id in RESERVED_GROUPS:
            raise ValueError(f"{self.id!r} is a name with a meaning of its own: choose another")
        if self.id != WORKING_GROUP and not (self.side and self.one and self.description):
            raise ValueError(
                "write its side (lived_experience or organisation), one (a single person of it) "
                "and about (who belongs to it)"
            )
        if self.id == WORKING_GROUP and self.side:
            raise ValueError("the working group stands on no side: take 'side' away")
        return self


class _Together(Model):
    """What groups that are shown together are called."""

    other: Sentence
    other_lived_experience: Sentence
    other_organisation: Sentence


@dataclass(frozen=True)
class ReferenceData:
    """Everything that items refer to, by id. ``scales`` holds the ladder in use as ``ladder``."""

    scales: dict[str, Scale]
    special: Mapping[str, Wording]
    #: The ladder that rung items use: ``seven_step`` or ``arnstein``.
    ladder: str
    domains: dict[str, Domain]
    dimensions: dict[str, Dimension]
    sources: Mapping[str, SourceDocument]
    #: What each rung means, the lowest first, by the ladder's id.
    rungs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Where all of this was read.
    content: ContentFolder = field(default_factory=content_in_use, compare=False)

    def scale(self, item: Item) -> Scale | None:
        """The scale of an item: the one it names, its own options, or that of its kind; None for
        numbers and texts."""
        if item.scale:
            return self.scales.get(item.scale)
        if item.options:
            return Scale.model_construct(id=item.id, options=item.options, reason=None)
        if item.kind in RUNG_KINDS:
            return self.scales.get("ladder")
        return self.scales.get(item.kind) if item.kind in KIND_SCALES else None

    def options(self, item: Item) -> tuple[Option, ...]:
        scale = self.scale(item)
        return scale.options if scale else ()


T = TypeVar("T")
M = TypeVar("M", Scale, Domain, Dimension, SourceDocument, Group, Ladder)
A = TypeVar("A", Scale, Domain, Dimension)


class UnknownLadderError(ProblemsError):
    """Somebody asked for a participation ladder that there is not."""


class _Special(Model):
    """What people read for the answers that are not on a scale."""

    dont_know: Wording
    does_not_apply: Wording
    prefer_not: Wording


def read_reference_data(ladder: str | None = None) -> ReferenceData:
    """The built-in scales, ladders, dimensions, domains and source documents.

    Args:
        ladder: the participation ladder in use; the default of ``ladders.yaml`` if None.

    Raises:
        UnknownLadderError: there is no such ladder.
        ProblemsError: with the problems of the first file that has some.
    """
    if problems := groups_in_use().problems:
        raise ProblemsError(problems)
    sources = _by_id(SourceDocument, reference("sources"), "documents")
    scales, special = _scales()
    ladders, used, rungs = _ladders(ladder)
    domains, dimensions = _dimensions(sources)
    return ReferenceData(
        scales={**scales, **ladders, "ladder": ladders[used]},
        special=special,
        ladder=used,
        rungs=rungs,
        domains=domains,
        dimensions=dimensions,
        sources=sources,
    )


def reference(name: str) -> Document:
    """A file of the reference data in use, by its name without ``.yaml``; each is read once.

    Raises:
        ProblemsError: it cannot be read.
    """
    documents = content_in_use().once(_documents)
    if name not in documents:
        documents[name] = read(content_in_use().reference / f"{name}.yaml")
    return documents[name]


def _documents(_: ContentFolder) -> dict[str, Document]:
    return {}


def _by_id(model: type[M], document: Document, key: str) -> dict[str, M]:
    entries = build_list(model, document, key)
    if problems := list(repeated_ids(document, entries)):
        raise ProblemsError(problems)
    return {entry.id: entry for _, entry in entries}


@dataclass(frozen=True)
class Groups:
    """What stands in ``groups.yaml``.

    Attributes:
        groups: the groups by id.
        titles: what each is called, and what groups are called that are shown together.
        sides: the side that each stands on; the working group has none.
        problems: what is wrong with the file; there are no groups then.
    """

    groups: Mapping[str, Group]
    titles: Mapping[str, str]
    sides: Mapping[str, Side]
    problems: tuple[Problem, ...] = ()


def read_groups() -> Groups:
    """The groups, and what is wrong with their file; mistakes are told on reading."""
    try:
        document = reference("groups")
        groups = _by_id(Group, document, "groups")
        together = build(_Together, document.content.get("together"), document, ("together",))
        if WORKING_GROUP not in groups:
            problem = document.problem("no_working_group", ("groups",), allowed=WORKING_GROUP)
            raise ProblemsError([problem])
        if problems := list(_likenesses(groups, document)):
            raise ProblemsError(problems)
    except ProblemsError as error:
        return Groups({}, {}, {}, error.problems)
    titles = {group.id: group.title for group in groups.values()}
    sides: dict[str, Side] = {g.id: g.side for g in groups.values() if g.side}
    return Groups(groups, {**titles, **together.model_dump()}, sides)


def groups_in_use() -> Groups:
    """The groups of the content in use."""
    return content_in_use().once(_groups_of)


def _groups_of(_: ContentFolder) -> Groups:
    return read_groups()


def _likenesses(groups: Mapping[str, Group], document: Document) -> Iterator[Problem]:
    """Groups that are asked like one that there is not, or like one that they cannot be."""
    for number, group in enumerate(groups.values()):
        if group.asked_like is None:
            continue
        like = groups.get(group.asked_like)
        if like is None or like.asked_like or like.side != group.side:
            allowed = [g.id for g in groups.values() if g.side == group.side and not g.asked_like]
            place = ("groups", number, "asked_like")
            like_of = group.asked_like
            yield document.problem("not_alike", place, like_of, allowed, group=group.id)


def _scales() -> tuple[dict[str, Scale], dict[str, Wording]]:
    document = reference("scales")
    scales = _by_id(Scale, document, "scales")
    missing = [kind for kind in KIND_SCALES if kind not in scales]
    if missing:
        raise ProblemsError([document.problem("no_scale_of_kind", ("scales",), allowed=missing[0])])
    words = build(_Special, document.content.get("special"), document, ("special",))
    return scales, dict(words)


def _ladders(wanted: str | None) -> tuple[dict[str, Scale], str, dict[str, tuple[str, ...]]]:
    """The scale of each ladder, the id of the one in use, and what the rungs of each mean."""
    document = reference("ladders")
    ladders = _by_id(Ladder, document, "ladders")
    used = wanted or document.content.get("default")
    if used not in ladders:
        error = UnknownLadderError if wanted else ProblemsError
        raise error([document.problem("unknown_ladder", ("default",), used, list(ladders))])
    scales = {}
    for number, ladder in enumerate(ladders.values()):
        top = len(ladder.rungs) - 1
        options = [
            Option(code=rung.code, label=rung.title, score=100 * step / top)
            for step, rung in enumerate(ladder.rungs)
        ]
        content = {"id": ladder.id, "options": options}
        scales[ladder.id] = build(Scale, content, document, ("ladders", number))
    meanings = {
        name: tuple(rung.description for rung in ladder.rungs) for name, ladder in ladders.items()
    }
    return scales, str(used), meanings


def _dimensions(
    sources: Mapping[str, SourceDocument],
) -> tuple[dict[str, Domain], dict[str, Dimension]]:
    document = reference("dimensions")
    domains = _by_id(Domain, document, "domains")
    dimensions = _by_id(Dimension, document, "dimensions")
    problems: list[Problem] = []
    for number, dimension in enumerate(dimensions.values()):
        faults = _dimension(dimension, domains, sources)
        problems += document.placed_all(faults, ("dimensions", number))
    if problems:
        raise ProblemsError(problems)
    return domains, dimensions


def _dimension(
    dimension: Dimension, domains: Mapping[str, Domain], sources: Mapping[str, SourceDocument]
) -> Iterator[Problem]:
    if dimension.domain not in domains:
        yield fault("unknown_domain_of_own", ("domain",), dimension.domain, list(domains))
    yield from references(dimension.source, sources)


class _InUse(Mapping[str, T]):
    """A mapping of the groups in use, whichever they are when it is looked at."""

    def __init__(self, of: Callable[[Groups], Mapping[str, T]]) -> None:
        self._of = of

    def __getitem__(self, group: str) -> T:
        return self._of(groups_in_use())[group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of(groups_in_use()))

    def __len__(self) -> int:
        return len(self._of(groups_in_use()))


GROUPS: Mapping[str, Group] = _InUse(lambda groups: groups.groups)
GROUP_TITLES: Mapping[str, str] = _InUse(lambda groups: groups.titles)
#: Built-in stakeholder groups and the side each stands on. The working group has none.
GROUP_SIDES: Mapping[str, Side] = _InUse(lambda groups: groups.sides)


def group_title(group: str) -> str:
    """A group's name as people read it."""
    return GROUP_TITLES.get(group, group.replace("_", " ").replace("-", " ").capitalize())


def references(
    source: Sequence[Reference], sources: Mapping[str, SourceDocument], path: Path_ = ()
) -> Iterator[Problem]:
    """Each reference names a source document that there is, and lines within it.

    Args:
        path: of what has the references.
    """
    for number, reference in enumerate(source):
        known, at = sources.get(reference.document), (*path, "source", number)
        if known is None:
            found = reference.document
            yield fault("unknown_source_document", (*at, "document"), found, list(sources))
        elif reference.lines and not _within(reference.lines, known.lines):
            lines = reference.lines
            yield fault("not_its_lines", (*at, "lines"), lines, known.lines, document=known.id)


def _within(lines: str, last: int) -> bool:
    for part in lines.replace(" ", "").split(","):
        span = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", part)
        if span is None or not 1 <= int(span[1]) <= int(span[2] or span[1]) <= last:
            return False
    return True


def adopt(packs: Packs, known: ReferenceData) -> list[Problem]:
    """Add the scales, domains and dimensions that questionnaires bring of their own.

    What they bring is reported and never counts towards the overall band: the thresholds were
    judged for the built-in dimensions only.

    Returns:
        What cannot be added, and why.
    """
    problems: list[Problem] = []
    # Rules find a score by the id of a dimension or a domain, so both share one set of names.
    scales, measures = set(known.scales), {*known.domains, *known.dimensions}

    def add(
        into: dict[str, A], entry: A, taken: set[str], document: Document, place: Path_
    ) -> None:
        if entry.id in taken:
            what = str(place[0]).removesuffix("s")
            problems.append(document.problem("id_taken", (*place, "id"), entry.id, what=what))
        into.setdefault(entry.id, entry)
        taken.add(entry.id)

    for document, pack in packs:
        for number, scale in enumerate(pack.scales):
            add(known.scales, scale, scales, document, ("scales", number))
        for number, domain in enumerate(pack.domains):
            own = domain.model_copy(update={"counts": False, "lived_experience_limits": False})
            add(known.domains, own, measures, document, ("domains", number))
    # Dimensions come second: the domain of one may stand in a file that is read later.
    for document, pack in packs:
        for number, dimension in enumerate(pack.dimensions):
            place = ("dimensions", number)
            own = dimension.model_copy(update={"counts": False, "critical": False})
            add(known.dimensions, own, measures, document, place)
            problems += document.placed_all(_dimension(own, known.domains, known.sources), place)
    return problems
