// The theme is the system's, also when that changes while a page is open, as on a phone at dusk.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  // Charts are drawn in the colours of a theme: once Streamlit has changed, they are drawn anew.
  const drawAnew = () => {
    const [now, before] = system.matches ? ['dark', 'light'] : ['light', 'dark'];
    const app = document.querySelector('[data-testid="stApp"]');
    if (app && getComputedStyle(app).colorScheme !== now) {
      requestAnimationFrame(drawAnew);
    } else {
      document.querySelector(`.st-key-drawn-in-${before} button`)?.click();
    }
  };
  system.addEventListener('change', drawAnew);
  // Another app at this address may have left a theme that somebody chose there.
  try {
    const left = Object.keys(localStorage).filter(key => key.startsWith('stActiveTheme'));
    left.forEach(key => localStorage.removeItem(key));
  } catch { /* A browser that stores nothing has nothing of it. */ }
})();
