"""Templates of whole pages and sheets. They escape whatever is put in."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parents[2] / "web" / "templates", encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(name: str, /, **values: object) -> Markup:
    """A template of ``web/templates`` with its values."""
    return Markup(_templates.get_template(name).render(**values))  # noqa: S704  it escapes
