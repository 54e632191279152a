// A new page begins at its top, or at the question that somebody asked for, and says so to those
// who hear it.
(() => {
  const {place, target} = document.currentScript.dataset;
  if (window.pwPlace === place) return;
  window.pwPlace = place;
  let moved = false;
  for (const by of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    addEventListener(by, () => { moved = true; }, {once: true, passive: true});
  // What is drawn above it later pushes a question away: it is brought back until somebody moves.
  const stay = (tries) => {
    const found = document.getElementById(target);
    const top = found ? found.getBoundingClientRect().top : 0;
    if (found && !moved && (top < 0 || top > innerHeight / 2))
      found.scrollIntoView({block: 'start'});
    if (tries && !moved) setTimeout(stay, 250, tries - 1);
  };
  setTimeout(() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const found = document.getElementById(target);
    if (found) found.scrollIntoView({block: 'start'}); else if (main) main.scrollTo(0, 0);
    const heading = found || document.querySelector('h1');
    if (heading) { heading.setAttribute('tabindex', '-1'); heading.focus({preventScroll: true}); }
    if (target) stay(20);
  }, 150);
})();
