// Takes the words away that stand there until the app has drawn. Where a page has another way on, it
// is offered when the app takes long to come, and at once where this browser cannot show it. Written
// for browsers that are too old for the app.
(function () {
  var NEVER = 8000, words = document.querySelector('.pw-loading');
  var DRAWN = '[data-testid="stMain"] h1, [data-testid="stMain"] .pw-text, [data-testid="stAlert"]';
  var late = words.querySelector('.pw-loading-late'), way = late && late.querySelector('a');
  function offer() {
    var part = /[?&]part=\w+/.exec(location.search);
    way.href = way.getAttribute('data-to') + (part ? '?' + part[0].slice(1) : '');
    late.hidden = false;
    words.querySelector('.pw-loading-now').hidden = true;
    document.documentElement.classList.add('pw-another-way');
  }
  // The app's own files: a script that cannot be fetched, or that this browser cannot read.
  function broken(event) {
    var file = event.filename || (event.target && event.target.src) || '';
    if (file.indexOf('/static/js/') > 0) { offer(); }
  }
  var timer = way && setTimeout(offer, NEVER);
  if (way) {
    addEventListener('error', broken, true);
    if (!('noModule' in document.createElement('script')) || !window.WebSocket) { offer(); }
  }
  if (!window.MutationObserver) { return; }
  var stay = new MutationObserver(function () {
    if (!document.querySelector(DRAWN)) { return; }
    stay.disconnect();
    clearTimeout(timer);
    removeEventListener('error', broken, true);
    words.parentNode.removeChild(words);
    document.documentElement.classList.remove('pw-another-way');
  });
  stay.observe(document.documentElement, {childList: true, subtree: true});
})();
