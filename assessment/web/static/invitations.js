// Copies a link, and prints posters: one, or all. Where the page is not served safely, browsers give no
// clipboard: the older way still works there.
(() => {
  const copied = async text => {
    try { await navigator.clipboard.writeText(text); return true; } catch {}
    const field = document.createElement('textarea');
    field.value = text; field.style.position = 'fixed'; field.style.opacity = '0';
    document.body.append(field); field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  };
  document.addEventListener('click', async event => {
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      const done = await copied(copy.dataset.copy);
      const status = copy.parentElement.querySelector('[role=status]');
      status.textContent = done ? 'Copied' : copy.dataset.otherwise || 'Select the link above and copy it';
      copy.focus();
      setTimeout(() => { status.textContent = ''; }, 4000);
    }
    const print = event.target.closest('[data-print]');
    if (print) {
      // What is printed is looked at only later in some browsers, so that it stays as it is till then.
      document.querySelectorAll('.pw-poster').forEach(poster => poster.classList.toggle(
        'pw-not-printed', print.dataset.print
          ? poster.dataset.poster !== print.dataset.print : poster.classList.contains('pw-cards')));
      document.documentElement.classList.add('pw-posters');
      window.print();
    }
  });
  addEventListener('afterprint', () => document.documentElement.classList.remove('pw-posters'));
})();
