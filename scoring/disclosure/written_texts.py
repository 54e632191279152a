"""What may be published of words that people wrote: nothing until enough of them did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.disclosure.groups_and_rounding import Suppressed


@dataclass(frozen=True)
class PublishedTexts:
    """What was written in answer to one question, in no order that tells anything.

    Attributes:
        some_hidden: whether something that was written is not shown. How much is not told: with
            the texts it would be the number of those who wrote.
    """

    texts: tuple[str, ...]
    some_hidden: bool


#: What is published of a question that is answered in words.
Texts = PublishedTexts | Suppressed


def publish_texts(
    shown: Sequence[str], written: int, minimum: int, *, perhaps_again: int = 0
) -> Texts:
    """The texts to one question as they may be published.

    Args:
        shown: the texts that were reviewed and may be shown.
        written: how many there are, shown or not.
        minimum: so many people must have written.
        perhaps_again: at most so many of the texts are by somebody who has another one among them,
            since a workbook that was mended brings its words again.
    """
    if not enough_wrote(written, minimum, perhaps_again=perhaps_again):
        return Suppressed("few_answers", minimum)
    return PublishedTexts(tuple(sorted(shown)), len(shown) < written)


def enough_wrote(written: int, minimum: int, *, perhaps_again: int = 0) -> bool:
    """Whether so many wrote that texts may be published. Takes the same as ``publish_texts``."""
    return written - perhaps_again >= minimum
