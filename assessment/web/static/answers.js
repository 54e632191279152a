// Whether the answers that stand on the page are those that the store holds. The mark of a question
// says "Saved" of nothing else, and neither does the one at the top of all: from a tap on they say
// "Saving…", until the store has confirmed this very answer. Where that takes long, the page says so,
// and asks before it is closed. What was typed and is not taken stays where it is; the page says why.
(() => {
  const SILENCE = 3000, WRITING = 1000, TYPED = 'textarea, input[type=text]';
  const page = document.documentElement;
  const voice = document.createElement('div');
  voice.setAttribute('role', 'status');
  voice.className = 'pw-visually-hidden';
  document.body.append(voice);

  const BOX = '[type=radio], [type=checkbox]';
  const value = (input) => input.matches(BOX) ? Number(input.checked) : input.value.trim();
  const questionOf = (element) => element.closest('[class*="st-key-ask-"]');
  const nameOf = (question) =>
    [...question.classList].find(name => name.startsWith('st-key-ask-')).slice('st-key-ask-'.length);
  const questionNamed = (name) => document.querySelector('.st-key-ask-' + CSS.escape(name));
  const values = (question) => [...question.querySelectorAll('input, textarea')].map(value);
  const standing = (question) => values(question).join(',');
  const isGiven = (question) => values(question).some(Boolean);
  // Why its answer was not taken stands in the question.
  const isTold = (question) => !!question.querySelector('.pw-trouble:not(.pw-unreached)');
  const BACK = '[class*="st-key-back-"] button';

  // By the names of questions: what somebody has touched; of that, what the store has not confirmed;
  // and where the answer that still stands there is to go.
  const touched = new Set(), unsaved = new Set(), takenBack = new Set();
  // And the mark that stood there when it was touched again while another answer was on its way: only
  // a later one knows of both, also where somebody went back to what is stored.
  const before = new Map();
  let announced = '', silence = 0, again = 0;

  // What was tapped while a page came back from a lost connection may have reached nobody: it is
  // sent again with everything else that stands on the page.
  const tell = () => {
    page.classList.add('pw-silent');
    const app = document.querySelector('[data-testid="stApp"]');
    const idle = app && app.dataset.testScriptState === 'notRunning';
    if (idle && app.dataset.testConnectionState === 'CONNECTED') {
      const [name] = takenBack;
      const back = name && questionNamed(name)?.querySelector(BACK);
      (back || document.querySelector('.st-key-send-again button'))?.click();
    }
    silence = setTimeout(tell, SILENCE);
  };
  const check = () => {
    const mark = document.querySelector('.pw-saved[data-stored]');
    const read = (marks) => mark ? JSON.parse(decodeURIComponent(marks)) : {};
    const stored = read(mark?.dataset.stored), refused = read(mark?.dataset.refused);
    for (const name of Object.keys(refused)) { touched.add(name); }
    const isRefused = (name) => {
      const question = questionNamed(name), now = question && standing(question);
      return question && (now === refused[name] || '#' + [...now].length === refused[name]);
    };
    for (const name of touched) {
      const question = questionNamed(name);
      if (!question) {
        // While a page is drawn anew, its questions are away for a moment.
        if (!(name in stored)) { for (const names of [touched, unsaved, takenBack, before]) { names.delete(name); } }
        continue;
      }
      if (!isGiven(question) || isTold(question)) { takenBack.delete(name); }
      const confirmed = standing(question) === stored[name] && !takenBack.has(name) &&
        before.get(name) !== mark?.dataset.number;
      if (confirmed) { unsaved.delete(name); before.delete(name); } else { unsaved.add(name); }
    }
    const saving = [...unsaved].some(name => !isRefused(name));
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
    const late = told || page.classList.contains('pw-silent');
    for (const question of document.querySelectorAll('[class*="st-key-ask-"]')) {
      const name = nameOf(question);
      const kept = standing(question) === stored[name] && isGiven(question) && !isTold(question);
      if (unsaved.has(name)) { markAnswer(question, late || isRefused(name) ? 'unsaved' : 'saving'); }
      else { markAnswer(question, kept ? 'saved' : ''); }
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
  const send = () => unsaved.forEach((name) => {
    const box = questionNamed(name)?.querySelector(TYPED);
    box?.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', keyCode: 13,
      ctrlKey: box.matches('textarea'), bubbles: true}));
  });
  let soon = 0;
  const onTouch = (event) => {
    const question = questionOf(event.target);
    if (!question) { return; }
    const name = nameOf(question);
    if (event.type === 'input') { takenBack.delete(name); }
    if (event.type === 'click' && event.target.closest(BACK)) { takenBack.add(name); }
    if (unsaved.has(name)) {
      before.set(name, document.querySelector('.pw-saved[data-stored]')?.dataset.number);
    }
    const compare = () => { touched.add(name); check(); };
    compare();
    // What was tapped is marked a moment later.
    for (const wait of [0, 100]) { setTimeout(compare, wait); }
    if (event.type === 'input' && event.target.matches(TYPED)) {
      clearTimeout(soon);
      soon = setTimeout(send, WRITING);
    }
  };
  // On the way down, since what is tapped keeps its events to itself.
  for (const kind of ['click', 'keyup', 'input']) { document.addEventListener(kind, onTouch, true); }
  document.addEventListener('visibilitychange', () => { if (document.hidden) { send(); } });
  addEventListener('pagehide', send);
  addEventListener('beforeunload', (event) => { if (unsaved.size && !page.classList.contains('pw-paused')) { event.preventDefault(); } });
})();

// Another window that was left on purpose takes this one along.
try {
  new BroadcastChannel('pw-leaving').onmessage = () => {
    if (location.pathname.endsWith('/answer')) { location.replace('/left'); }
  };
} catch (error) { }
