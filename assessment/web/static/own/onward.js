// Before a button or a link leads on, whether we can be reached: without a line a browser shows a
// page of its own, which says nothing of what is saved and has no way back.
(() => {
  if (!window.fetch || !window.AbortController) { return; }
  const FRESH = 10000, PATIENCE = 10000, SLOW = 1500;
  let heard = Date.now(), asking = false, passing = false, told = null;
  document.addEventListener('pw-heard', () => { heard = Date.now(); });
  const reached = async () => {
    const stop = new AbortController(), patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return (await fetch('/_stcore/health', {cache: 'no-store', signal: stop.signal})).ok;
    } catch (error) {
      return false;
    } finally {
      clearTimeout(patience);
    }
  };
  // What was heard of a moment ago is taken for there, but not where answers are handed in.
  const isNear = (form) => (!form || form.matches('.pw-questions')) &&
    navigator.onLine !== false && Date.now() - heard < FRESH;
  const tell = (place, role, words) => {
    if (told) { told.remove(); }
    told = document.createElement('p');
    told.className = role === 'alert' ? 'pw-trouble' : 'pw-muted';
    told.setAttribute('role', role);
    place.after(told);
    told.textContent = words;
    told.scrollIntoView({block: 'nearest'});
  };
  const whenReached = async (event, place, go) => {
    event.preventDefault();
    if (asking) { return; }
    asking = true;
    const slow = setTimeout(() => tell(place, 'status', 'One moment: the line is slow.'), SLOW);
    const there = await reached();
    clearTimeout(slow);
    asking = false;
    if (there) {
      heard = Date.now();
      if (told) { told.remove(); told = null; }
      go();
      return;
    }
    heard = 0;
    document.dispatchEvent(new Event('pw-stays'));
    tell(place, 'alert', 'We cannot be reached just now: perhaps there is no connection. What was ' +
      'saved is still saved. Stay on this page, and tap again in a moment.');
  };
  document.addEventListener('submit', (event) => {
    const form = event.target, button = event.submitter;
    if (event.defaultPrevented || passing || isNear(form)) { return; }
    whenReached(event, form, () => {
      if (!form.requestSubmit) { form.submit(); return; }
      passing = true;
      form.requestSubmit(button || undefined);
      passing = false;
    });
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey ||
      event.shiftKey || event.altKey || (link.target && link.target !== '_self') ||
      link.hasAttribute('download') || link.origin !== location.origin) { return; }
    const here = link.pathname === location.pathname && link.search === location.search;
    if ((here && link.hash) || isNear(null)) { return; }
    whenReached(event, link.closest('p') || link, () => { location.assign(link.href); });
  });
})();
