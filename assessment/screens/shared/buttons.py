"""Buttons that several screens have: one that looks like a link, and one that hands out a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

import streamlit as st

TYPES = {
    ".backup": "application/octet-stream",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


#: What may mean something in a label, which Streamlit reads as Markdown.
MEANS_SOMETHING = re.compile(r"([!-,./:-@\[-`{-~])")


def in_label(text: str) -> str:
    """A text of somebody's own, such as the name of a file, as it stands within a label."""
    return MEANS_SOMETHING.sub(r"\\\1", text)


def text_button(label: str, key: str, on_click: Callable[..., None], *args: object) -> None:
    """A button of third rank, which looks like a link."""
    st.button(label, key=key, type="tertiary", on_click=on_click, args=args)


def download_button(
    label: str,
    content: Callable[[], str | bytes],
    file_name: str,
    key: str,
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """A file to download; ``content`` is called when somebody asks for it.

    Its arrow is a sign of the type in use (``base.css``): an icon of Streamlit's would fetch the
    whole font of icons.
    """
    st.download_button(
        label,
        content,
        file_name=file_name,
        mime=TYPES[PurePath(file_name).suffix],
        key=key,
        on_click="ignore",
        type=kind,
    )
