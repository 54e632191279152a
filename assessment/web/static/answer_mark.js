// The mark of one answer, at its question, in both forms: what has become of this very answer. It is
// there for whoever looks or reads on; what is said aloud is the one mark at the top of the page.
const markAnswer = (question, state) => {
  const words = {saving: 'Saving…', saved: 'Saved', unsaved: 'Not saved yet'};
  let mark = question.querySelector('.pw-answer-mark');
  if (!mark) {
    mark = document.createElement('p');
    mark.className = 'pw-answer-mark';
    question.append(mark);
  }
  if (mark.dataset.state === state) { return; }
  mark.dataset.state = state;
  mark.textContent = words[state] || '';
};
