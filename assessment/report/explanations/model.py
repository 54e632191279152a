"""What the explanation of a number is made of."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.report.tables import Table


@dataclass(frozen=True)
class Explanation:
    """How one number came about.

    Attributes:
        title: what it is of, and what it is: "Shared decisions: 53 of 100".
        topic: what it measures.
        sentences: the arithmetic in words.
        items: the questions behind it; no rows where it rests on other numbers.
        sources: where what it measures comes from.
    """

    title: str
    topic: str
    sentences: tuple[str, ...]
    items: Table
    sources: str


def titled(title: str, score: int | None) -> str:
    return f"{title}: no score" if score is None else f"{title}: {score} of 100"
