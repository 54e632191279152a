// A lost connection is told in our words, on every page, and told again when it is back. Until the
// page has been drawn anew after that, a tap would reach nobody, so none is taken. Before the first
// connection it is loading/loading.js that tells.
(() => {
  const LOST = 3000, SETTLED = 4000, AGAIN = 20000;
  const page = document.documentElement;
  let timer = 0, once = false, settling = 0, running = false;
  const back = () => {
    clearTimeout(settling);
    settling = 0;
    running = false;
    page.classList.remove('pw-away');
  };
  // A part of the page that could not be fetched while the line was away never comes by itself: the
  // page is loaded again once the line is back, and not over and over.
  let missing = false;
  addEventListener('vite:preloadError', () => { missing = true; page.classList.add('pw-part-missing'); });
  const whole = () => {
    try {
      const before = Number(sessionStorage.getItem('pw-loaded-again'));
      if (Date.now() - before < AGAIN) { return; }
      sessionStorage.setItem('pw-loaded-again', String(Date.now()));
    } catch { return; }
    location.reload();
  };
  const check = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && app.dataset.testConnectionState === 'CONNECTED') {
      once = true;
      clearTimeout(timer);
      timer = 0;
      page.classList.remove('pw-lost');
      if (missing) { whole(); }
      if (page.classList.contains('pw-away')) {
        settling ||= setTimeout(back, SETTLED);
        const now = app.dataset.testScriptState === 'running';
        if (running && !now) { back(); } else { running = now; }
      }
    } else {
      if (once) {
        timer ||= setTimeout(() => page.classList.add('pw-lost'), LOST);
        page.classList.add('pw-away');
      }
      clearTimeout(settling);
      settling = 0;
      // Streamlit's own words come in a window over the page.
      document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click();
    }
  };
  new MutationObserver(check).observe(document.body,
    {childList: true, subtree: true, attributes: true,
      attributeFilter: ['data-test-connection-state', 'data-test-script-state']});
  check();
})();
