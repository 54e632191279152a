// The upload's drop zone is marked as decoration and carries a name all the same, which axe
// refuses and some screen readers stumble over. The button inside has the name already.
new MutationObserver(() => document
  .querySelectorAll('[data-testid="stFileUploaderDropzone"][aria-label]')
  .forEach(zone => { zone.removeAttribute('aria-label'); zone.removeAttribute('aria-disabled');
                     zone.removeAttribute('tabindex'); })
).observe(document.body, {childList: true, subtree: true});
