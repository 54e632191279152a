"""The library: finds, reads and checks questionnaires, and answers what an item allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from questionnaires import checks
from questionnaires.model import (
    GROUP_SIDES,
    WORKING_GROUP,
    Dimension,
    Domain,
    Item,
    Option,
    Questionnaire,
    Scale,
    Side,
    SourceDocument,
    Wording,
)
from questionnaires.yaml_source import (
    ContentError,
    Document,
    Problem,
    build,
    listing,
    nearest,
    read,
)

ROOT = Path(__file__).resolve().parent
PACKS = ROOT / "packs"
GUIDANCE = ROOT.parent / "data" / "guidance"
#: Kinds whose items use the scale of this name unless they name another one.
KIND_SCALES = ("frequency", "agreement", "practice", "concern", "boundary")


@dataclass(frozen=True)
class Library:
    """Every questionnaire in use, with the scales, dimensions and domains they rest on."""

    questionnaires: tuple[Questionnaire, ...]
    scales: Mapping[str, Scale]
    special: Mapping[str, Wording]
    dimensions: Mapping[str, Dimension]
    domains: Mapping[str, Domain]
    sources: Mapping[str, SourceDocument]
    #: The ladder that rung items use: ``seven_step`` or ``arnstein``.
    ladder: str
    built_in: frozenset[str] = field(default=frozenset())

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the order of questionnaires and sections."""
        return {item.id: item for q in self.questionnaires for item in q.items()}

    @cached_property
    def questionnaire_of(self) -> dict[str, Questionnaire]:
        return {item.id: q for q in self.questionnaires for item in q.items()}

    @cached_property
    def sides(self) -> dict[str, Side]:
        """The side of every group that a questionnaire or the design names."""
        sides: dict[str, Side] = dict(GROUP_SIDES)
        for questionnaire in self.questionnaires:
            sides.update(questionnaire.sides)
        return sides

    def scale(self, item: Item) -> Scale | None:
        """The scale of an item; None for numbers and texts."""
        return scale_of(item, self.scales)

    def options(self, item: Item) -> tuple[Option, ...]:
        scale = self.scale(item)
        return scale.options if scale else ()

    def groups_of(self, item: Item) -> tuple[str, ...]:
        return self.questionnaire_of[item.id].groups_of(item)

    def items_for(self, group: str, *, optional: bool = True) -> Iterator[Item]:
        """The items that a group is asked; without ``optional`` only its own set."""
        for questionnaire in self.questionnaires:
            if not optional and group in questionnaire.optional_for:
                continue
            for item in questionnaire.items():
                if group in questionnaire.groups_of(item):
                    yield item

    def asks(self, item: Item, group: str, side: Side | None) -> bool:
        """Whether a group may answer an item.

        A group that no questionnaire names (renamed or added by an organisation) may answer what
        any group of its side is asked.
        """
        groups = self.groups_of(item)
        if group in groups or group == WORKING_GROUP or side is None:
            return group in groups
        named = any(group in q.groups or group in q.sides for q in self.questionnaires)
        if named or group in GROUP_SIDES:
            return False
        return any(self.sides.get(asked) == side for asked in groups)


def scale_of(item: Item, scales: Mapping[str, Scale]) -> Scale | None:
    """The scale that an item uses: the one it names, its own options, or that of its kind."""
    if item.scale:
        return scales.get(item.scale)
    if item.options:
        return Scale.model_construct(id=item.id, options=item.options, reason=None)
    if item.kind in ("rung_now", "rung_wanted"):
        return scales.get("ladder")
    return scales.get(item.kind) if item.kind in KIND_SCALES else None


def load(folders: Sequence[Path] = (), *, ladder: str | None = None) -> Library:
    """Read the built-in questionnaires and those in further folders.

    Args:
        folders: folders with questionnaires of an organisation's own (``*.yaml``).
        ladder: the participation ladder in use; the default of ``ladders.yaml`` if None.

    Raises:
        ContentError: with every problem that was found, each with its file and line.
    """
    problems: list[Problem] = []
    scales, special, used_ladder = _scales(ladder)
    domains, dimensions = _dimensions()
    sources = load_sources()

    packs: list[tuple[Document, Questionnaire]] = []
    built_in: set[str] = set()
    for path in _pack_files(folders):
        try:
            document = read(path)
            questionnaire = build(Questionnaire, document.content, document)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        packs.append((document, questionnaire))
        if path.parent == PACKS:
            built_in.add(questionnaire.id)
    for document, questionnaire in packs:
        _adopt(questionnaire, document, scales, domains, dimensions, problems)
    for document, questionnaire in packs:
        problems += checks.questionnaire(
            questionnaire, document, scales=scales, dimensions=dimensions, sources=sources
        )
    problems += checks.unique_ids(packs)
    if problems:
        raise ContentError(problems)
    return Library(
        questionnaires=tuple(questionnaire for _, questionnaire in packs),
        scales=scales,
        special=special,
        dimensions=dimensions,
        domains=domains,
        sources=sources,
        ladder=used_ladder,
        built_in=frozenset(built_in),
    )


def load_sources() -> dict[str, SourceDocument]:
    """The source documents by their short ids."""
    document = read(GUIDANCE / "sources.yaml")
    entries = document.content["documents"]
    built = [
        build(SourceDocument, entry, document, ("documents", number))
        for number, entry in enumerate(entries)
    ]
    return {source.id: source for source in built}


def _pack_files(folders: Sequence[Path]) -> list[Path]:
    files = sorted(PACKS.glob("*.yaml"))
    for folder in folders:
        if not folder.is_dir():
            raise ContentError([Problem(str(folder), None, "there is no such folder")])
        own = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
        if not own:
            raise ContentError(
                [Problem(str(folder), None, "holds no questionnaire: no file ends in .yaml")]
            )
        files += own
    return files


def _scales(ladder: str | None) -> tuple[dict[str, Scale], dict[str, Wording], str]:
    document = read(ROOT / "scales.yaml")
    scales = {}
    for number, entry in enumerate(document.content["scales"]):
        scale = build(Scale, entry, document, ("scales", number))
        scales[scale.id] = scale
    special = {
        code: build(Wording, words, document, ("special", code))
        for code, words in document.content["special"].items()
    }

    ladders = read(GUIDANCE / "ladders.yaml")
    for number, entry in enumerate(ladders.content["ladders"]):
        top = len(entry["rungs"]) - 1
        options = [
            {"code": rung["code"], "label": rung["title"], "score": 100 * step / top}
            for step, rung in enumerate(entry["rungs"])
        ]
        place = ("ladders", number)
        scales[entry["id"]] = build(Scale, {"id": entry["id"], "options": options}, ladders, place)
    used = ladder or ladders.content["default"]
    if used not in scales:
        allowed = [entry["id"] for entry in ladders.content["ladders"]]
        message = (
            f"there is no ladder {used!r}{nearest(used, allowed)}; allowed: {listing(allowed)}"
        )
        raise ContentError([Problem(ladders.name, None, message)])
    scales["ladder"] = scales[used]
    return scales, special, used


def _dimensions() -> tuple[dict[str, Domain], dict[str, Dimension]]:
    document = read(GUIDANCE / "dimensions.yaml")
    domains = [
        build(Domain, entry, document, ("domains", number))
        for number, entry in enumerate(document.content["domains"])
    ]
    dimensions = [
        build(Dimension, entry, document, ("dimensions", number))
        for number, entry in enumerate(document.content["dimensions"])
    ]
    by_id = {domain.id: domain for domain in domains}
    problems = [
        document.problem(
            ("dimensions", number, "domain"),
            f"there is no domain {dimension.domain!r}{nearest(dimension.domain, by_id)}; "
            f"allowed: {listing(by_id)}",
        )
        for number, dimension in enumerate(dimensions)
        if dimension.domain not in by_id
    ]
    if problems:
        raise ContentError(problems)
    return by_id, {dimension.id: dimension for dimension in dimensions}


def _adopt(
    questionnaire: Questionnaire,
    document: Document,
    scales: dict[str, Scale],
    domains: dict[str, Domain],
    dimensions: dict[str, Dimension],
    problems: list[Problem],
) -> None:
    """Add the scales, domains and dimensions that a questionnaire brings of its own.

    What it brings is reported and never counts towards the overall band: the thresholds were
    judged for the built-in dimensions only.
    """
    for number, scale in enumerate(questionnaire.scales):
        if scale.id in scales:
            message = f"there is a scale {scale.id!r} already: give yours another id"
            problems.append(document.problem(("scales", number), message))
        scales.setdefault(scale.id, scale)
    for number, domain in enumerate(questionnaire.domains):
        if domain.id in domains:
            message = f"there is a domain {domain.id!r} already: use it, or give yours another id"
            problems.append(document.problem(("domains", number), message))
        own = domain.model_copy(update={"counts": False, "lived_experience_limits": False})
        domains.setdefault(domain.id, own)
    for number, dimension in enumerate(questionnaire.dimensions):
        place = ("dimensions", number)
        if dimension.id in dimensions:
            message = f"there is a dimension {dimension.id!r} already: give yours another id"
            problems.append(document.problem(place, message))
        if dimension.domain not in domains:
            message = (
                f"there is no domain {dimension.domain!r}{nearest(dimension.domain, domains)}; "
                f"allowed: {listing(domains)}, or one that you add under 'domains'"
            )
            problems.append(document.problem((*place, "domain"), message))
        own = dimension.model_copy(update={"counts": False, "critical": False})
        dimensions.setdefault(dimension.id, own)
