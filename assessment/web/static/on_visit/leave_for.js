// An address of the server, not a screen: the browser has to go there itself.
window.location.assign(document.currentScript.dataset.address);
