// "Saved" is taken back as soon as something is entered in a plan. What the server puts in its place
// after it has kept that is a new element. Of a field that is left as it was nothing is sent.
(() => {
  const mark = () => document.querySelector('.pw-plan-saved');
  let before, saved;
  const on = (kind, act) => addEventListener(kind, ({target}) => {
    if (target instanceof Element && target.closest('.st-key-set-up')) act(target);
  }, true);
  on('focusin', field => {
    before = field.value;
    saved = mark() && !mark().classList.contains('pw-not-yet');
  });
  on('input', () => mark()?.classList.add('pw-not-yet'));
  on('focusout', field => {
    const typed = field.matches('textarea, input:not([type=radio], [type=checkbox])');
    if (typed && saved && field.value === before) mark()?.classList.remove('pw-not-yet');
  });
})();
