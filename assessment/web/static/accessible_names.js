// Names what Streamlit leaves nameless for those who listen: a question with several answers by its
// heading, and the box for what is serious, which has the same words in each line, by its line.
(() => {
  const name = (box, label) => {
    box.setAttribute('role', 'group');
    if (label && box.getAttribute('aria-label') !== label) box.setAttribute('aria-label', label);
  };
  const all = () => {
    for (const card of document.querySelectorAll('[class*="st-key-card-question-"]'))
      name(card, card.querySelector('h3')?.textContent);
    for (const box of document.querySelectorAll('[class*="st-key-tick-serious-"]')) {
      const line = box.closest('[class*="st-key-tick-line-"]').querySelector('input');
      name(box, line?.getAttribute('aria-label'));
    }
  };
  new MutationObserver(all).observe(document.body, {childList: true, subtree: true});
})();
