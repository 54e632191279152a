// A page with somebody's answers on it that nobody has touched for a while shows them no longer, and
// asks whose they are. What is not stored yet is stored first. The time stays in this page alone.
(() => {
  if (window.pwPause) { return; }
  window.pwPause = true;
  const LOOK = 5000, COVERED = 'This page is covered after a pause. It goes on as soon as it can.';
  const page = document.documentElement;
  let last = Date.now(), covered = false, leaving = false, channel = null;
  const isOver = () => {
    const found = document.querySelector('[data-pause]');
    return !!found && Date.now() - last > 1000 * found.dataset.pause;
  };
  const look = () => {
    if (!covered && isOver()) {
      covered = true;
      page.classList.add('pw-paused');
      const words = Object.assign(document.createElement('p'), {className: 'pw-covered', textContent: COVERED});
      document.body.append(words);
    }
    if (!covered || leaving || page.classList.contains('pw-saving')) { return; }
    leaving = true;
    fetch('/pause', {method: 'POST'}).then(() => location.replace('/yours'))
      .catch(() => { leaving = false; });
  };
  const touched = (event) => {
    look();
    if (!covered) {
      last = Date.now();
      if (channel) { channel.postMessage('touched'); }
      return;
    }
    if (event.cancelable && event.type !== 'wheel') { event.preventDefault(); }
    event.stopImmediatePropagation();
  };
  // Another window of this browser in which somebody goes on.
  try {
    channel = new BroadcastChannel('pw-touched');
    channel.onmessage = () => { if (!covered) { last = Date.now(); } };
  } catch (error) { }
  for (const kind of ['pointerdown', 'click', 'keydown', 'input', 'wheel']) {
    addEventListener(kind, touched, {capture: true, passive: kind === 'wheel'});
  }
  for (const kind of ['pageshow', 'focus']) { addEventListener(kind, look); }
  document.addEventListener('visibilitychange', look);
  setInterval(look, LOOK);
})();
