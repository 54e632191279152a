// Where the keyboard stays when the button that it has pressed goes away.
// Without this the keyboard would begin at the top of the page again, and so would a screen reader.
// It goes to what is written or chosen in the question that the button belonged to, once that is
// drawn anew. A finger or a mouse is left alone: on a phone a box that is entered brings up the
// keys.
(() => {
  const places = '[class*="st-key-ask-"], [class*="st-key-card-question-"]';
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button'), place = button && button.closest(places);
    if (event.detail || !place) { return; }
    const name = [...place.classList].find((each) => /^st-key-(ask|card-question)-/.test(each));
    let drawn = 0;
    const focus = () => {
      stay.disconnect();
      if (document.activeElement !== document.body) { return; }
      const here = document.querySelector('.' + CSS.escape(name));
      const next = ['textarea', 'input:checked', 'input'].map((each) => here?.querySelector(each));
      next.find(Boolean)?.focus();
    };
    const stay = new MutationObserver(() => {
      if (button.isConnected) { return; }
      clearTimeout(drawn);
      drawn = setTimeout(focus, 100);
    });
    stay.observe(document.body, {childList: true, subtree: true});
    setTimeout(() => stay.disconnect(), 10000);
  }, true);
})();
