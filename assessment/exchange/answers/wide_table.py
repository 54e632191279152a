"""A table with one row a person and a column for each question: turned into one row an answer."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from assessment.exchange.answers.columns import WideColumns
from assessment.exchange.answers.reading import Numbered, categories
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item
from questionnaires.reference_data import group_title
from scoring.answers.matrix import changed
from scoring.answers.signs import comparable
from scoring.answers.validation import value_problem


class WideTable:
    """Reads rows of people. Groups and answers may stand in words, as survey tools write them."""

    def __init__(self, columns: WideColumns, library: Library) -> None:
        self.columns, self.library = columns, library
        groups = (*library.sides, WORKING_GROUP)
        self.groups = {comparable(group_title(group)): group for group in groups}

    def read(
        self, rows: Iterator[tuple[int, list[str]]], as_given: Callable[[str], str]
    ) -> pd.DataFrame:
        """The answers in long form.

        Args:
            rows: each with the line in which it begins.
            as_given: what a cell says.
        """
        columns = self.columns
        lines, people, groups, items, values = (array("q"), *(array("i") for _ in range(4)))
        person, group, word = Numbered(), Numbered(), Numbered()
        names = list(columns.items)
        places = list(enumerate(columns.items.values()))
        for line, row in rows:
            who = f"row {line}" if columns.respondent is None else row[columns.respondent]
            of = columns.group_of_all if columns.group is None else row[columns.group]
            given = [(number, row[at]) for number, at in places if row[at]]
            count = len(given)
            lines.extend([line] * count)
            people.extend([person[who]] * count)
            groups.extend([group[of]] * count)
            items.extend([number for number, _ in given])
            values.extend([word[value] for _, value in given])
        index = pd.Index(np.frombuffer(lines, dtype=np.int64))
        item = np.frombuffer(items, dtype=np.int32)
        packs = [self._questionnaire(name) for name in names]
        pack_names = list(dict.fromkeys(packs))
        pack_of = np.array([pack_names.index(pack) for pack in packs], dtype=np.int32)
        value = changed(categories(values, word, index), as_given)
        return pd.DataFrame(
            {
                "respondent": changed(categories(people, person, index), as_given),
                "group": changed(
                    categories(groups, group, index), lambda cell: self._group(as_given(cell))
                ),
                "questionnaire": categories(pack_of[item], pack_names, index),
                "item": categories(item, names, index),
                "value": self._coded(item, names, value),
            }
        )

    def _questionnaire(self, name: str) -> str:
        known = self.library.questionnaire_of
        found = known.get(name) or known.get(name.rpartition(".")[0])
        return "" if found is None else found.id

    def _group(self, written: str) -> str:
        return self.groups.get(comparable(written), written)

    def _coded(self, items: np.ndarray, names: list[str], values: pd.Series) -> pd.Series:
        """The values as codes; each distinct answer to an item is looked up once."""
        known = values.cat.categories.tolist()
        both = items.astype(np.int64) * len(known) + values.cat.codes.to_numpy()
        distinct, where = np.unique(both, return_inverse=True)
        by_item = {}
        coded = Numbered()
        codes = np.empty(len(distinct), dtype=np.int32)
        for at, pair in enumerate(distinct.tolist()):
            name, written = names[pair // len(known)], known[pair % len(known)]
            if name not in by_item:
                by_item[name] = _Labels(self.library.items.get(name), self.library)
            codes[at] = coded[by_item[name].code(written)]
        return categories(codes[where], coded, values.index)


class _Labels:
    """The answers of an item by the words that people read, where those are the same for all."""

    def __init__(self, item: Item | None, library: Library) -> None:
        self.item, self.library = item, library
        self.codes: Mapping[str, str] = {}
        if item is None or item.kind in ("text", "number"):
            return
        pairs = [(option.label, option.code) for option in library.options(item)]
        pairs += [
            (words, code)
            for code in item.offers
            for words in library.special[code].variants().values()
        ]
        codes: dict[str, set[str]] = {}
        for label, code in pairs:
            codes.setdefault(comparable(label), set()).add(code)
        self.codes = {label: code.pop() for label, code in codes.items() if len(code) == 1}

    def code(self, written: str) -> str:
        """The code that some words stand for; the words themselves where they are none of ours."""
        if self.item is None or not self.codes:
            return written
        if value_problem(self.item, written, self.library, agreed=True) is None:
            return written
        if self.item.kind == "choices":
            parts = written.split(";")
            return ";".join(self.codes.get(comparable(part), part.strip()) for part in parts)
        return self.codes.get(comparable(written), written)
