// Ties the hint and the mistake below a field to its input, which Streamlit has no way to say.
(() => {
  const tie = () => document.querySelectorAll('[class*="st-key-field-"]').forEach(field => {
    const texts = [...field.querySelectorAll('.pw-hint, .pw-error')].map(e => e.id).join(' ');
    const wrong = field.querySelector('.pw-error') ? 'true' : 'false';
    const inputs = 'input:not([type=radio]):not([type=checkbox]), textarea, [role=radiogroup]';
    field.querySelectorAll(inputs).forEach(input => {
      if (texts && input.getAttribute('aria-describedby') !== texts)
        input.setAttribute('aria-describedby', texts);
      if (input.getAttribute('role') !== 'radiogroup'
          && input.getAttribute('aria-invalid') !== wrong)
        input.setAttribute('aria-invalid', wrong);
    });
  });
  // The keys that a phone offers for a number; Streamlit has no way to ask for them.
  const modes = {whole: 'numeric', decimal: 'decimal'};
  const offer = () => Object.entries(modes).forEach(([keys, mode]) =>
    document.querySelectorAll(`[class*="st-key-number-${keys}-"] input`).forEach(input => {
      if (input.inputMode !== mode) input.inputMode = mode;
    }));
  new MutationObserver(() => { tie(); offer(); }).observe(document.body,
    {childList: true, subtree: true});
})();
