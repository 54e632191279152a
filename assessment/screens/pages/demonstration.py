"""The demonstration: the dashboard of an invented organisation."""

from __future__ import annotations

from assessment.screens.results.cache import demonstrated
from assessment.screens.results.dashboard import dashboard
from assessment.screens.shared.page import colours

dashboard(demonstrated(), invented=True, above=colours())
