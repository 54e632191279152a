// Takes the words away that stand there until the app has drawn. Where a page has another way on, it
// is offered when the app takes long to come, and at once where this browser cannot show it. Any other
// page says what is so: that the line is away, or that the app does not run in this browser or on
// this network. Written for browsers that are too old for the app.
(function () {
  var NEVER = 8000, SOON = 3000, page = document.documentElement;
  var words = document.querySelector('.pw-loading');
  var DRAWN = '[data-testid="stMain"] h1, [data-testid="stMain"] .pw-text, [data-testid="stAlert"]';
  var late = words.querySelector('.pw-loading-late'), way = late.querySelector('[data-to]');
  var timer = 0, done = false, failed = false, away = false, loaded = false, socket = null;
  function offer() {
    var part = /[?&]part=\w+/.exec(location.search);
    if (way) { way.href = way.getAttribute('data-to') + (part ? '?' + part[0].slice(1) : ''); }
    late.hidden = false;
    words.querySelector('.pw-loading-now').hidden = true;
    page.classList.add('pw-another-way');
    finish();
  }
  function finish() {
    done = true;
    clearTimeout(timer);
    removeEventListener('error', broken, true);
  }
  // The app's own files: a script that cannot be fetched, or that this browser cannot read.
  function broken(event) {
    var file = event.filename || (event.target && event.target.src) || '';
    if (file.indexOf('/static/js/') < 0) { return; }
    failed = true;
    if (way) { offer(); } else { look(); }
  }
  // Whether the line is there, and if it is, why the app is not.
  function look() {
    var asked = new XMLHttpRequest();
    again(NEVER);
    asked.onload = function () {
      if (asked.status !== 200) { asked.onerror(); return; }
      page.classList.remove('pw-lost');
      if (done) { return; }
      if (away && failed) { location.reload(); } else if (failed) { offer(); } else { compare(); }
      away = false;
    };
    asked.onerror = asked.ontimeout = function () {
      if (done) { return; }
      away = true;
      page.classList.add('pw-lost');
      again(SOON);
    };
    asked.open('GET', '/alive');
    asked.timeout = NEVER;
    asked.send();
  }
  function again(wait) {
    clearTimeout(timer);
    if (!done) { timer = setTimeout(look, wait); }
  }
  function compare() {
    var app = document.querySelector('[data-testid="stApp"]');
    if (!app) {
      // All of it has come and has drawn nothing; as long as it comes, the line is slow.
      if (loaded) { offer(); }
      loaded = document.readyState === 'complete';
    } else if (app.getAttribute('data-test-connection-state') !== 'CONNECTED') {
      if (socket && socket.readyState === 0) { blocked(); return; }
      socket = new WebSocket(location.protocol.replace('http', 'ws') + '//' + location.host + '/line');
      socket.onopen = function () { socket.onerror = null; };
      socket.onerror = blocked;
    }
  }
  function blocked() {
    if (done) { return; }
    offer();
    if (navigator.sendBeacon) { navigator.sendBeacon('/trouble', new URLSearchParams({kind: 'websocket'})); }
  }
  timer = setTimeout(way ? offer : look, NEVER);
  addEventListener('error', broken, true);
  if (!('noModule' in document.createElement('script')) || !window.WebSocket) { offer(); }
  if (!window.MutationObserver) { return; }
  var stay = new MutationObserver(function () {
    if (!document.querySelector(DRAWN)) { return; }
    stay.disconnect();
    finish();
    words.parentNode.removeChild(words);
    page.classList.remove('pw-another-way');
  });
  stay.observe(document.documentElement, {childList: true, subtree: true});
})();
