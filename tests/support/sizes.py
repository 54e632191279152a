"""How long tests look for counter-examples: with `make test`, and with `make check-deep`."""

from __future__ import annotations

from hypothesis import settings

DEEP = settings.default.max_examples > 1000


def at_most(examples: int, deep: int | None = None) -> settings:
    """No more examples than this, where one takes as long as many others.

    Args:
        deep: how many in `make check-deep`; without it, as many as the profile says.
    """
    most = settings.default.max_examples if deep is None else deep
    return settings(max_examples=most if DEEP else examples)


#: Fewer examples where one evaluates a whole organisation, and fewer still where one takes as long
#: as ten others: whole results as JSON, every set of fixes.
FEWER_EXAMPLES = at_most(24)
FEWEST_EXAMPLES = at_most(12, deep=1000)
