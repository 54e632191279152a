// Which form a browser can show: the full one where it can read the app's scripts, its line is not
// slow or metered, and a websocket opens. The light one is chosen already; a person may choose, too.
(() => {
  const choices = [...document.querySelectorAll('.pw-which-form')];
  if (!choices.length) { return; }
  const choose = (light) => {
    for (const choice of choices) {
      choice.hidden = false;
      choice.querySelector('input').checked = light;
    }
  };
  const line = navigator.connection || {};
  let able = 'noModule' in document.createElement('script') && 'WebSocket' in window && 'replaceAll' in String.prototype;
  try { new RegExp('(?<=a)b'); } catch (error) { able = false; }
  if (!able) { return; }
  if (line.saveData || /^(slow-2g|2g|3g)$/.test(line.effectiveType || '')) { choose(true); return; }
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/line');
  const give_up = () => {
    clearTimeout(patience);
    choose(true);
    navigator.sendBeacon && navigator.sendBeacon('/trouble', new URLSearchParams({kind: 'websocket'}));
  };
  const patience = setTimeout(give_up, 6000);
  socket.onopen = () => {
    clearTimeout(patience);
    socket.onerror = null;
    choose(false);
    load();
  };
  socket.onerror = give_up;
  // What the full form is made of is loaded while somebody reads.
  const load = () => {
    const ahead = document.querySelector('[data-ahead]');
    if (!ahead) { return; }
    const ask = window.requestIdleCallback || setTimeout;
    ask(() => ahead.dataset.ahead.split(' ').forEach(file => {
      document.head.append(Object.assign(document.createElement('link'), {rel: 'prefetch', href: file}));
    }));
  };
})();
