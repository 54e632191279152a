// The upload's drop zone is marked as decoration and carries a name all the same, which axe
// refuses and some screen readers stumble over. The button inside has the name already.
// Where a file was not taken, Streamlit says so to screen readers alone, in a browser's words: ours
// stand there instead, and below the place for files, with the names.
const NOT_TAKEN = {
  413: 'not taken, this is more than one visit can hold. Remove some files, then choose again.',
  503: 'not taken, too many files are being read just now. Wait a minute, then choose again.',
  403: 'not taken, this page has changed. Reload it, then choose your files again.',
};
const NOT_ARRIVED = 'not taken, it did not arrive. Remove it here, then choose it again.';

function alertOf(chip) {
  const said = chip.querySelector('[role="alert"]');
  if (said?.textContent.includes('AxiosError')) {
    const status = said.textContent.match(/status code (\d+)/);
    // In place, since the nodes belong to React.
    const [first, ...rest] = [...said.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    first.nodeValue = (status && NOT_TAKEN[status[1]]) || NOT_ARRIVED;
    rest.forEach(node => { node.nodeValue = ''; });
  }
  return said?.textContent.replace(/^Error: /, '');
}

function sayBelow(uploader) {
  const refused = new Map();
  for (const chip of uploader.querySelectorAll('[data-testid="stFileChip"]')) {
    const words = alertOf(chip);
    const name = chip.querySelector('[data-testid="stFileChipName"]')?.textContent ?? '';
    if (words) refused.set(words, [...(refused.get(words) ?? []), name]);
  }
  const text = [...refused].map(([words, names]) => `${names.join(', ')}: ${words}`).join(' ');
  let below = uploader.parentElement.querySelector('.pw-not-taken');
  if (!below && !text) return;
  if (!below) {
    below = document.createElement('p');
    below.className = 'pw-notice pw-trouble pw-not-taken';
    uploader.parentElement.append(below);
  }
  below.hidden = !text;
  if (below.textContent !== text) below.textContent = text;
}

new MutationObserver(() => {
  document
    .querySelectorAll('[data-testid="stFileUploaderDropzone"][aria-label]')
    .forEach(zone => { zone.removeAttribute('aria-label'); zone.removeAttribute('aria-disabled');
                       zone.removeAttribute('tabindex'); });
  document.querySelectorAll('[data-testid="stFileUploader"]').forEach(sayBelow);
}).observe(document.body, {childList: true, subtree: true});
