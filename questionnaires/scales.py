"""Which scale an item is answered on."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.model import Item, Scale
from questionnaires.reference_data import KIND_SCALES


def scale_of(item: Item, scales: Mapping[str, Scale]) -> Scale | None:
    """The scale that an item uses: the one it names, its own options, or that of its kind."""
    if item.scale:
        return scales.get(item.scale)
    if item.options:
        return Scale.model_construct(id=item.id, options=item.options, reason=None)
    if item.kind in ("rung_now", "rung_wanted"):
        return scales.get("ladder")
    return scales.get(item.kind) if item.kind in KIND_SCALES else None
