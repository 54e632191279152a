"""What may stand in a cell of a table; numbers have the format of their kind."""

from __future__ import annotations

from assessment.report.tables import Kind

FORMATS: dict[Kind, str] = {
    "text": "General",
    "whole": "0",
    "share": "0%",
    "steps": "0.0",
    "tenths": "0.0",
    "hundredths": "0.00",
}
