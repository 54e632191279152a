// Copies a link, and prints one poster. Where the page is not served safely, browsers give no
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
      status.textContent = done ? 'Copied' : 'Select the link above and copy it';
      copy.focus();
      setTimeout(() => { status.textContent = ''; }, 4000);
    }
    const print = event.target.closest('[data-print]');
    if (print) {
      const posters = [...document.querySelectorAll('.pw-poster')];
      posters.forEach(poster => poster.classList.toggle(
        'pw-not-printed', poster.dataset.poster !== print.dataset.print));
      window.print();
      posters.forEach(poster => poster.classList.remove('pw-not-printed'));
    }
  });
})();
