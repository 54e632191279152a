"""The demonstration: the dashboard of an invented organisation."""

from __future__ import annotations

from assessment.screens.components.dashboard import dashboard
from assessment.screens.components.kept import demonstrated
from assessment.screens.components.page import colours

dashboard(demonstrated(), invented=True, above=colours())
