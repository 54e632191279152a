"""Random organisations: a few drawn numbers become the answers of everybody.

Hypothesis draws who there is and what people tend to say; a seed fills in the rest. So examples
are quick to make, and a failing one still shrinks to few people and a plain tendency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from questionnaires.model import (
    DID_NOT_AGREE,
    DOES_NOT_APPLY,
    DONT_KNOW,
    FACT_KINDS,
    PREFER_NOT,
    SPECIAL_CODES,
    WORKING_GROUP,
    Item,
    Side,
)
from questionnaires.reference_data import GROUP_SIDES
from scoring.answers.matrix import (
    COLUMNS,
    DONT_KNOW_CELL,
    EMPTY_CELL,
    NOT_APPLICABLE_CELL,
    Answers,
    Context,
    Group,
    Matrix,
    has_cells,
)
from scoring.measures.dimension_results import agreed_code
from scoring.profile import Profile, profile
from scoring.rules.conditions import Evidence, Practice, step_score
from tests.support.organisations import guidance, library

#: Groups of an organisation's own, one on each side.
OWN_GROUPS: dict[str, Side] = {"families": "lived_experience", "volunteers": "organisation"}
SIDES: dict[str, Side] = {**GROUP_SIDES, **OWN_GROUPS}
MAX_PEOPLE = 12
#: Seeds of what is drawn without Hypothesis.
SEEDS = st.integers(0, 2**32 - 1)


@cache
def coded_items() -> tuple[Item, ...]:
    """The items that have a row in the matrix, in the order of their rows."""
    return tuple(item for item in library().items.values() if has_cells(item))


@cache
def rows() -> dict[str, int]:
    return {item.id: row for row, item in enumerate(coded_items())}


@cache
def facts() -> tuple[Item, ...]:
    """The working group's facts."""
    return tuple(
        item
        for item in library().items.values()
        if item.kind in FACT_KINDS and library().asks(item, WORKING_GROUP, None)
    )


@cache
def practices() -> tuple[Item, ...]:
    return tuple(item for item in library().items.values() if item.kind == "practice")


@cache
def safeguards() -> frozenset[str]:
    """The practices that only lower a risk."""
    leaves = [leaf for s in guidance().risk.safeguards for leaf in s.missing.leaves()]
    return frozenset(leaf.practice for leaf in leaves if leaf.practice)


@cache
def asked_of(group: str) -> np.ndarray:
    """Which rows a group is asked."""
    return np.array([library().asks(item, group, SIDES[group]) for item in coded_items()])


@cache
def options() -> np.ndarray:
    """How many options each row has."""
    return np.array([len(library().options(item)) for item in coded_items()])


@cache
def scored_rows() -> np.ndarray:
    return np.array([item.scored for item in coded_items()])


@cache
def offering(code: str) -> np.ndarray:
    """Which rows offer a special code."""
    return np.array([code in item.offers for item in coded_items()])


@dataclass(frozen=True)
class Organisation:
    """What hypothesis draws.

    Attributes:
        people: how many answer in each group.
        mood: where on their scales people stand, 0 to 1; spread: how far around it.
        gaps: shares of don't know, of does not apply, and of skipped answers.
        tidy: the share of agreed practices that are in place; agreed: the share with an answer.
        unguarded: the share of safeguards that are only planned.
        favour: the share of facts with the answer that opens most.
        silent: the share of facts without an answer.
        newcomers: nobody has done peer work before.
    """

    seed: int
    people: Mapping[str, int]
    mood: Mapping[str, float]
    spread: float = 0.0
    gaps: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tidy: float = 0.0
    agreed: float = 0.0
    unguarded: float = 0.0
    favour: float = 0.0
    silent: float = 1.0
    newcomers: bool = False
    minimum: int = 5
    head_counts: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        return Context(
            minimum_group_size=self.minimum,
            eligible=dict(self.head_counts),
            weights=dict(self.weights),
            sides={g: side for g, side in OWN_GROUPS.items() if g in self.people},
            seed=self.seed % 7,
        )


def organisations(
    *, most: int = MAX_PEOPLE, head_counts: bool = True
) -> st.SearchStrategy[Organisation]:
    """Organisations from hopeless to perfect, in which anything may be missing."""
    share = st.sampled_from([0.0, 0.0, 0.05, 0.2, 0.5])

    @st.composite
    def drawn(draw: st.DrawFn) -> Organisation:
        names = [*GROUP_SIDES, *draw(st.sampled_from([(), (), ("families",), ("volunteers",)]))]
        count = st.one_of(st.integers(0, most), st.integers(most // 2, most))
        people = {name: n for name in names if (n := draw(count))}
        mood = draw(st.sampled_from([0.1, 0.4, 0.6, 0.75, 0.75, 0.9]))
        counts = {}
        if head_counts:
            for name, n in people.items():
                extra = draw(st.sampled_from([None, None, -1, 0, 1, 7, 40]))
                if extra is not None:
                    counts[name] = max(n + extra, 1)
        weight = st.sampled_from([None, None, None, 0.0, 0.3, 1.0, 2.5])
        weights = {n: w for n in people if (w := draw(weight)) is not None}
        return Organisation(
            seed=draw(st.integers(0, 2**32 - 1)),
            people=people,
            mood={n: mood + draw(st.sampled_from([-0.3, 0.0, 0.0, 0.3])) for n in people},
            spread=draw(st.sampled_from([0.0, 0.1, 0.3])),
            gaps=(draw(share), draw(st.sampled_from([0.0, 0.1])), draw(share)),
            tidy=draw(st.sampled_from([0.0, 0.5, 0.9, 0.97, 0.99, *[1.0] * 6])),
            agreed=draw(st.sampled_from([0.0, 0.6, 0.98, *[1.0] * 5])),
            unguarded=draw(st.sampled_from([0.0, 0.0, 0.5])),
            favour=draw(st.sampled_from([0.3, 0.9, 1.0, 1.0])),
            silent=draw(st.sampled_from([0.0, 0.0, 0.0, 0.1, 0.6])),
            newcomers=draw(st.sampled_from([False, False, True])),
            minimum=draw(st.integers(4, 6)),
            head_counts=counts,
            weights=weights,
        )

    return drawn()


def answers_of(organisation: Organisation) -> Answers:
    """Everybody's answers, straight into the matrix."""
    random = np.random.default_rng(organisation.seed)
    context = organisation.context
    groups, columns, start = [], [], 0
    order = [*GROUP_SIDES, *sorted(OWN_GROUPS)]
    for name in sorted(organisation.people, key=order.index):
        n = organisation.people[name]
        columns.append(_cells(name, n, organisation, random))
        groups.append(Group(name, SIDES[name], start, start + n, context.eligible.get(name)))
        start += n
    empty = np.full((len(coded_items()), 0), EMPTY_CELL, dtype=np.uint8)
    agreed = _agreed(organisation, random) | _facts(organisation, random)
    noted = [item for item in agreed if item in rows() and random.random() < 0.5]
    return Answers(
        library=library(),
        context=context,
        matrix=np.hstack([empty, *columns]),
        rows=rows(),
        groups=tuple(groups),
        agreed=agreed,
        notes=dict.fromkeys(noted, "See the folder in the office."),
    )


def nothing(n: int) -> Matrix:
    """The answers of n people who have not answered anything yet."""
    return np.full((len(rows()), n), EMPTY_CELL, dtype=np.uint8)


def items_of(dimension: str, group: str) -> list[int]:
    """The rows of a dimension's items that a group is asked."""
    return [
        row
        for row, item in enumerate(coded_items())
        if item.dimension == dimension and item.scored and asked_of(group)[row]
    ]


def in_columns(answers: Answers, group: Group, cells: Matrix) -> Answers:
    """The same with other answers of one group."""
    matrix = answers.matrix.copy()
    matrix[:, group.start : group.stop] = cells
    return replace(answers, matrix=matrix)


def answers_from(cells: Mapping[str, Matrix], minimum: int = 5) -> Answers:
    """Groups with given answers; the working group said nothing."""
    people = {name: block.shape[1] for name, block in cells.items()}
    mood = dict.fromkeys(people, 0.5)
    answers = answers_of(Organisation(seed=0, people=people, mood=mood, minimum=minimum))
    for group in answers.groups:
        answers = in_columns(answers, group, cells[group.id])
    return replace(answers, agreed={}, notes={})


def _cells(name: str, n: int, organisation: Organisation, random: np.random.Generator) -> Matrix:
    """The answers of one group, items × people."""
    shape = (len(coded_items()), n)
    stands = organisation.mood[name] + random.normal(0, organisation.spread, n)
    place = np.clip(stands + random.normal(0, organisation.spread, shape), 0, 0.999)
    cells = np.floor(place * options()[:, None]).astype(np.uint8)
    dont_know, does_not_apply, skipped = organisation.gaps
    # Missing answers gather in some people more than in others.
    prone = random.choice([0.0, 1.0, 3.0], n)
    for rate, cell, offered in (
        (dont_know, DONT_KNOW_CELL, offering(DONT_KNOW)),
        (does_not_apply, NOT_APPLICABLE_CELL, offering(DOES_NOT_APPLY)),
        (skipped, EMPTY_CELL, np.ones(len(offering(DONT_KNOW)), dtype=bool)),
    ):
        cells[(random.random(shape) < rate * prone) & offered[:, None]] = cell
    cells[~asked_of(name)] = EMPTY_CELL
    # Who answers nothing has not replied: keep one answer of each.
    nobody = (cells == EMPTY_CELL).all(axis=0)
    cells[int(np.flatnonzero(asked_of(name))[0]), nobody] = 0
    return cells


def _agreed(organisation: Organisation, random: np.random.Generator) -> dict[str, str]:
    """The working group's practices."""
    found = {}
    for item in practices():
        if random.random() >= organisation.agreed:
            continue
        codes = [option.code for option in library().options(item)]
        if item.id in safeguards() and random.random() < organisation.unguarded:
            found[item.id] = "planned"
        elif random.random() < organisation.tidy:
            found[item.id] = codes[-1]
        elif item.offers and random.random() < 0.2:
            found[item.id] = str(random.choice(item.offers))
        elif random.random() < 0.2:
            chosen = sorted(random.choice(len(codes), 2, replace=False))
            found[item.id] = f"{DID_NOT_AGREE}:{';'.join(codes[step] for step in chosen)}"
        else:
            found[item.id] = str(random.choice(codes))
    return found


def _facts(organisation: Organisation, random: np.random.Generator) -> dict[str, str]:
    found = {}
    for item in facts():
        if random.random() < organisation.silent:
            if random.random() < 0.3:
                found[item.id] = DONT_KNOW
            continue
        favoured = random.random() < organisation.favour
        found[item.id] = _fact(item, favoured, random)
    if organisation.newcomers:
        none = dict.fromkeys(
            ("fit.organisation_experience", "fit.people_experience", "fit.already_running"), "none"
        )
        found |= {item: none[item] for item in none if item in found}
    return found


#: The answers that open most, and the facts of which the more are named the more is open. For
#: other facts every answer is as good.
OPENING = {
    "fit.risk_appetite": "moderate",
    "fit.peers_are_clients": "no",
    "fit.organisation_experience": "established",
    "fit.people_experience": "experienced_pair",
    "fit.staff_supported_work": "gone_well",
    "fit.co_leading_proven": "yes",
    "fit.overdose_experience": "yes",
    "fit.therapeutic": "no",
}
OPENING_ALL = ("fit.staff_roles", "fit.skills")


def _fact(item: Item, favoured: bool, random: np.random.Generator) -> str:
    if item.kind == "number":
        return str(float(random.integers(int(item.minimum or 0), 60)))
    codes = [option.code for option in library().options(item)]
    if item.kind == "choice":
        return OPENING[item.id] if favoured and item.id in OPENING else str(random.choice(codes))
    codes = [code for code in codes if code != "none"]
    if item.id == "fit.already_running":
        # In most organisations nothing runs yet, in others one kind or two.
        running = random.choice(codes, random.choice([0, 0, 0, 1, 2]), replace=False)
        return ";".join(sorted(running)) or "none"
    if favoured and item.id in OPENING_ALL:
        return ";".join(codes)
    share = random.choice([0.1, 0.4, 0.9, 0.9])
    chosen = [code for code in codes if random.random() < share]
    return ";".join(chosen) or ("none" if _has_none(item) else str(random.choice(codes)))


def _has_none(item: Item) -> bool:
    return any(option.code == "none" for option in library().options(item))


def table_of(answers: Answers, names: Mapping[int, str] | None = None) -> pd.DataFrame:
    """The answers in long form, as a file would hold them.

    Args:
        names: what to call the respondent of each column.
    """
    codes = [[option.code for option in library().options(item)] for item in coded_items()]
    found: list[tuple[str, str, str, str, str]] = []
    for group in answers.groups:
        asked = np.flatnonzero(asked_of(group.id))
        for column in range(group.start, group.stop):
            name = names[column] if names else f"{group.id}-{column:03d}"
            for row in asked:
                item = coded_items()[row]
                value = _value(int(answers.matrix[row, column]), codes[row], item)
                if value is not None:
                    found.append((name, group.id, _questionnaire(item.id), item.id, value))
    team = [*answers.agreed.items(), *((f"{i}.note", n) for i, n in answers.notes.items())]
    for item_id, value in team:
        where = _questionnaire(item_id.removesuffix(".note"))
        found.append(("team", WORKING_GROUP, where, item_id, value))
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def _value(cell: int, codes: list[str], item: Item) -> str | None:
    if cell == EMPTY_CELL:
        return PREFER_NOT if PREFER_NOT in item.offers else None
    special = {DONT_KNOW_CELL: DONT_KNOW, NOT_APPLICABLE_CELL: DOES_NOT_APPLY}
    return special[cell] if cell in special else codes[cell]


def _questionnaire(item: str) -> str:
    return library().questionnaire_of[item].id


def with_agreed(answers: Answers, agreed: Mapping[str, str]) -> Answers:
    """The same with some other answers of the working group."""
    return replace(answers, agreed={**answers.agreed, **agreed})


def scored(answers: Answers) -> Profile:
    return profile(answers, guidance())


def standing(organisation: Organisation) -> Evidence:
    """What rules may read of an organisation, drawn without anybody's answers.

    Much quicker than scoring people, for properties of the rules alone.
    """
    random = np.random.default_rng(organisation.seed)
    agreed, given = _agreed(organisation, random), _facts(organisation, random)
    practices = {}
    for item, value in agreed.items():
        code = (
            value
            if value in SPECIAL_CODES
            else agreed_code(library().items[item], value, library())
        )
        points = 0.0 if value in SPECIAL_CODES else step_score(library(), item, code)
        practices[item] = Practice(points, code, agreed=True)
    known = {item: value for item, value in given.items() if value not in SPECIAL_CODES}
    facts = {
        item: float(value)
        if library().items[item].kind == "number"
        else frozenset(value.split(";"))
        for item, value in known.items()
    }
    culture = {"culture": float(random.integers(0, 101))} if random.random() < 0.9 else {}
    heard = frozenset(random.choice(["principles", "culture"], random.choice([0, 2, 2, 2]), False))
    few = frozenset({"service_user"}) if random.random() < 0.2 else frozenset()
    return Evidence(library(), practices, culture, facts, heard, few)
