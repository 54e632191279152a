"""The demonstration: the dashboard of an invented organisation."""

from __future__ import annotations

from assessment.screens.results.cache import demonstration_dashboard
from assessment.screens.results.dashboard import draw_dashboard

demonstration = demonstration_dashboard()
draw_dashboard(demonstration, invented=demonstration.report.result.profile.context.organisation)
