// Other windows of this browser still show the questionnaire: they are told to leave it, too.
try { new BroadcastChannel('pw-leaving').postMessage('left'); } catch (error) { }
