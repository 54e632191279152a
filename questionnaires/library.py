"""The library: finds, reads and checks questionnaires, and answers what an item allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from questionnaires import asked_like
from questionnaires.checks import conditions, lengths, questionnaire_files
from questionnaires.content_files.questionnaire_file import questionnaires_in, read_questionnaire
from questionnaires.content_files.yaml_files import Document, build, read
from questionnaires.content_folder import content_in_use, use
from questionnaires.forms import Forms, FormsFile, resolve
from questionnaires.model import RUNG_KINDS, WORKING_GROUP, Item, Questionnaire, Side
from questionnaires.problems import Problem, ProblemsError
from questionnaires.reference_data import (
    GROUP_SIDES,
    ReferenceData,
    adopt,
    read_reference_data,
)


@dataclass(frozen=True, kw_only=True)
class Library(ReferenceData):
    """Every questionnaire in use, with the scales, dimensions and domains they rest on."""

    questionnaires: tuple[Questionnaire, ...]
    built_in: frozenset[str] = frozenset()
    #: Which questions make a quick look and which a full round.
    forms: Forms = field(default_factory=Forms)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the order of questionnaires and sections."""
        return {item.id: item for q in self.questionnaires for item in q.items()}

    @cached_property
    def questionnaire_of(self) -> dict[str, Questionnaire]:
        return {item.id: q for q in self.questionnaires for item in q.items()}

    @cached_property
    def notes(self) -> dict[str, Item]:
        """The item of each note and reason beside an agreed answer, of now and of before, by its
        name."""
        return {name: item for item in self.items.values() for name in item.beside}

    @cached_property
    def earlier(self) -> dict[str, Item]:
        """The item of each agreed answer that stood before, by its name."""
        return {item.earlier_id: item for item in self.items.values() if item.takes_note}

    @cached_property
    def design_sides(self) -> dict[str, Side]:
        """The side of every group that the design names."""
        with use(self.content):
            return dict(GROUP_SIDES)

    @cached_property
    def sides(self) -> dict[str, Side]:
        """The side of every group that a questionnaire or the design names."""
        sides = dict(self.design_sides)
        for questionnaire in self.questionnaires:
            sides.update(questionnaire.sides)
        return sides

    @cached_property
    def points(self) -> dict[str, dict[str, float]]:
        """The score of every option by item id and code; 0 where a scale has no scores."""
        return {
            item.id: {option.code: float(option.score or 0) for option in self.options(item)}
            for item in self.items.values()
        }

    def groups_of(self, item: Item) -> tuple[str, ...]:
        return self.questionnaire_of[item.id].groups_of(item)

    def items_for(self, group: str) -> Iterator[Item]:
        """The items that a group may answer."""
        return (item for item in self.items.values() if group in self.groups_of(item))

    def asks(self, item: Item, group: str, side: Side | None) -> bool:
        """Whether a group may answer an item.

        A group that no questionnaire names (renamed or added by an organisation) may answer what
        any group of its side is asked.
        """
        groups = self.groups_of(item)
        if group in groups or side is None or self.names(group):
            return group in groups
        return any(self.sides.get(asked) == side for asked in groups)

    def names(self, group: str) -> bool:
        """Whether a questionnaire or the design names a group; others are an organisation's own."""
        if group == WORKING_GROUP or group in self.design_sides:
            return True
        return any(group in q.groups or group in q.sides for q in self.questionnaires)

    def without_rungs(self) -> Library:
        """The same without the questions that are answered on a participation ladder, and without
        what would be empty then."""
        found = (
            _with_items(q, lambda item: item.kind not in RUNG_KINDS) for q in self.questionnaires
        )
        return replace(self, questionnaires=tuple(q for q in found if q.sections))


def _with_items(questionnaire: Questionnaire, wanted: Callable[[Item], bool]) -> Questionnaire:
    """A questionnaire with some of its items, and with the sections that have any of them."""
    sections = (
        section.model_copy(update={"items": tuple(filter(wanted, section.items))})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": tuple(s for s in sections if s.items)})


def load(folders: Sequence[Path] = (), *, ladder: str | None = None) -> Library:
    """Read the built-in questionnaires and those in further folders.

    Args:
        folders: folders with questionnaires of an organisation's own: files (``*.yaml``), or
            folders of sections.
        ladder: the participation ladder in use; the default of ``ladders.yaml`` if None.

    Raises:
        ProblemsError: with every problem that was found, each with its file and line.
    """
    known, packs_folder = read_reference_data(ladder), content_in_use().packs
    problems: list[Problem] = []
    packs: list[tuple[Document, Questionnaire]] = []
    built_in: set[str] = set()
    for path in pack_files(folders):
        try:
            document = read_questionnaire(path)
            # The built-in files are looked through by 'check', so that loading stays fast.
            problems += document.repeated_keys() if path.parent != packs_folder else ()
            questionnaire = asked_like.widened(build(Questionnaire, document.content, document))
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        packs.append((document, questionnaire))
        if path.parent == packs_folder:
            built_in.add(questionnaire.id)
    problems += adopt(packs, known)
    for document, questionnaire in packs:
        problems += questionnaire_files.questionnaire(questionnaire, document, known)
    problems += questionnaire_files.unique_ids(packs)
    problems += questionnaire_files.one_side(packs)
    problems += conditions.asked_if(packs, known)
    if problems:
        raise ProblemsError(problems)
    forms = _forms({q.id: q for _, q in packs if q.id in built_in}, known)
    return Library(
        **vars(known),
        questionnaires=tuple(questionnaire for _, questionnaire in packs),
        built_in=frozenset(built_in),
        forms=forms,
    )


def _forms(built_in: Mapping[str, Questionnaire], known: ReferenceData) -> Forms:
    """The two lengths.

    Raises:
        ProblemsError: with every mistake in ``forms.yaml``.
    """
    document = read(content_in_use().forms)
    forms_file = asked_like.lengths(build(FormsFile, document.content, document))
    if problems := lengths.lengths(forms_file, document, built_in, known):
        raise ProblemsError(problems)
    return resolve(forms_file, built_in)


def pack_files(folders: Sequence[Path]) -> list[Path]:
    """The built-in questionnaires, then those in further folders, each once: files or folders.

    Raises:
        ProblemsError: a folder is not there, or holds no questionnaire.
    """
    files = questionnaires_in(content_in_use().packs)
    for folder in folders:
        if not folder.is_dir():
            code = "not_a_folder" if folder.exists() else "no_folder"
            raise ProblemsError.of(code, str(folder))
        own = questionnaires_in(folder)
        if not own:
            raise ProblemsError.of("no_questionnaire_inside", str(folder))
        files += own
    return list(dict.fromkeys(path.resolve() for path in files))
