// A lost connection is told in our words, on every page, and told again when it is back.
(() => {
  const LOST = 3000, NEVER = 8000;
  const page = document.documentElement;
  let timer = 0, once = false;
  const check = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && app.dataset.testConnectionState === 'CONNECTED') {
      once = true;
      clearTimeout(timer);
      timer = 0;
      page.classList.remove('pw-lost');
    } else {
      timer ||= setTimeout(() => page.classList.add('pw-lost'), once ? LOST : NEVER);
      // Streamlit's own words come in a window over the page.
      document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click();
    }
  };
  new MutationObserver(check).observe(document.body,
    {childList: true, subtree: true, attributes: true,
      attributeFilter: ['data-test-connection-state']});
  check();
})();
