// The theme is the system's. Another app at this address may have left a theme that somebody chose
// there.
try {
  const left = Object.keys(localStorage).filter(key => key.startsWith('stActiveTheme'));
  left.forEach(key => localStorage.removeItem(key));
} catch { /* A browser that stores nothing has nothing of it. */ }
