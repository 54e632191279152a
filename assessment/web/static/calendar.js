// The calendar of a date speaks the page's language and begins its weeks on Monday, whatever language
// the browser has. It opens where somebody points at the date, or asks for it with Alt and the down
// arrow; to the Tab key it stays shut, since it would lie over what comes next.
(() => {
  Object.defineProperty(navigator, 'language', {get: () => 'en-GB', configurable: true});
  const asked = (yes) => document.documentElement.classList.toggle('pw-calendar', yes);
  const inDate = (event) => event.target.closest?.('[data-testid="stDateInput"]');
  addEventListener('pointerdown', (event) => { if (inDate(event)) { asked(true); } }, true);
  addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && inDate(event)) { asked(false); }
    if (event.key === 'ArrowDown' && event.altKey && inDate(event)) { asked(true); }
  }, true);
  addEventListener('keydown', (event) => { if (event.key === 'Tab' && !inDate(event)) { asked(false); } }, true);
})();
