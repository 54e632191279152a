"""The way through a questionnaire: from part to part, and where the eye begins."""

from __future__ import annotations

import json

import streamlit as st

from assessment.screens.shared.keyboard import STAY

#: A new part begins at its top, and a screen reader at its title. "Saved" is said aloud from a
#: place that stays, since what comes and goes is not announced. Another window that was left on
#: purpose takes this one along. A text is sent soon after the last key, and when the page goes out
#: of sight: left to itself, it would be sent only when its box loses the focus. The box for what is
#: serious has the same words in each line of a list: it is told with its line.
SCRIPT = """<script>
(() => {
  const part = %s, item = %s;
  const page = document.querySelector('[data-testid="stMain"]');
  const begin = (tries) => {
    const place = item && document.querySelector('.st-key-ask-' + item);
    const choice = place && place.querySelector('input, textarea');
    if (item && !choice && tries) { setTimeout(begin, 100, tries - 1); return; }
    if (place) { place.scrollIntoView({block: 'center'}); }
    else if (page) { page.scrollTo(0, 0); }
    const title = document.querySelector('.pw-where, .pw-title');
    if (title && !place) { title.focus({preventScroll: true}); }
    if (choice) { choice.focus({preventScroll: true}); }
  };
  if (window.pwPart !== undefined && window.pwPart !== part) { setTimeout(begin, 60, 20); }
  window.pwPart = part;
  if (window.pwSaying) { return; }
  const voice = document.createElement('div');
  voice.setAttribute('role', 'status');
  voice.className = 'pw-unseen';
  document.body.append(voice);
  let said = '';
  window.pwSaying = new MutationObserver(() => {
    const mark = document.querySelector('.pw-saved');
    const now = mark ? mark.dataset.times + mark.textContent : said;
    if (now === said) { return; }
    said = now;
    voice.textContent = '';
    setTimeout(() => { voice.textContent = mark.textContent.replace('✓', '').trim(); }, 80);
  });
  window.pwSaying.observe(document.body, {childList: true, subtree: true});
  const name = () => document.querySelectorAll('[class*="st-key-tick-serious-"]').forEach((box) => {
    const line = box.closest('[class*="st-key-tick-line-"]').querySelector('input');
    box.setAttribute('role', 'group');
    if (line) { box.setAttribute('aria-label', line.getAttribute('aria-label')); }
  });
  new MutationObserver(name).observe(document.body, {childList: true, subtree: true});
  name();
  const boxes = () => [...document.querySelectorAll('.st-key-narrow-answer textarea')];
  const kept = (box) => {
    const place = box.closest('[class*="st-key-ask-"]')?.querySelector('.pw-kept');
    return !place || decodeURIComponent(place.dataset.kept) === box.value.trim();
  };
  const told = () => document.documentElement.classList.toggle(
    'pw-typing', boxes().some((box) => box.dataset.typed && !kept(box)));
  const send = () => boxes().filter((box) => box.dataset.typed && !kept(box)).forEach((box) =>
    box.dispatchEvent(new KeyboardEvent('keydown',
      {key: 'Enter', code: 'Enter', keyCode: 13, ctrlKey: true, bubbles: true})));
  let soon = 0;
  document.addEventListener('input', (event) => {
    if (!boxes().includes(event.target)) { return; }
    event.target.dataset.typed = 'yes';
    told();
    clearTimeout(soon);
    soon = setTimeout(send, 1000);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) { send(); } });
  addEventListener('pagehide', send);
  new MutationObserver(told).observe(document.body,
    {childList: true, subtree: true, attributes: true, attributeFilter: ['data-kept']});
  try {
    window.pwLeaving = new BroadcastChannel('pw-leaving');
    window.pwLeaving.onmessage = () => {
      if (location.pathname.endsWith('/answer')) { location.replace('/left'); }
    };
  } catch (error) { }
})();
</script>"""
ITEM = "item to show"


def go(part: str, item: str = "") -> None:
    """Go to a part, at one of its questions where one is named. For the callback of a button."""
    st.query_params["part"] = part
    st.session_state[ITEM] = item


def at_the_top(part: str) -> None:
    """Begin a part that was just opened at its top, or at the question that was asked for."""
    item = str(st.session_state.pop(ITEM, "")).replace(".", "-")
    st.html(SCRIPT % (json.dumps(part), json.dumps(item)) + STAY, unsafe_allow_javascript=True)
