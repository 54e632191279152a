// On paper what opens stands open where it matters, and is as before once that is done.
(() => {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details.pw-printed:not([open])')];
    for (const fold of opened) { fold.open = true; }
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) { fold.open = false; }
    opened = [];
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print-page]')) { window.print(); }
  });
})();
