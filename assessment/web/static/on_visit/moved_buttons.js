// What a field says when it is left may push a button away from under the finger: the tap counts.
addEventListener('pointerdown', down => {
  const button = down.target.closest?.('button');
  if (!button) return;
  let done = false;
  button.addEventListener('click', () => { done = true; }, {once: true});
  addEventListener('pointerup', up => setTimeout(() => {
    const near = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < 10;
    if (!done && near && button.isConnected && !button.disabled) button.click();
  }), {once: true});
});
