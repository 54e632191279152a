// Finds the largest type in which each side fits one page of A4 and of Letter, whatever the
// organisation has added to its questions; and prints the sheet so, or in large type on more pages.
(() => {
  const largest = 12, smallest = 9, step = 0.25;
  const fit = () => {
    const sheet = document.querySelector('.pw-talk');
    if (!sheet) { return; }
    const copy = sheet.cloneNode(true);
    copy.className = 'pw-talk pw-talk-measured';
    document.body.append(copy);
    for (const name of ['front', 'back']) {
      const side = copy.querySelector('.pw-talk-' + name);
      const root = document.documentElement.style;
      const set = size => root.setProperty('--pw-talk-' + name, size + 'pt');
      let size = largest;
      set(size);
      while (side.offsetHeight > copy.offsetHeight && size > smallest) { set(size -= step); }
    }
    copy.remove();
  };
  document.fonts.ready.then(() => setTimeout(fit, 100));
  if (window.pwPrinting) { return; }
  window.pwPrinting = true;
  addEventListener('beforeprint', fit);
  document.addEventListener('click', event => {
    const asked = event.target.closest('[data-print-sheet]');
    if (!asked) { return; }
    const sheet = document.querySelector('.pw-talk');
    sheet.classList.toggle('pw-talk-large', asked.dataset.printSheet === 'large');
    window.print();
    sheet.classList.remove('pw-talk-large');
  });
})();
