// "Saved" is said aloud from a place that stays, since what comes and goes is not announced.
(() => {
  const voice = document.createElement('div');
  voice.setAttribute('role', 'status');
  voice.className = 'pw-visually-hidden';
  document.body.append(voice);
  let announced = '';
  new MutationObserver(() => {
    const mark = document.querySelector('.pw-saved');
    const now = mark ? mark.dataset.times + mark.textContent : announced;
    if (now === announced) { return; }
    announced = now;
    voice.textContent = '';
    setTimeout(() => { voice.textContent = mark.textContent.replace('✓', '').trim(); }, 80);
  }).observe(document.body, {childList: true, subtree: true});
})();

// A text is sent soon after the last key, and when the page goes out of sight: left to itself, it
// would be sent only when its box loses the focus.
(() => {
  const boxes = () => [...document.querySelectorAll('.st-key-narrow-answer textarea')];
  const stored = (box) => {
    const place = box.closest('[class*="st-key-ask-"]')?.querySelector('[data-stored]');
    return !place || decodeURIComponent(place.dataset.stored) === box.value.trim();
  };
  const unsent = () => boxes().filter((box) => box.dataset.typed && !stored(box));
  const mark = () =>
    document.documentElement.classList.toggle('pw-typing', unsent().length > 0);
  const send = () => unsent().forEach((box) =>
    box.dispatchEvent(new KeyboardEvent('keydown',
      {key: 'Enter', code: 'Enter', keyCode: 13, ctrlKey: true, bubbles: true})));
  let soon = 0;
  document.addEventListener('input', (event) => {
    if (!boxes().includes(event.target)) { return; }
    event.target.dataset.typed = 'yes';
    mark();
    clearTimeout(soon);
    soon = setTimeout(send, 1000);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) { send(); } });
  addEventListener('pagehide', send);
  new MutationObserver(mark).observe(document.body,
    {childList: true, subtree: true, attributes: true, attributeFilter: ['data-stored']});
})();

// Another window that was left on purpose takes this one along.
try {
  new BroadcastChannel('pw-leaving').onmessage = () => {
    if (location.pathname.endsWith('/answer')) { location.replace('/left'); }
  };
} catch (error) { }
