// Where the keyboard stays when the button that it has pressed goes away.
// Without this the keyboard would begin at the top of the page again, and so would a screen reader.
// It goes to what is written or chosen in the question that the button belonged to, once that is
// drawn anew, and again where a later drawing takes it away: for ten seconds, or until the next key
// or touch. A finger or a mouse is left alone: on a phone a box that is entered brings up the keys.
(() => {
  const places = '[class*="st-key-ask-"], [class*="st-key-card-question-"]';
  let stop = () => {};
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button'), place = button && button.closest(places);
    if (event.detail || !place) { return; }
    stop();
    const name = [...place.classList].find((each) => /^st-key-(ask|card-question)-/.test(each));
    let drawn = 0, given = document.body;
    const focus = () => {
      // What was given the focus may be drawn before the box that it is for.
      if (![document.body, given].includes(document.activeElement)) { return; }
      const here = document.querySelector('.' + CSS.escape(name));
      const next = ['textarea', 'input:checked', 'input'].map((each) => here?.querySelector(each));
      const found = next.find(Boolean);
      if (!found || found === document.activeElement) { return; }
      given = found;
      found.focus();
    };
    const stay = new MutationObserver(() => {
      if (button.isConnected) { return; }
      clearTimeout(drawn);
      drawn = setTimeout(focus, 100);
    });
    // A choice that is taken back changes its look only.
    stay.observe(document.body,
      {childList: true, subtree: true, attributes: true, attributeFilter: ['class']});
    const end = setTimeout(() => stop(), 10000);
    stop = () => { stay.disconnect(); clearTimeout(drawn); clearTimeout(end); stop = () => {}; };
  }, true);
  // Keys that a script presses, and the press that is still held down, are none of a person.
  for (const by of ['pointerdown', 'keydown'])
    addEventListener(by, (event) => { if (event.isTrusted && !event.repeat) { stop(); } }, true);
})();
