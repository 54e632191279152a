// Whether the answers that stand on the page are those that the store holds. The mark at the top says
// "Saved" of nothing else: from a tap on it says "Saving…", until the store has confirmed this very
// answer. Where that takes long, the page says so, and asks before it is closed. What was typed and
// is not taken stays where it is; the page says why.
(() => {
  const SILENCE = 3000, WRITING = 1000, TYPED = 'textarea, input[type=text]';
  const page = document.documentElement;
  const voice = document.createElement('div');
  voice.setAttribute('role', 'status');
  voice.className = 'pw-visually-hidden';
  document.body.append(voice);

  const value = (input) => {
    if (input.matches('[type=radio], [type=checkbox]')) { return input.checked ? '1' : '0'; }
    return input.value.trim();
  };
  const questionOf = (element) => element.closest('[class*="st-key-ask-"]');
  const nameOf = (question) =>
    [...question.classList].find(name => name.startsWith('st-key-ask-')).slice('st-key-ask-'.length);
  const standing = (question) =>
    [...question.querySelectorAll('input, textarea')].map(value).join(',');

  // By the names of questions: what somebody has changed, and the store has not confirmed.
  const changed = new Set();
  let announced = '', silence = 0, again = 0;

  // What was tapped while a page came back from a lost connection may have reached nobody: it is
  // sent again with everything else that stands on the page.
  const tell = () => {
    page.classList.add('pw-silent');
    const app = document.querySelector('[data-testid="stApp"]');
    const idle = app && app.dataset.testScriptState === 'notRunning';
    if (idle && app.dataset.testConnectionState === 'CONNECTED') {
      document.querySelector('.st-key-send-again button')?.click();
    }
    silence = setTimeout(tell, SILENCE);
  };
  const check = () => {
    const mark = document.querySelector('.pw-saved[data-stored]');
    const read = (marks) => mark ? JSON.parse(decodeURIComponent(marks)) : {};
    const stored = read(mark?.dataset.stored), refused = read(mark?.dataset.refused);
    for (const name of Object.keys(refused)) { changed.add(name); }
    let saving = false;
    for (const name of changed) {
      const question = document.querySelector('.st-key-ask-' + CSS.escape(name));
      const now = question && standing(question);
      // While a page is drawn anew, its questions are away for a moment.
      if (question ? now === stored[name] : !(name in stored)) {
        changed.delete(name);
      } else if (now !== refused[name] && '#' + [...now].length !== refused[name]) {
        saving = true;
      }
    }
    page.classList.toggle('pw-saving', saving);
    // An answer that is refused goes back to what it was, which nothing announces.
    clearTimeout(again);
    if (saving) { again = setTimeout(check, 400); }
    // What the app says by itself of a store that does not answer is enough.
    const told = mark && mark.classList.contains('pw-waiting');
    if (!saving || told) {
      clearTimeout(silence);
      silence = 0;
      page.classList.remove('pw-silent');
    } else if (!silence) {
      silence = setTimeout(tell, SILENCE);
    }
    // Said aloud from a place that stays, since what comes and goes is not announced.
    const now = mark ? mark.dataset.times + mark.textContent : announced;
    if (now === announced || (saving && !told)) { return; }
    announced = now;
    voice.textContent = '';
    setTimeout(() => { voice.textContent = mark.textContent.replace('✓', '').trim(); }, 80);
  };
  new MutationObserver(check).observe(document.body,
    {childList: true, subtree: true, attributes: true, attributeFilter: ['data-stored', 'data-refused']});

  // A text is sent soon after the last key, and when the page goes out of sight: left to itself, it
  // would be sent only when its box loses the focus.
  const send = () => changed.forEach((name) => {
    const box = document.querySelector('.st-key-ask-' + CSS.escape(name) + ' :is(' + TYPED + ')');
    box?.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', keyCode: 13,
      ctrlKey: box.matches('textarea'), bubbles: true}));
  });
  let soon = 0;
  const touched = (event) => {
    const question = questionOf(event.target);
    if (!question) { return; }
    const name = nameOf(question);
    const compare = () => { changed.add(name); check(); };
    compare();
    // What was tapped is marked a moment later.
    for (const wait of [0, 100]) { setTimeout(compare, wait); }
    if (event.type === 'input' && event.target.matches(TYPED)) {
      clearTimeout(soon);
      soon = setTimeout(send, WRITING);
    }
  };
  // On the way down, since what is tapped keeps its events to itself.
  for (const kind of ['click', 'keyup', 'input']) { document.addEventListener(kind, touched, true); }
  document.addEventListener('visibilitychange', () => { if (document.hidden) { send(); } });
  addEventListener('pagehide', send);
  addEventListener('beforeunload', (event) => { if (changed.size) { event.preventDefault(); } });
})();

// Another window that was left on purpose takes this one along.
try {
  new BroadcastChannel('pw-leaving').onmessage = () => {
    if (location.pathname.endsWith('/answer')) { location.replace('/left'); }
  };
} catch (error) { }
