// The light form: each answer is sent as it is given, one after the other, and called saved when the
// server has confirmed this very answer: at its question, and at the top where that is so of all.
// While the line is away, what was given stays here and is sent again. Everything also works without
// this script.
(() => {
  const form = document.querySelector('.pw-questions');
  if (!form || !window.fetch || !window.URLSearchParams || !window.AbortController) { return; }
  // What stands here is sent by this script alone, so a button need not send it again.
  form.elements.script.disabled = false;
  form.querySelector('.pw-by-button').hidden = true;
  document.querySelector('.pw-other-form').hidden = false;
  const SILENCE = 3000, WRITING = 1000, PATIENCE = 60000, AGAIN = 1500;
  const INPUTS = 'input:not([type=hidden]), textarea', BOX = /^(radio|checkbox)$/;
  const page = document.documentElement, mark = form.querySelector('.pw-saved');
  const voice = document.createElement('div');
  voice.setAttribute('role', 'status');
  voice.className = 'pw-visually-hidden';
  document.body.append(voice);

  // By question: how often it has been changed, as long as the server has not confirmed the last.
  const waiting = new Map(), refused = new Set();
  let changes = 0, sending = false, silence = 0, wake = () => {}, onward = null, leaving = false, stop;

  const questions = [...form.querySelectorAll('[data-question]')];
  const isGiven = (question) => [...question.querySelectorAll(INPUTS)]
    .some(input => BOX.test(input.type) ? input.checked : input.value.trim());
  const drawMarks = () => questions.forEach((question) => {
    const late = page.classList.contains('pw-silent');
    let state = isGiven(question) ? 'saved' : '';
    if (refused.has(question)) { state = 'unsaved'; }
    if (waiting.has(question.dataset.question)) { state = late ? 'unsaved' : 'saving'; }
    markAnswer(question, state);
  });
  const tellSilence = () => { page.classList.add('pw-silent'); drawMarks(); };
  const drawSummary = () => {
    mark.classList.toggle('pw-waiting', refused.size > 0);
    const words = refused.size ? 'Not saved yet' : 'Saved';
    const tick = Object.assign(document.createElement('span'), {textContent: refused.size ? '' : '✓ ', ariaHidden: 'true'});
    mark.replaceChildren(tick, words);
    return words;
  };
  const draw = () => {
    const saving = waiting.size > 0;
    page.classList.toggle('pw-saving', saving);
    if (!saving) {
      clearTimeout(silence);
      silence = 0;
      page.classList.remove('pw-silent');
      const words = drawSummary();
      voice.textContent = '';
      setTimeout(() => { voice.textContent = words; }, 80);
    } else if (!silence) {
      silence = setTimeout(tellSilence, SILENCE);
    }
    drawMarks();
  };
  const questionNamed = (name) => form.querySelector('[data-question="' + CSS.escape(name) + '"]');
  const sent = (name) => {
    const body = new URLSearchParams({question: name});
    for (const input of questionNamed(name).querySelectorAll(INPUTS)) {
      if (!BOX.test(input.type) || input.checked) { body.append(input.name, input.value); }
    }
    return body;
  };
  const told = (question, problem, read) => {
    const repeated = question.querySelector('.pw-read');
    if (repeated) {
      repeated.textContent = read ? 'We read: ' : '';
      if (read) { repeated.append(Object.assign(document.createElement('strong'), {textContent: read})); }
    }
    const place = question.querySelector('.pw-trouble');
    place.textContent = problem || '';
    place.hidden = !problem;
    if (problem) { refused.add(question); } else { refused.delete(question); }
    question.querySelector('.pw-plain').hidden = !isGiven(question);
    drawMarks();
  };
  const send = async () => {
    if (sending) { wake(); return; }
    sending = true;
    while (waiting.size) {
      const [name, version] = waiting.entries().next().value;
      stop = new AbortController();
      const patience = setTimeout(() => stop.abort(), PATIENCE);
      try {
        const answer = await fetch('/form/answer', {method: 'POST', body: sent(name), signal: stop.signal});
        if (answer.status >= 500) { throw new Error(answer.status); }
        const said = await answer.json();
        document.dispatchEvent(new Event('pw-heard'));
        if (said.leave) { leaving = true; location.replace(said.leave); return; }
        // What has been changed since is told when its turn comes.
        if (waiting.get(name) === version) {
          waiting.delete(name);
          told(questionNamed(name), said.problem, said.read);
        }
      } catch (error) {
        await new Promise(resolve => { wake = resolve; setTimeout(resolve, AGAIN); });
      }
      clearTimeout(patience);
    }
    sending = false;
    draw();
    if (onward && !refused.size) { go(onward); }
    onward = null;
  };
  const go = (button) => {
    leaving = true;
    if (form.requestSubmit) { form.requestSubmit(button); return; }
    const chosen = document.createElement('input');
    Object.assign(chosen, {type: 'hidden', name: button.name, value: button.value});
    form.append(chosen);
    form.submit();
  };
  const changed = (question) => {
    waiting.set(question.dataset.question, ++changes);
    draw();
    send();
  };
  // What stands alone unticks all others of its question, and is unticked by them.
  const untick = (question, input) => {
    if (!input.checked || input.type !== 'checkbox') { return; }
    for (const other of question.querySelectorAll(INPUTS)) {
      if (other === input) { continue; }
      if ('alone' in input.dataset || 'alone' in other.dataset) {
        if (other.type === 'checkbox') { other.checked = false; } else { other.value = ''; }
      }
    }
  };
  let soon = 0;
  form.addEventListener('input', (event) => {
    const question = event.target.closest('[data-question]');
    if (!question) { return; }
    const typed = !BOX.test(event.target.type);
    if (typed) {
      if (event.target.value.trim()) {
        for (const box of question.querySelectorAll('[type=checkbox]')) { box.checked = false; }
      }
      waiting.set(question.dataset.question, ++changes);
      draw();
      clearTimeout(soon);
      soon = setTimeout(send, WRITING);
      return;
    }
    untick(question, event.target);
    const line = event.target.closest('.pw-line');
    if (line && !event.target.checked && !event.target.closest('.pw-serious')) {
      line.querySelector('.pw-serious input').checked = false;
    }
    changed(question);
  });
  form.addEventListener('focusout', () => { if (waiting.size) { send(); } });
  form.addEventListener('submit', (event) => {
    const button = event.submitter || form.querySelector('[name=go]');
    if (button.name === 'take_back') {
      event.preventDefault();
      const question = questionNamed(button.value);
      for (const input of question.querySelectorAll(INPUTS)) {
        if (BOX.test(input.type)) { input.checked = false; } else { input.value = ''; }
      }
      changed(question);
      (question.querySelector(INPUTS) || question).focus();
      return;
    }
    if (refused.size && !waiting.size) {
      // What stands there is not stored, and would be lost: it is changed or taken back first.
      event.preventDefault();
      const place = [...refused][0];
      place.scrollIntoView({block: 'center'});
      place.querySelector(INPUTS).focus({preventScroll: true});
      return;
    }
    if (waiting.size || navigator.onLine === false) {
      // What is not stored yet is stored first; then the page turns by itself.
      event.preventDefault();
      onward = button;
      page.classList.add('pw-saving');
      if (!silence) { silence = setTimeout(tellSilence, SILENCE); }
      send();
      return;
    }
    leaving = true;
  });
  document.addEventListener('pw-stays', () => { leaving = false; });
  addEventListener('online', () => {
    if (stop) { stop.abort(); }
    wake();
    if (onward && !waiting.size) { go(onward); }
  });
  addEventListener('beforeunload', (event) => { if ((waiting.size || refused.size) && !leaving && !page.classList.contains('pw-paused')) { event.preventDefault(); } });
  addEventListener('pageshow', (event) => { leaving = false; if (event.persisted && waiting.size) { send(); } });

  // What stands here and is not stored: the server says so, or it was given before this script came.
  const wasChanged = (input) => BOX.test(input.type)
    ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;
  for (const question of questions) {
    if ('unsaved' in question.dataset || [...question.querySelectorAll(INPUTS)].some(wasChanged)) {
      waiting.set(question.dataset.question, ++changes);
    }
  }
  if (waiting.size) { draw(); send(); } else if ('any' in mark.dataset) { drawSummary(); }
  drawMarks();

  // A screen reader begins at the title, or at the question that was asked for.
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const first = place && place.querySelector(INPUTS);
  if (first) { first.focus({preventScroll: true}); place.scrollIntoView({block: 'center'}); }
  else { form.querySelector('.pw-where').focus({preventScroll: true}); }
})();
// Another window that was left on purpose takes this one along.
(() => {
  try {
    const channel = new BroadcastChannel('pw-leaving');
    if (document.querySelector('[data-left]')) { channel.postMessage('left'); }
    channel.onmessage = () => {
      if (location.pathname.startsWith('/form')) { location.replace('/left'); }
    };
  } catch (error) { }
})();
