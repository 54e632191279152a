"""Forms that change something: one is open at a time, and what became of it is said there."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from assessment.screens.shared import markup
from assessment.services.rounds.changes import NotChangedError
from assessment.store import UnreachableError

OUR_FAULT = "Something went wrong on our side, and nothing was changed. Try again in a minute."


@dataclass(frozen=True)
class Forms:
    """The forms of one card or screen, and what the session knows of them.

    Attributes:
        name: of these forms, in the session.
        our_fault: what is said where the store does not answer.
    """

    name: str
    our_fault: str = OUR_FAULT

    @property
    def _open(self) -> str:
        return f"{self.name}-open"

    @property
    def _done(self) -> str:
        return f"{self.name}-done"

    @property
    def _wrong(self) -> str:
        return f"{self.name}-wrong"

    def open(self, *which: Hashable) -> None:
        """Open one form in the place of another. For the callback of a button."""
        st.session_state[self._open] = which
        st.session_state.pop(self._wrong, None)

    def is_open(self, *which: Hashable) -> bool:
        return bool(st.session_state.get(self._open) == which)

    def close(self) -> None:
        st.session_state.pop(self._open, None)
        st.session_state.pop(self._wrong, None)

    def is_changed(self, change: Callable[[], None], done: str = "") -> bool:
        """Try to change something; where it cannot be, its field says why.

        Args:
            done: what is said once it is.
        """
        st.session_state.pop(self._wrong, None)
        try:
            change()
        except NotChangedError as refused:
            st.session_state[self._wrong] = {refused.place: str(refused)}
            return False
        except UnreachableError:
            st.session_state[self._wrong] = {"": self.our_fault}
            return False
        if done:
            st.session_state[self._done] = (st.session_state.get(self._open, ()), done)
        return True

    def change(self, done: str, change: Callable[[], None]) -> None:
        """The same, and draw the page anew; where it cannot be, the form stays as it is."""
        if self.is_changed(change, done):
            self.close()
        st.rerun()

    def show_done(self, *where: Hashable) -> None:
        """Say once what was done.

        Args:
            where: what the names of the form begin with, where forms stand in several cards.
        """
        which, done = st.session_state.get(self._done, ((), ""))
        if done and which[: len(where)] == where:
            del st.session_state[self._done]
            st.html(markup.notice(done, role="status", style="pw-done"))

    def show_mistake(self, place: str = "") -> None:
        """What is wrong with a field, below it; with all of it where it has no place."""
        wrong: Mapping[str, str] = st.session_state.get(self._wrong, {})
        text = wrong.get(place)
        if text and place:
            st.html(Markup('<p class="pw-error" role="alert">{}</p>').format(text))
        elif text:
            st.html(markup.notice(text, role="alert", style="pw-banner"))

    def buttons(self, label: str, key: str, *, for_good: bool = False) -> bool:
        """The button that does it, and the way out. What cannot be taken back does not invite.

        Returns:
            Whether it was pressed.
        """
        with st.container(key=f"buttons-{key}", horizontal=True):
            done = st.button(label, key=f"do-{key}", type="secondary" if for_good else "primary")
            st.button("Leave it as it is", key=f"leave-{key}", on_click=self.close)
        return done
