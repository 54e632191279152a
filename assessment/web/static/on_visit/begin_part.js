// A new part begins at its top, or at the question that was asked for, and a screen reader at its
// title.
(() => {
  const {part, item} = document.currentScript.dataset;
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
})();
