"""What every model of the content stands on: ids, sentences, and refusing unknown words."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
ItemId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$", max_length=80)
]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """A frozen model that refuses words it does not know."""

    # Built when one of them is read: most stand within others, and need no validator of their own.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
